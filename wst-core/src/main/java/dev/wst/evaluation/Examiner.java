package dev.wst.evaluation;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.InterruptedRunException;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.StudentClient;
import dev.wst.WstException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns advice into rollouts: the student answers, the reward judges. What did not arrive is unscored and never shown to
 * the reward.
 *
 * @param concurrency the most questions put at once
 * @param timeout for each answer
 * @param rewardTime for each verdict; a reward that judges many in one go has it for all of them
 */
public record Examiner(
        StudentClient student, RewardFunction reward, int concurrency, Duration timeout, Duration rewardTime) {
    /** How long a reward may take unless somebody says otherwise: more than any that works. */
    public static final Duration REWARD_TIME = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Examiner.class);

    /** With {@link #REWARD_TIME} for a reward. */
    public Examiner(StudentClient student, RewardFunction reward, int concurrency, Duration timeout) {
        this(student, reward, concurrency, timeout, REWARD_TIME);
    }

    /**
     * One rollout for each advice, in order.
     *
     * @throws RewardException if the reward function throws, returns nothing or answers for another attempt
     * @throws InterruptedRunException if the thread is interrupted while waiting
     */
    public List<Rollout> examine(List<Advice> advice) {
        return judge(answer(advice));
    }

    /**
     * The first half of {@link #examine}: one finished attempt for each advice, in order.
     *
     * @throws InterruptedRunException if the thread is interrupted while waiting
     */
    public List<Attempt> answer(List<Advice> advice) {
        List<Answer> answers = student.answerAll(advice, concurrency, timeout);
        if (answers.size() != advice.size()) {
            throw new WstException("the student gave " + answers.size() + " answers to " + advice.size()
                    + " questions; answerAll must give one for each, in order");
        }
        return IntStream.range(0, advice.size())
                .mapToObj(i -> advice.get(i).answered(answers.get(i)))
                .toList();
    }

    /**
     * The second half of {@link #examine}: one rollout for each finished attempt, in order.
     *
     * @throws RewardException if the reward function throws, returns nothing or answers for another attempt
     * @throws InterruptedRunException if the thread is interrupted while waiting
     */
    public List<Rollout> judge(List<Attempt> finished) {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedRunException("interrupted between answers and rewards");
        }
        List<Reward> verdicts = verdicts(finished);
        return IntStream.range(0, finished.size())
                .mapToObj(i -> new Rollout(finished.get(i), verdicts.get(i)))
                .toList();
    }

    private List<Reward> verdicts(List<Attempt> finished) {
        return reward.verdicts(
                finished,
                rewardTime,
                (attempt, time) -> LOG.warn(
                        "the reward took {} s for task {}, sample {}",
                        time.toMillis() / 1000.0,
                        attempt.task().id(),
                        attempt.sample()));
    }
}
