package dev.wst.rewards;

import com.google.common.collect.Streams;
import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.calls.AskedOnce;
import dev.wst.calls.Verdicts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What an instruction adds; see {@link ComposableReward#minusBaseline}. */
final class Baseline {
    private final RewardFunction reward;
    private final StudentAccess student;
    /** Verdicts on answers without instruction: one small value for each task. */
    private final AskedOnce<Task, Reward> uninstructed = new AskedOnce<>(new ConcurrentHashMap<>(), Reward::isScored);

    Baseline(RewardFunction reward, StudentAccess student) {
        this.reward = reward;
        this.student = student;
    }

    ComposableReward asReward() {
        return new BatchReward(
                RewardFunction.describe(reward) + " minus that of " + student + " without instruction",
                this::verdicts,
                List.of(reward),
                this::uninstructedCalls);
    }

    /** For its task's first attempt. */
    private List<ModelCall> uninstructedCalls(Attempt attempt) {
        Advice bare = Advice.of(attempt.task(), Instruction.none());
        return Stream.concat(student.calls(bare).stream(), reward.calls(bare.answered(attempt.answer())).stream())
                .toList();
    }

    private CompletableFuture<List<Reward>> verdicts(List<Attempt> attempts) {
        CompletableFuture<List<Reward>> without = Pending.all(uninstructed.all(
                attempts.stream().map(Attempt::task).toList(),
                tasks -> student.examineWithoutInstruction(tasks, reward)));
        return Verdicts.of(reward, attempts).thenCombine(without, Baseline::differences);
    }

    private static List<Reward> differences(List<Reward> instructed, List<Reward> uninstructed) {
        return Streams.zip(instructed.stream(), uninstructed.stream(), Baseline::difference)
                .toList();
    }

    private static Reward difference(Reward instructed, Reward uninstructed) {
        if (!instructed.isScored()) {
            return instructed;
        }
        if (!uninstructed.isScored()) {
            return uninstructed.missing("without instruction: " + uninstructed.reason(), Map.of());
        }
        return Parts.of(instructed)
                .put("instructed", instructed.value())
                .put("uninstructed", uninstructed.value())
                .worth(instructed.value() - uninstructed.value());
    }
}
