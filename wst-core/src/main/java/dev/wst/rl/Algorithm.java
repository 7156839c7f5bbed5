package dev.wst.rl;

import dev.wst.TeacherPolicy;
import dev.wst.TrainingState;
import dev.wst.ValueFunction;
import java.util.Map;
import java.util.Optional;

/** How scored instructions become updates: {@link Ppo} or {@link Grpo}. */
public sealed interface Algorithm permits Ppo, Grpo {
    /** The name on the command line and in reports. */
    String name();

    /** Instructions sampled for each task unless the trainer is told otherwise. */
    int defaultSamples();

    /** Whether a critic takes part. */
    boolean usesCritic();

    /** How the teacher's weights follow the slopes. */
    Optimization optimization();

    /** Where a run with this algorithm begins. */
    TrainingState start();

    /**
     * All updates of one step: read the instructions, work out advantages, follow them in epochs and minibatches.
     *
     * @param critic present where one takes part
     * @param state before the step
     * @return the state with the next step's weight of the divergence, and metrics under TRL's names
     * @throws dev.wst.TrainingDivergedException if a score, a loss or a gradient is not finite
     * @throws dev.wst.InterruptedRunException if the thread is interrupted between two updates
     */
    Updates update(TeacherPolicy teacher, Optional<ValueFunction> critic, Batch batch, TrainingState state);

    /**
     * What the updates of a step came to.
     *
     * @param state as it was before the step, but for the weight of the divergence
     * @param metrics under TRL's names, in the order in which they are written
     */
    record Updates(TrainingState state, Map<String, Double> metrics) {}
}
