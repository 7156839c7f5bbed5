package dev.wst.rewards.judge;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the votes of a judge become one verdict. */
public enum Tally {
    /** Their mean. */
    MEAN {
        @Override
        double of(List<Double> votes) {
            return mean(votes);
        }
    },
    /** The most frequent one; the mean of them where several are equally frequent. */
    MAJORITY {
        @Override
        double of(List<Double> votes) {
            Map<Double, Integer> counts = new TreeMap<>();
            votes.forEach(vote -> counts.merge(vote, 1, Integer::sum));
            int most = counts.values().stream().max(Integer::compare).orElseThrow();
            return mean(counts.entrySet().stream()
                    .filter(entry -> entry.getValue() == most)
                    .map(Map.Entry::getKey)
                    .toList());
        }
    };

    /** The verdict; there is at least one vote. */
    abstract double of(List<Double> votes);

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
