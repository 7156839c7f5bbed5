package dev.wst.evaluation;

import com.google.common.collect.Streams;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.InterruptedRunException;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.calls.StudentCalls;
import dev.wst.calls.Verdicts;
import java.time.Duration;
import java.util.List;

/**
 * Turns advice into rollouts: the student answers, the reward judges. What did not arrive is unscored and never shown to
 * the reward.
 *
 * <pre>{@code
 * Examiner examiner = new Examiner(new StudentCalls(student, CallLimits.defaults()), reward);
 * }</pre>
 *
 * @param rewardTime for each verdict; a reward that judges many in one go has it for all of them
 */
public record Examiner(StudentCalls student, RewardFunction reward, Duration rewardTime) {
    /** How long a reward may take unless somebody says otherwise: more than any that works. */
    public static final Duration REWARD_TIME = Duration.ofMinutes(10);

    /** With {@link #REWARD_TIME} for a reward. */
    public Examiner(StudentCalls student, RewardFunction reward) {
        this(student, reward, REWARD_TIME);
    }

    /**
     * Refuses tasks that the reward can never judge, and puts one question to the student; before anything is paid for.
     *
     * @throws dev.wst.WstException if the student is not there
     */
    void prepare(List<Task> tasks) {
        tasks.forEach(reward::check);
        student.askFirst(tasks);
    }

    /**
     * One rollout for each advice, in order.
     *
     * @throws RewardException if the reward function throws, hangs or gives another number of rewards
     * @throws InterruptedRunException if the thread is interrupted while waiting
     */
    public List<Rollout> examine(List<Advice> advice) {
        return judge(attempts(advice));
    }

    /** The student's answers, in order. */
    List<Attempt> attempts(List<Advice> advice) {
        List<Answer> answers = student.answer(advice);
        return Streams.zip(advice.stream(), answers.stream(), Advice::answered).toList();
    }

    /**
     * One rollout for each finished attempt, in order.
     *
     * @throws RewardException if the reward function throws, hangs or gives another number of rewards
     * @throws InterruptedRunException if the thread is interrupted while waiting
     */
    public List<Rollout> judge(List<Attempt> attempts) {
        List<Reward> verdicts = new Verdicts(reward, rewardTime).of(attempts);
        return Streams.zip(attempts.stream(), verdicts.stream(), Rollout::new).toList();
    }
}
