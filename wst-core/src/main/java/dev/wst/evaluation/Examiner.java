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
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Turns advice into rollouts: the student answers, the reward judges. What did not arrive is unscored and never shown to
 * the reward.
 *
 * @param concurrency the most questions put at once
 * @param timeout for each answer
 */
public record Examiner(StudentClient student, RewardFunction reward, int concurrency, Duration timeout) {

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
        try {
            return reward.verdicts(finished).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for rewards");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof WstException known
                    ? known
                    : new RewardException("the reward function failed: " + e.getCause(), e);
        }
    }
}
