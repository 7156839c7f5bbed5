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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attempts become rollouts: the teacher writes, the student answers, the reward judges. */
record RolloutStage(TeacherPolicy teacher, Examiner examiner, Outage outage, RunRecord record) {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutStage.class);

    /** All three stages: one rollout for each attempt, in order. */
    List<Rollout> run(List<Attempt> attempts, Sampling sampling, Seed seed) {
        return rewards(answers(instructions(attempts, sampling, seed)));
    }

    /** The teacher writes: one instruction for each attempt, in order. */
    List<Advice> instructions(List<Attempt> attempts, Sampling sampling, Seed seed) {
        List<Advice> advice = teacher.write(attempts, sampling, seed);
        requireWritten(attempts, advice);
        return advice;
    }

    /** The student answers; what arrived is noted at once. */
    List<Attempt> answers(List<Advice> instructions) {
        InterruptedRunException.check("between instructions and answers");
        List<Attempt> answered = outage.answer(instructions, record.underWay());
        record.answered(answered);
        FailedAnswers.log(LOG, record.underWay(), answered);
        return answered;
    }

    /** The reward judges; the verdicts are noted at once. */
    List<Rollout> rewards(List<Attempt> answers) {
        List<Rollout> judged = examiner.judge(answers);
        record.judged(judged);
        return judged;
    }

    /** Before the student is asked: its answers may cost money. */
    private void requireWritten(List<Attempt> attempts, List<Advice> advice) {
        if (!advice.stream().map(Advice::soFar).toList().equals(attempts)) {
            throw new TrainingException(record.underWay() + ": the teacher was given " + attempts.size()
                    + " attempts and wrote " + advice.size()
                    + " instructions; write must give one for each attempt, in order");
        }
        for (Advice one : advice) {
            if (one.instruction().tokenCount() == 0) {
                throw new TrainingException(record.underWay() + ": the instruction that the teacher wrote for task "
                        + one.task().id() + ", sample " + one.soFar().sample()
                        + ", has no tokens; write must give sampled ones, since nothing else can be trained on");
            }
        }
    }
}
