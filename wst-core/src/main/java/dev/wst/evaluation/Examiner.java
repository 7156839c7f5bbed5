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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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
        List<Answer> answers = student.answerAll(advice, concurrency, timeout);
        if (answers.size() != advice.size()) {
            throw new WstException("the student gave " + answers.size() + " answers to " + advice.size()
                    + " questions; answerAll must give one for each, in order");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedRunException("interrupted between answers and rewards");
        }
        List<Attempt> finished = new ArrayList<>();
        for (int i = 0; i < advice.size(); i++) {
            finished.add(advice.get(i).answered(answers.get(i)));
        }
        return judge(finished);
    }

    private List<Rollout> judge(List<Attempt> finished) {
        List<Attempt> arrived =
                finished.stream().filter(a -> a.answer().hasArrived()).toList();
        List<Rollout> judged = arrived.isEmpty() ? List.of() : verdicts(arrived);
        List<Rollout> all = new ArrayList<>();
        int next = 0;
        for (Attempt attempt : finished) {
            if (attempt.answer().hasArrived()) {
                all.add(judged.get(next++));
            } else {
                Answer.Failure failure = attempt.answer().failure().orElseThrow();
                all.add(new Rollout(
                        attempt, Reward.unscored("no answer: " + failure.kind() + ": " + failure.message())));
            }
        }
        return all;
    }

    private List<Rollout> verdicts(List<Attempt> arrived) {
        CompletableFuture<List<Rollout>> pending = reward.scoreAll(arrived).toCompletableFuture();
        List<Rollout> judged;
        try {
            judged = pending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for rewards");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RewardException known
                    ? known
                    : new RewardException("the reward function failed: " + e.getCause(), e);
        }
        if (judged.size() != arrived.size()) {
            throw new RewardException(
                    "the reward function was asked about " + arrived.size() + " attempts and answered " + judged.size()
                            + "; scoreAll must give one rollout for each, in order");
        }
        for (int i = 0; i < judged.size(); i++) {
            requireSame(i, arrived.get(i), judged.get(i).attempt());
        }
        return judged;
    }

    private static void requireSame(int place, Attempt asked, Attempt answered) {
        if (!answered.equals(asked)) {
            throw new RewardException("the reward function answered for another attempt in place " + place
                    + ": expected task " + asked.task().id() + ", sample " + asked.sample() + ", got task "
                    + answered.task().id() + ", sample " + answered.sample());
        }
    }
}
