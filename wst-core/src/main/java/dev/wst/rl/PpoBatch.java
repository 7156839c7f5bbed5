package dev.wst.rl;

import dev.wst.Objective;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Advantages, returns, losses and metrics of one batch under {@link Ppo}.
 *
 * @param divergences [N, T] of each token from the reference, nats
 * @param advantages [N, T] whitened where asked for
 * @param returns [N, T] what the critic should have said
 */
record PpoBatch(
        Ppo ppo,
        List<Experience> experiences,
        double klCoefficient,
        double[][] divergences,
        double[][] advantages,
        double[][] returns) {

    static PpoBatch of(Ppo ppo, List<Experience> experiences, double klCoefficient) {
        int n = experiences.size();
        double[][] divergences = new double[n][];
        double[][] advantages = new double[n][];
        double[][] returns = new double[n][];
        for (int i = 0; i < n; i++) {
            Experience e = experiences.get(i);
            divergences[i] = divergences(ppo.klEstimator(), e);
            double[] rewards = tokenRewards(e.reward(), divergences[i], klCoefficient);
            advantages[i] = Advantages.generalised(rewards, e.values(), ppo.gamma(), ppo.lambda());
            returns[i] = new double[e.length()];
            for (int t = 0; t < e.length(); t++) {
                returns[i][t] = advantages[i][t] + e.values()[t];
            }
        }
        double[][] chosen = ppo.whitenAdvantages() ? Advantages.whitened(advantages) : advantages;
        return new PpoBatch(ppo, List.copyOf(experiences), klCoefficient, divergences, chosen, returns);
    }

    private static double[] divergences(KlEstimator estimator, Experience e) {
        double[] kl = new double[e.length()];
        for (int t = 0; t < kl.length; t++) {
            kl[t] = estimator.value(e.logProbabilities()[t], e.reference()[t]);
        }
        return kl;
    }

    /** {@code -beta kl} at each token, the verdict added at the last (arXiv 1909.08593, equation 2). */
    static double[] tokenRewards(double reward, double[] divergences, double klCoefficient) {
        double[] rewards = new double[divergences.length];
        for (int t = 0; t < rewards.length; t++) {
            rewards[t] = -klCoefficient * divergences[t];
        }
        rewards[rewards.length - 1] += reward;
        return rewards;
    }

    private int tokens(int[] minibatch) {
        return Arrays.stream(minibatch).map(i -> experiences.get(i).length()).sum();
    }

    /** The mean over tokens of the clipped surrogate, less the entropy bonus. */
    Objective policy(int[] minibatch) {
        double share = 1.0 / tokens(minibatch);
        Surrogate surrogate = new Surrogate(ppo.clip(), ppo.clip());
        return (index, scores) -> {
            int i = minibatch[index];
            Experience e = experiences.get(i);
            double[] slopes = new double[e.length()];
            double[] entropySlopes = ppo.entropyBonus() == 0 ? new double[0] : new double[e.length()];
            double loss = 0;
            for (int t = 0; t < e.length(); t++) {
                double ratio = Math.exp(e.logRatio(scores, t));
                loss += share * e.weight(t) * surrogate.loss(ratio, advantages[i][t]);
                slopes[t] = share * e.weight(t) * surrogate.slope(ratio, advantages[i][t]);
                if (entropySlopes.length > 0) {
                    loss -= share * ppo.entropyBonus() * scores.entropies()[t];
                    entropySlopes[t] = -share * ppo.entropyBonus();
                }
            }
            return new TokenSlopes(loss, slopes, entropySlopes, new double[0]);
        };
    }

    /**
     * Half the mean over tokens of the larger of the squared errors of the value and of the value kept within its clip
     * range of the old one.
     */
    Objective value(int[] minibatch) {
        double share = 1.0 / tokens(minibatch);
        return (index, scores) -> {
            int i = minibatch[index];
            Experience e = experiences.get(i);
            double[] old = e.values();
            double[] slopes = new double[old.length];
            boolean[] held = clippedValues(i, scores.values());
            double loss = 0;
            for (int t = 0; t < old.length; t++) {
                double free = scores.values()[t] - returns[i][t];
                double clipped = clippedValue(scores.values()[t], old[t]) - returns[i][t];
                loss += share * e.weight(t) / 2 * Math.max(free * free, clipped * clipped);
                slopes[t] = held[t] ? 0 : share * e.weight(t) * free;
            }
            return new TokenSlopes(loss, new double[0], new double[0], slopes);
        };
    }

    /**
     * For each token of an instruction, whether the clip range holds its value back.
     *
     * @param instruction its number in the batch
     * @param values [T] what the critic now says
     */
    boolean[] clippedValues(int instruction, double[] values) {
        double[] old = experiences.get(instruction).values();
        boolean[] held = new boolean[values.length];
        for (int t = 0; t < held.length; t++) {
            double free = values[t] - returns[instruction][t];
            double clipped = clippedValue(values[t], old[t]) - returns[instruction][t];
            held[t] = clipped * clipped > free * free;
        }
        return held;
    }

    private double clippedValue(double value, double old) {
        return Math.max(old - ppo.valueClip(), Math.min(old + ppo.valueClip(), value));
    }

    /** Mean over this step's instructions of the divergence from the reference, summed over tokens, nats. */
    double kl() {
        return Statistics.meanOfSums(own(divergences));
    }

    /** Without the rows [T] of instructions that earlier steps drew. */
    private double[][] own(double[][] rows) {
        return IntStream.range(0, rows.length)
                .filter(i -> !experiences.get(i).isEarlier())
                .mapToObj(i -> rows[i])
                .toArray(double[][]::new);
    }

    /** What is known before any update, under TRL's names. */
    Map<String, Double> metrics() {
        double score = experiences.stream()
                .filter(e -> !e.isEarlier())
                .mapToDouble(Experience::reward)
                .average()
                .orElse(0);
        double kl = kl();
        double[][] logProbabilities =
                experiences.stream().map(Experience::logProbabilities).toArray(double[][]::new);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("objective/kl", kl);
        metrics.put("objective/entropy", -Statistics.meanOfSums(own(logProbabilities)));
        metrics.put("objective/non_score_reward", -klCoefficient * kl);
        metrics.put("objective/rlhf_reward", score - klCoefficient * kl);
        metrics.put("objective/scores", score);
        metrics.put("objective/kl_coef", klCoefficient);
        return metrics;
    }

    /**
     * How far an update found the policy from where the batch was sampled, under TRL's names.
     *
     * @param scores of the minibatch, in its order
     */
    Map<String, Double> drift(int[] minibatch, List<TokenScores> scores) {
        Surrogate surrogate = new Surrogate(ppo.clip(), ppo.clip());
        int clipped = 0;
        double ratios = 0;
        double entropy = 0;
        int tokens = tokens(minibatch);
        for (int m = 0; m < minibatch.length; m++) {
            Experience e = experiences.get(minibatch[m]);
            for (int t = 0; t < e.length(); t++) {
                double ratio = Math.exp(e.logRatio(scores.get(m), t));
                clipped += surrogate.clips(ratio, advantages[minibatch[m]][t]) ? 1 : 0;
                ratios += ratio;
                entropy += scores.get(m).entropies()[t];
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("policy/approxkl_avg", approximateKl(minibatch, scores));
        metrics.put("policy/clipfrac_avg", (double) clipped / tokens);
        metrics.put("policy/entropy_avg", entropy / tokens);
        metrics.put("val/ratio", ratios / tokens);
        return metrics;
    }

    /** Half the mean squared log-ratio over the tokens of a minibatch. */
    double approximateKl(int[] minibatch, List<TokenScores> scores) {
        return LogRatios.halfMeanSquare(experiences, minibatch, scores);
    }
}
