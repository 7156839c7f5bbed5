package dev.wst.training;

import dev.wst.ValueFunction;
import dev.wst.rl.Algorithm;
import dev.wst.rl.WarmStart;
import java.util.Optional;

/**
 * How a run learns from what its steps bring.
 *
 * @param critic the user's own; a fresh one is made where the algorithm needs it
 * @param warmStart the steps before the algorithm takes over
 * @param refinement how often the teacher writes for a sample
 * @param drawsBySignal whether tasks that taught nothing are drawn less often
 * @param reuse of how many steps before it a step learns again
 * @param averaged over how many steps, about, the mean of the teacher's weights is taken; 0 for none
 */
record Learning(
        Algorithm algorithm,
        Optional<ValueFunction> critic,
        WarmStart warmStart,
        Refinement refinement,
        boolean drawsBySignal,
        int reuse,
        int averaged) {}
