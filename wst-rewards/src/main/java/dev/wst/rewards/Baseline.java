package dev.wst.rewards;

import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.rewards.calls.Pending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What an instruction adds; see {@link ComposableReward#minusBaseline}. */
final class Baseline {
    private final RewardFunction reward;
    private final StudentAccess student;
    /** Verdicts on answers without instruction, there or under way; one small value for each task. */
    private final Map<Task, CompletableFuture<Reward>> known = new ConcurrentHashMap<>();

    Baseline(RewardFunction reward, StudentAccess student) {
        this.reward = reward;
        this.student = student;
    }

    ComposableReward asReward() {
        return new BatchReward(this::verdicts);
    }

    private CompletableFuture<List<Reward>> verdicts(List<Attempt> attempts) {
        CompletableFuture<List<Reward>> without =
                uninstructed(attempts.stream().map(Attempt::task).toList());
        return reward.verdicts(attempts).thenCombine(without, Baseline::differences);
    }

    private static List<Reward> differences(List<Reward> instructed, List<Reward> uninstructed) {
        List<Reward> differences = new ArrayList<>();
        for (int i = 0; i < instructed.size(); i++) {
            differences.add(difference(instructed.get(i), uninstructed.get(i)));
        }
        return differences;
    }

    private static Reward difference(Reward instructed, Reward uninstructed) {
        if (!instructed.isScored()) {
            return instructed;
        }
        if (!uninstructed.isScored()) {
            return Reward.unscored("without instruction: " + uninstructed.reason());
        }
        return Parts.of(instructed)
                .put("instructed", instructed.value())
                .put("uninstructed", uninstructed.value())
                .worth(instructed.value() - uninstructed.value());
    }

    /** Claims the tasks nobody asked about yet, so that two batches under way never ask twice. */
    private CompletableFuture<List<Reward>> uninstructed(List<Task> tasks) {
        Map<Task, CompletableFuture<Reward>> claimed = new LinkedHashMap<>();
        List<CompletableFuture<Reward>> wanted = new ArrayList<>();
        for (Task task : tasks) {
            CompletableFuture<Reward> fresh = new CompletableFuture<>();
            CompletableFuture<Reward> before = known.putIfAbsent(task, fresh);
            if (before == null) {
                claimed.put(task, fresh);
            }
            wanted.add(before == null ? fresh : before);
        }
        return ask(claimed).thenCompose(settled -> Pending.all(wanted));
    }

    /** Done when every claimed verdict is there or has failed. */
    private CompletableFuture<Void> ask(Map<Task, CompletableFuture<Reward>> claimed) {
        List<Advice> advice = claimed.keySet().stream()
                .map(task -> new Advice(Attempt.at(task, 0), Instruction.none()))
                .toList();
        CompletableFuture<List<Reward>> examined;
        try {
            examined = student.examine(advice, reward);
        } catch (RuntimeException e) {
            examined = CompletableFuture.failedFuture(e);
        }
        return examined.handle((verdicts, failure) -> {
            if (verdicts != null) {
                settle(claimed, verdicts);
            } else if (failure != null) {
                claimed.forEach(known::remove);
                claimed.values().forEach(pending -> pending.completeExceptionally(failure));
            }
            return null;
        });
    }

    private void settle(Map<Task, CompletableFuture<Reward>> claimed, List<Reward> verdicts) {
        int next = 0;
        for (Map.Entry<Task, CompletableFuture<Reward>> entry : claimed.entrySet()) {
            Reward verdict = verdicts.get(next++);
            if (!verdict.isScored()) {
                known.remove(entry.getKey(), entry.getValue());
            }
            entry.getValue().complete(verdict);
        }
    }
}
