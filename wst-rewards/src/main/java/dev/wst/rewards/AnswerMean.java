package dev.wst.rewards;

import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Situation;
import dev.wst.calls.Verdicts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The mean over several answers to one instruction; see {@link ComposableReward#averagedOver}. */
record AnswerMean(RewardFunction reward, int answers, StudentAccess student) {
    /** From a sample's own number to those of its further answers: no group has so many samples. */
    private static final int STRIDE = 1 << 20;

    AnswerMean {
        if (answers < 2) {
            throw new IllegalArgumentException("a mean over answers needs at least 2 of them, got " + answers);
        }
    }

    ComposableReward asReward() {
        return new BatchReward(this::verdicts, reward::check);
    }

    private CompletableFuture<List<Reward>> verdicts(List<Attempt> attempts) {
        List<Advice> shown = new ArrayList<>();
        List<Advice> scored = new ArrayList<>();
        for (Attempt attempt : attempts) {
            for (int further = 1; further < answers; further++) {
                shown.add(again(attempt.advice(), further));
                scored.add(attempt.advice());
            }
        }
        CompletableFuture<List<Reward>> others = student.examine(shown, scored, reward);
        return Verdicts.of(reward, attempts).thenCombine(others, this::means);
    }

    /** The same question as a sample of its own: where answers are kept, one sample has one answer. */
    private static Advice again(Advice advice, int further) {
        Situation situation = advice.situation();
        int sample = Math.addExact(situation.sample(), Math.multiplyExact(further, STRIDE));
        return new Advice(new Situation(situation.task(), sample, situation.earlier()), advice.instruction());
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
        List<Reward> scored = verdicts.stream().filter(Reward::isScored).toList();
        if (scored.isEmpty()) {
            return verdicts.get(0)
                    .missing(
                            "none of " + verdicts.size() + " answers has a verdict; the first: "
                                    + verdicts.get(0).reason(),
                            Map.of());
        }
        Map<String, List<Double>> byName = new LinkedHashMap<>();
        for (Reward verdict : scored) {
            verdict.parts()
                    .forEach((name, value) ->
                            byName.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
        }
        Parts parts = new Parts();
        byName.forEach((name, values) ->
                parts.put(name, mean(values.stream().mapToDouble(v -> v).toArray())));
        return parts.put("answers", scored.size())
                .worth(mean(scored.stream().mapToDouble(Reward::value).toArray()));
    }

    private static double mean(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        return mean;
    }
}
