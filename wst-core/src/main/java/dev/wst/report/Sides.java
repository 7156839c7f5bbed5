package dev.wst.report;

import dev.wst.Rollout;
import dev.wst.evaluation.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same questions answered in several ways, of which one is what the run came to and another what it is measured against.
 *
 * @param comparison all ways
 * @param result name of what the run came to
 * @param baseline name of what it is measured against; empty where there is nothing else
 * @param shown names of those that are shown beside each other, the result last
 */
record Sides(Comparison comparison, String result, Optional<String> baseline, List<String> shown) {
    int questions() {
        return comparison.result(result).rollouts().size();
    }

    Rollout of(String name, int question) {
        return comparison.result(name).rollouts().get(question);
    }

    /** The questions on which result and baseline have a verdict, by the sign of the difference: more, as much, less. */
    Map<Integer, List<Integer>> bySign() {
        Map<Integer, List<Integer>> signs = new LinkedHashMap<>();
        List.of(1, 0, -1).forEach(sign -> signs.put(sign, new ArrayList<>()));
        baseline.ifPresent(against -> {
            for (int i = 0; i < questions(); i++) {
                Rollout now = of(result, i);
                Rollout then = of(against, i);
                if (now.reward().isScored() && then.reward().isScored()) {
                    int sign =
                            Double.compare(now.reward().value(), then.reward().value());
                    signs.getOrDefault(Integer.signum(sign), new ArrayList<>()).add(i);
                }
            }
        });
        return signs;
    }
}
