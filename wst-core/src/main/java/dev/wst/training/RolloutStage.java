package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.TeacherPolicy;
import dev.wst.evaluation.Examiner;
import java.util.List;

/** Attempts become rollouts: the teacher writes, the student answers, the reward judges. */
record RolloutStage(TeacherPolicy teacher, Examiner examiner, RunRecord record) {

    /** One rollout for each attempt, in order; what there is of them is noted as soon as it is there. */
    List<Rollout> run(List<Attempt> attempts, Sampling sampling, Seed seed) {
        List<Advice> advice = teacher.write(attempts, sampling, seed);
        Interruption.check("between instructions and answers");
        List<Attempt> answered = examiner.answer(advice);
        record.answered(answered);
        List<Rollout> judged = examiner.judge(answered);
        record.judged(judged);
        return judged;
    }
}
