package dev.wst.rl;

import dev.wst.UpdateStats;
import java.util.LinkedHashMap;
import java.util.Map;

/** The metrics of a step's updates: what is known before them, and means over them. */
final class UpdateRecord {
    private final Map<String, Double> known;
    private final Averages averages = new Averages();
    private int updates;

    UpdateRecord(Map<String, Double> known) {
        this.known = new LinkedHashMap<>(known);
    }

    /** A number that comes once an update, or more often. */
    void add(String name, double value) {
        averages.add(name, value);
    }

    /**
     * An update of the teacher.
     *
     * @param drift how far it found the policy from where the batch was sampled
     * @param lossNames under which its loss is kept
     */
    void add(UpdateStats stats, Map<String, Double> drift, String... lossNames) {
        updates++;
        for (String name : lossNames) {
            averages.add(name, stats.loss());
        }
        averages.add("grad_norm", stats.gradientNorm());
        averages.addAll(drift);
    }

    void addAll(Map<String, Double> values) {
        averages.addAll(values);
    }

    /** Updates of the teacher so far. */
    int updates() {
        return updates;
    }

    /** All of it; the learning rate comes last. */
    Map<String, Double> metrics(Map<String, Double> ending, double learningRate) {
        Map<String, Double> metrics = new LinkedHashMap<>(known);
        metrics.putAll(averages.means());
        averages.variance("val/ratio").ifPresent(variance -> metrics.put("val/ratio_var", variance));
        metrics.put("updates", (double) updates);
        metrics.putAll(ending);
        metrics.put("lr", learningRate);
        return metrics;
    }
}
