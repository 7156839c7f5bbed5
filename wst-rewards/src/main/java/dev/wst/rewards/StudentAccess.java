package dev.wst.rewards;

import com.google.common.collect.Streams;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.calls.Verdicts;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * The student, for rewards that put questions of their own to it. They add to the calls of the training itself: where its
 * provider counts calls, share the limit out, and where a run keeps its answers or has a budget, give it the same.
 *
 * <pre>{@code
 * StudentAccess access = StudentAccess.of(student, ForkJoinPool.commonPool())
 *         .withLimits(CallLimits.defaults().withConcurrency(4))
 *         .keptIn(store).paidFrom(ledger);               // both optional
 * }</pre>
 *
 * @param student the same that is trained for
 * @param executor on which a batch waits for its answers; one thread for each batch under way
 * @param limits how each batch is asked
 * @param accounts where its answers are kept and its calls paid from; nowhere by default
 */
public record StudentAccess(StudentClient student, Executor executor, CallLimits limits, Accounts accounts) {

    public StudentAccess {
        Objects.requireNonNull(student, "student");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(accounts, "accounts");
    }

    /** With {@link CallLimits#defaults()}: what the trainer allows unless told otherwise. */
    public static StudentAccess of(StudentClient student, Executor executor) {
        return new StudentAccess(student, executor, CallLimits.defaults(), Accounts.none());
    }

    /** How each batch is asked. */
    public StudentAccess withLimits(CallLimits value) {
        return new StudentAccess(student, executor, value, accounts);
    }

    /** With answers in a store, each before it is used: what was asked before, in this run or another, is not asked again. */
    public StudentAccess keptIn(AnswerStore store) {
        return new StudentAccess(student, executor, limits, accounts.withAnswers(store));
    }

    /**
     * With every call paid from a ledger. Where the budget has no room for one, the reward fails with a
     * {@link dev.wst.BudgetSpentException}.
     */
    public StudentAccess paidFrom(Ledger ledger) {
        return new StudentAccess(student, executor, limits, accounts.withLedger(ledger));
    }

    /** With the answers kept and paid for where these accounts say, such as those of a run. */
    public StudentAccess with(Accounts value) {
        return new StudentAccess(student, executor, limits, value);
    }

    /** The calls that an answer to this advice may take at most; see {@link RewardFunction#calls}. */
    public List<ModelCall> calls(Advice advice) {
        return Stream.concat(Stream.of(student.call(advice)), student.furtherCalls(advice).stream())
                .toList();
    }

    /** One answer to each advice, in order; never throws, the future fails instead. */
    public CompletableFuture<List<Answer>> answers(List<Advice> advice) {
        if (advice.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> new StudentCalls(student, limits, accounts).answer(advice), executor);
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
     * @param scored what each answer is judged for, one for each shown
     * @throws IllegalArgumentException if the two differ in number
     */
    public CompletableFuture<List<Reward>> examine(List<Advice> shown, List<Advice> scored, RewardFunction reward) {
        if (shown.size() != scored.size()) {
            throw new IllegalArgumentException("each advice shown is judged for one advice, got " + shown.size()
                    + " shown and " + scored.size() + " to judge for");
        }
        return answers(shown)
                .thenCompose(answers -> Verdicts.of(
                        reward,
                        Streams.zip(scored.stream(), answers.stream(), Advice::answered)
                                .toList()));
    }

    private static List<Advice> bare(List<Task> tasks) {
        return tasks.stream().map(task -> Advice.of(task, Instruction.none())).toList();
    }

    /** The student alone: how it is asked and where its answers are kept decides no reward. */
    @Override
    public String toString() {
        return RewardFunction.describe(student);
    }
}
