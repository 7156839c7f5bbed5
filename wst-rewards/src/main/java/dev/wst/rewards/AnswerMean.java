package dev.wst.rewards;

import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.calls.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The mean over several answers to one instruction; see {@link ComposableReward#averagedOver}. */
record AnswerMean(RewardFunction reward, int answers, StudentAccess student) {
    AnswerMean {
        if (answers < 2) {
            throw new IllegalArgumentException("a mean over answers needs at least 2 of them, got " + answers);
        }
    }

    ComposableReward asReward() {
        return new BatchReward(
                RewardFunction.describe(reward) + " averaged over " + answers + " answers of " + student,
                this::verdicts,
                List.of(reward),
                this::furtherCalls);
    }

    private List<ModelCall> furtherCalls(Attempt attempt) {
        return IntStream.range(1, answers)
                .boxed()
                .flatMap(further -> Stream.concat(
                        student.calls(attempt.advice().again(further)).stream(), reward.calls(attempt).stream()))
                .toList();
    }

    private CompletableFuture<List<Reward>> verdicts(List<Attempt> attempts) {
        List<Advice> shown = new ArrayList<>();
        List<Advice> scored = new ArrayList<>();
        for (Attempt attempt : attempts) {
            for (int further = 1; further < answers; further++) {
                shown.add(attempt.advice().again(further));
                scored.add(attempt.advice());
            }
        }
        CompletableFuture<List<Reward>> others = student.examine(shown, scored, reward);
        return Verdicts.of(reward, attempts).thenCombine(others, this::means);
    }

    private List<Reward> means(List<Reward> given, List<Reward> others) {
        List<Reward> means = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            List<Reward> all = new ArrayList<>();
            all.add(given.get(i));
            all.addAll(others.subList(i * (answers - 1), (i + 1) * (answers - 1)));
            means.add(mean(all));
        }
        return means;
    }

    private static Reward mean(List<Reward> verdicts) {
        Reward mean = Reward.mean(verdicts);
        if (!mean.isScored()) {
            return mean;
        }
        int scored = (int) verdicts.stream().filter(Reward::isScored).count();
        return Parts.of(mean).put("answers", scored).worth(mean.value());
    }
}
