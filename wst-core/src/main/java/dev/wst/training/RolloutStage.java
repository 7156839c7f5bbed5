package dev.wst.training;

import com.google.common.collect.Streams;
import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.InterruptedRunException;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.TeacherPolicy;
import dev.wst.calls.Verdicts;
import java.time.Duration;
import java.util.List;

/**
 * Tasks become rollouts: the teacher writes, the students answer, the reward judges.
 *
 * @param outageLimit how long a step waits for a student that answers nothing, and again for a judge
 */
record RolloutStage(TeacherPolicy teacher, Verdicts verdicts, Duration outageLimit, RunRecord record) {

    /** The teacher writes: one instruction for each situation, in order. */
    List<Advice> instructions(List<Situation> situations, Sampling sampling, Seed seed) {
        List<Advice> advice = teacher.write(situations, sampling, seed);
        requireWritten(situations, advice);
        return advice;
    }

    /** What people wrote, as the teacher reads it; in order. */
    List<Advice> inOwnTokens(List<Advice> given, Sampling sampling) {
        List<Advice> advice = teacher.inOwnTokens(given, sampling);
        requireWritten(given.stream().map(Advice::situation).toList(), advice);
        return advice;
    }

    /** The students answer; what arrived is noted at once. */
    List<Attempt> answers(List<Advice> instructions, StudentGroup students) {
        InterruptedRunException.check("between instructions and answers");
        return students.answer(instructions, outageLimit, record.underWay(), record::answered);
    }

    /** The reward judges; the verdicts are noted at once. */
    List<Rollout> rewards(List<Attempt> attempts) {
        List<Rollout> judged = judged(attempts);
        record.judged(judged);
        return judged;
    }

    /** Drafts are judged as answers are, where their rewards are asked for. */
    List<Rollout> judged(List<Attempt> drafts) {
        List<Reward> rewards = verdicts.of(drafts, outageLimit, record.underWay());
        return Streams.zip(drafts.stream(), rewards.stream(), Rollout::new).toList();
    }

    /** Before the student is asked: its answers may cost money. */
    private void requireWritten(List<Situation> situations, List<Advice> advice) {
        if (!advice.stream().map(Advice::situation).toList().equals(situations)) {
            throw new IllegalStateException(record.underWay() + ": the teacher was given " + situations.size()
                    + " situations and wrote " + advice.size()
                    + " instructions; write must give one for each, in order");
        }
        for (Advice one : advice) {
            if (one.instruction().tokenCount() == 0) {
                throw new IllegalStateException(record.underWay() + ": the instruction that the teacher wrote for "
                        + one.situation().name()
                        + ", has no tokens; write must give sampled ones, since nothing else can be trained on");
            }
        }
    }
}
