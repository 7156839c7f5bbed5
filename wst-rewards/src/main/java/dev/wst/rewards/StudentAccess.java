package dev.wst.rewards;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * The student, for rewards that put questions of their own to it. They add to the calls of the training itself: where its
 * provider counts calls, share the limit out.
 *
 * <pre>{@code
 * StudentAccess access = StudentAccess.of(student, ForkJoinPool.commonPool()).withConcurrency(4);
 * }</pre>
 *
 * @param student the same that is trained for
 * @param executor on which a batch waits for its answers; one thread for each batch under way
 * @param concurrency the most questions of one batch put at once
 * @param timeout for each answer
 */
public record StudentAccess(StudentClient student, Executor executor, int concurrency, Duration timeout) {

    public StudentAccess {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, got " + concurrency);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be positive, got " + timeout);
        }
    }

    /** Eight questions at once, two minutes for each: what the trainer allows unless told otherwise. */
    public static StudentAccess of(StudentClient student, Executor executor) {
        return new StudentAccess(student, executor, 8, Duration.ofMinutes(2));
    }

    public StudentAccess withConcurrency(int most) {
        return new StudentAccess(student, executor, most, timeout);
    }

    public StudentAccess withTimeout(Duration each) {
        return new StudentAccess(student, executor, concurrency, each);
    }

    /** Answers to advice, judged; what did not arrive is unscored and never shown to the reward. */
    CompletableFuture<List<Reward>> examine(List<Advice> advice, RewardFunction reward) {
        if (advice.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return CompletableFuture.supplyAsync(() -> student.answerAll(advice, concurrency, timeout), executor)
                .thenCompose(answers -> judge(advice, answers, reward));
    }

    private static CompletableFuture<List<Reward>> judge(
            List<Advice> advice, List<Answer> answers, RewardFunction reward) {
        if (answers.size() != advice.size()) {
            throw new RewardException("the student gave " + answers.size() + " answers to " + advice.size()
                    + " questions; answerAll must give one for each, in order");
        }
        return reward.verdicts(IntStream.range(0, advice.size())
                .mapToObj(i -> advice.get(i).answered(answers.get(i)))
                .toList());
    }
}
