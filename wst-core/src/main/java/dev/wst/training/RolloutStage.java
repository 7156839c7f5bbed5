package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.InterruptedRunException;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.TeacherPolicy;
import dev.wst.evaluation.Examiner;
import java.util.List;

/** Attempts become rollouts: the teacher writes, the student answers, the reward judges. */
record RolloutStage(TeacherPolicy teacher, Examiner examiner) {

    /** One rollout for each attempt, in order. */
    List<Rollout> run(List<Attempt> attempts, Sampling sampling, Seed seed) {
        List<Advice> advice = teacher.write(attempts, sampling, seed);
        stopIfInterrupted();
        return examiner.examine(advice);
    }

    static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedRunException("interrupted between two stages");
        }
    }
}
