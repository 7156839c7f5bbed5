package dev.wst.rewards.code;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.rewards.Pending;
import dev.wst.rewards.code.CodeVerdict.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * 1 if the program in the student's answer passes every check of its task, 0 if it does not; unscored if it could not be
 * run. The tasks carry a {@link CodeTask}.
 *
 * <p>The program is the last fenced block of the answer that defines the entry point, else the last block marked as Python,
 * else the last block, else the whole answer; what stands before {@code </think>} is left out. A block may stand in a list,
 * away from the margin. No-break and other Unicode spaces outside of strings are plain spaces. Lines at the margin that
 * Python's grammar forbids are prose and not read: up to the first definition or import, between the parts of the program,
 * and, with all that is no definition, after it.
 *
 * <p>What a program can do to the machine, and what it can see of it, is up to the {@link CodeExecutor}; for
 * {@link PythonExecutor} see there.
 *
 * <p>Parts: {@code code_checks}, the share of checks passed, and for every outcome but "not run" 1 or 0 under its name:
 * {@code code_passed}, {@code code_wrong}, {@code code_does_not_load}, {@code code_time_limit}, {@code code_died}.
 *
 * <pre>{@code
 * ExecutorService threads = Executors.newFixedThreadPool(4);
 * RewardFunction reward = CodeReward.of(PythonExecutor.builder().concurrency(4).build()).on(threads);
 * }</pre>
 */
public final class CodeReward implements RewardFunction {
    private final CodeExecutor code;
    private final Executor threads;

    private CodeReward(CodeExecutor code, Executor threads) {
        this.code = code;
        this.threads = threads;
    }

    /** Runs the programs of a batch one after the other. */
    public static CodeReward of(CodeExecutor code) {
        return new CodeReward(code, Runnable::run);
    }

    /** This reward with the programs of a batch side by side: as many as the threads and the code executor allow. */
    public CodeReward on(Executor executor) {
        return new CodeReward(code, executor);
    }

    /** @throws IllegalArgumentException if the task is not a {@link CodeTask} */
    @Override
    public void check(Task task) {
        CodeTask.of(task);
    }

    /** @throws IllegalArgumentException if the task is not a {@link CodeTask}, or if its tests check nothing */
    @Override
    public Reward score(Attempt attempt) {
        CodeTask task = CodeTask.of(attempt.task());
        String program = CodeBlock.in(attempt.answer().text(), task.entryPoint());
        CodeVerdict verdict;
        try {
            verdict = code.execute(task.submission(program));
        } catch (NoChecksException e) {
            throw new IllegalArgumentException("task " + attempt.task().id() + ": " + e.getMessage(), e);
        }
        if (verdict.outcome() == Outcome.NOT_RUN) {
            return Reward.unscored("the program of task " + attempt.task().id() + " was not run: " + verdict.detail());
        }
        return Reward.of(verdict.outcome() == Outcome.PASSED ? 1 : 0, parts(verdict));
    }

    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        List<CompletableFuture<Reward>> pending = attempts.stream()
                .map(attempt -> CompletableFuture.supplyAsync(() -> judged(attempt), threads))
                .toList();
        return Pending.all(pending);
    }

    private Reward judged(Attempt attempt) {
        try {
            return score(attempt);
        } catch (IllegalArgumentException e) {
            throw new RewardException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, Double> parts(CodeVerdict verdict) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("code_checks", verdict.total() == 0 ? 0.0 : (double) verdict.passed() / verdict.total());
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.NOT_RUN) {
                parts.put("code_" + outcome.name().toLowerCase(Locale.ROOT), verdict.outcome() == outcome ? 1.0 : 0.0);
            }
        }
        return parts;
    }

    @Override
    public String toString() {
        return "CodeReward[" + RewardFunction.describe(code) + "]";
    }
}
