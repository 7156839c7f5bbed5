package dev.wst.rl;

import dev.wst.Advice;
import dev.wst.TokenScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the log-probabilities at which tokens were drawn are from those that a second reading gives: rounding, and
 * anything that went wrong between. Under TRL's names.
 */
final class SamplingDrift {
    private SamplingDrift() {}

    static Map<String, Double> of(List<Advice> advice, List<TokenScores> readings) {
        double sum = 0;
        double most = 0;
        double ratios = 0;
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        int tokens = 0;
        for (int i = 0; i < advice.size(); i++) {
            double[] drawn = advice.get(i).instruction().logProbabilities();
            double[] read = readings.get(i).logProbabilities();
            for (int t = 0; t < drawn.length; t++) {
                double difference = Math.abs(read[t] - drawn[t]);
                double ratio = Math.exp(read[t] - drawn[t]);
                sum += difference;
                most = Math.max(most, difference);
                ratios += ratio;
                least = Math.min(least, ratio);
                largest = Math.max(largest, ratio);
                tokens++;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("sampling/sampling_logp_difference/mean", sum / tokens);
        metrics.put("sampling/sampling_logp_difference/max", most);
        metrics.put("sampling/importance_sampling_ratio/min", least);
        metrics.put("sampling/importance_sampling_ratio/mean", ratios / tokens);
        metrics.put("sampling/importance_sampling_ratio/max", largest);
        return metrics;
    }

    /** What the tokens of earlier steps count: the mean of their weights, and how many of them are truncated. */
    static Map<String, Double> weights(List<Advice> advice, List<TokenScores> readings) {
        double sum = 0;
        int truncated = 0;
        int tokens = 0;
        for (int i = 0; i < advice.size(); i++) {
            double[] drawn = advice.get(i).instruction().logProbabilities();
            double[] read = readings.get(i).logProbabilities();
            for (int t = 0; t < drawn.length; t++) {
                sum += Experience.truncated(read[t] - drawn[t]);
                truncated += Math.exp(read[t] - drawn[t]) > Experience.MOST_WEIGHT ? 1 : 0;
                tokens++;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("reuse/weight_mean", sum / tokens);
        metrics.put("reuse/truncated", (double) truncated / tokens);
        return metrics;
    }
}
