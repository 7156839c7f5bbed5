package dev.wst.rl;

import dev.wst.TrainingState;
import java.util.Map;

/**
 * What the updates of a step came to.
 *
 * @param state as it was before the step, but for the weight of the divergence
 * @param metrics under TRL's names, in the order in which they are written
 */
public record Updates(TrainingState state, Map<String, Double> metrics) {}
