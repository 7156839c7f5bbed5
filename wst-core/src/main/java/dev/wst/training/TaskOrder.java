package dev.wst.training;

import dev.wst.Rollout;
import dev.wst.Task;
import java.util.List;

/** Which tasks each step gets. Steps are asked for in turn, from 1, and what came of one is told before the next. */
interface TaskOrder {
    /** The tasks of the next step; they are distinct. */
    List<Task> at(int step);

    /**
     * Hears what came of the step.
     *
     * @param rollouts one for each instruction
     */
    void after(List<Rollout> rollouts);
}
