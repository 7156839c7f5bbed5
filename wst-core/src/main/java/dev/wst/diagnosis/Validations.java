package dev.wst.diagnosis;

import static dev.wst.diagnosis.History.mean;

import dev.wst.diagnosis.History.Earned;
import dev.wst.diagnosis.History.Step;
import dev.wst.evaluation.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether what is learned holds for tasks that were not trained on. */
final class Validations {
    private static final int STEPS = 10;
    /** Fewer have an interval too wide to tell. */
    private static final int TASKS = 20;
    /** Of the gain in training: what is learned for a task is never all of it of use for others. */
    private static final double HALF = 0.5;

    private Validations() {}

    /**
     * Training rewards have risen, validation by less than half as much for certain, and it is lower than training by half of that
     * gain too: where the likeliest instructions were good from the beginning, training only makes the others like them.
     */
    static Optional<Evidence> apart(History history) {
        List<Step> last = history.last(STEPS);
        List<Earned> all = history.validations();
        if (all.size() < 2 || !history.hasRisen(last)) {
            return Optional.empty();
        }
        Earned now = all.get(all.size() - 1);
        Interval gain = gain(all.get(0).rewards(), now.rewards());
        double inTraining = history.gain(last).orElse(0);
        double reward = mean(last, "reward").orElse(0);
        double validated =
                now.rewards().values().stream().mapToDouble(v -> v).average().orElse(reward);
        if (gain.count() < TASKS || gain.high() >= HALF * inTraining || reward - validated < HALF * inTraining) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                last.get(0).number(),
                String.format(
                        Locale.ROOT,
                        "rewards in training rose by %.3f to %.3f, those of %d validation tasks changed by %.3f [%.3f, %.3f] to"
                                + " %.3f",
                        inTraining,
                        reward,
                        gain.count(),
                        gain.mean(),
                        gain.low(),
                        gain.high(),
                        validated),
                List.of()));
    }

    private static Interval gain(Map<String, Double> before, Map<String, Double> after) {
        List<String> both = after.keySet().stream().filter(before::containsKey).toList();
        return both.isEmpty()
                ? new Interval(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0)
                : Interval.ofPairs(values(after, both), values(before, both));
    }

    private static double[] values(Map<String, Double> rewards, List<String> tasks) {
        return tasks.stream()
                .mapToDouble(task -> rewards.getOrDefault(task, 0.0))
                .toArray();
    }
}
