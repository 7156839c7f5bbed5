package dev.wst.rewards;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import dev.wst.Task;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
        Objects.requireNonNull(student, "student");
        Objects.requireNonNull(executor, "executor");
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

    /** One answer to each advice, in order; never throws, the future fails instead. */
    public CompletableFuture<List<Answer>> answers(List<Advice> advice) {
        if (advice.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> complete(advice, student.answerAll(advice, concurrency, timeout)), executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** One answer to each task without an instruction, in order. */
    public CompletableFuture<List<Answer>> answersWithoutInstruction(List<Task> tasks) {
        return answers(bare(tasks));
    }

    /** Verdicts on the answers to advice; what did not arrive is unscored and never shown to the reward. */
    CompletableFuture<List<Reward>> examine(List<Advice> advice, RewardFunction reward) {
        return examine(advice, advice, reward);
    }

    /** Verdicts on the answers to tasks without an instruction. */
    CompletableFuture<List<Reward>> examineWithoutInstruction(List<Task> tasks, RewardFunction reward) {
        return examine(bare(tasks), reward);
    }

    /**
     * Verdicts on answers to something else than what the student was shown.
     *
     * @param shown to the student
     * @param scored what each answer is judged for
     */
    public CompletableFuture<List<Reward>> examine(List<Advice> shown, List<Advice> scored, RewardFunction reward) {
        return answers(shown)
                .thenCompose(answers -> reward.verdicts(IntStream.range(0, scored.size())
                        .mapToObj(i -> scored.get(i).answered(answers.get(i)))
                        .toList()));
    }

    private static List<Advice> bare(List<Task> tasks) {
        return tasks.stream()
                .map(task -> new Advice(Attempt.at(task, 0), Instruction.none()))
                .toList();
    }

    private static List<Answer> complete(List<Advice> advice, List<Answer> answers) {
        if (answers.size() != advice.size()) {
            throw new RewardException("the student gave " + answers.size() + " answers to " + advice.size()
                    + " questions; answerAll must give one for each, in order");
        }
        return answers;
    }
}
