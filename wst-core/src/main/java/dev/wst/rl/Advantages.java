package dev.wst.rl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much better than expected each token, or each instruction, turned out. */
final class Advantages {
    /** What TRL and the paper add to a group's deviation. */
    private static final double GROUP_EPSILON = 1e-4;

    private Advantages() {}

    /**
     * Generalised advantage estimation (arXiv 1506.02438, equation 16), backwards over the tokens of one instruction; the
     * value after the last token is 0.
     *
     * @param rewards [T]
     * @param values [T]
     * @return [T]
     */
    static double[] generalised(double[] rewards, double[] values, double gamma, double lambda) {
        double[] advantages = new double[rewards.length];
        double next = 0;
        double nextValue = 0;
        for (int t = rewards.length - 1; t >= 0; t--) {
            double error = rewards[t] + gamma * nextValue - values[t];
            next = error + gamma * lambda * next;
            nextValue = values[t];
            advantages[t] = next;
        }
        return advantages;
    }

    /**
     * Shifts to mean 0 and scales to deviation 1 over all tokens, as TRL does (Bessel-corrected variance, 1e-8 inside the
     * root). A single token is left as it is.
     */
    static double[][] whitened(double[][] advantages) {
        int count = 0;
        double sum = 0;
        for (double[] row : advantages) {
            for (double a : row) {
                sum += a;
                count++;
            }
        }
        if (count < 2) {
            return advantages;
        }
        double mean = sum / count;
        double squares = 0;
        for (double[] row : advantages) {
            for (double a : row) {
                squares += (a - mean) * (a - mean);
            }
        }
        double factor = 1 / Math.sqrt(squares / (count - 1) + 1e-8);
        double[][] white = new double[advantages.length][];
        for (int i = 0; i < white.length; i++) {
            white[i] = new double[advantages[i].length];
            for (int t = 0; t < white[i].length; t++) {
                white[i][t] = (advantages[i][t] - mean) * factor;
            }
        }
        return white;
    }

    /**
     * Group-relative advantages (arXiv 2402.03300, section 4.1.2): the reward less its group's mean, divided by the
     * group's Bessel-corrected deviation where asked for.
     *
     * @return [N]
     */
    static double[] groupRelative(List<Experience> experiences, boolean byDeviation) {
        Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < experiences.size(); i++) {
            groups.computeIfAbsent(experiences.get(i).group(), g -> new ArrayList<>())
                    .add(i);
        }
        double[] advantages = new double[experiences.size()];
        groups.values().forEach(group -> {
            double mean = group.stream()
                    .mapToDouble(i -> experiences.get(i).reward())
                    .average()
                    .orElseThrow();
            double deviation = Deviation.of(
                    group.stream().mapToDouble(i -> experiences.get(i).reward()).toArray());
            for (int i : group) {
                double above = experiences.get(i).reward() - mean;
                advantages[i] = byDeviation ? above / (deviation + GROUP_EPSILON) : above;
            }
        });
        return advantages;
    }
}
