package dev.wst.rl;

import com.google.common.primitives.Doubles;
import dev.wst.Objective;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The losses and metrics of one batch under {@link Grpo}.
 *
 * <p>Log-probabilities from before the updates that nobody read are those which the first pass over an instruction sees: it
 * belongs to the first update, before any weight has moved.
 */
final class GrpoBatch {
    private final Grpo grpo;
    private final List<Experience> experiences;
    /** [N], the same for every token of an instruction. */
    private final double[] advantages;
    /** The longest instruction that could have been sampled. */
    private final int maxTokens;

    GrpoBatch(Grpo grpo, List<Experience> experiences, int maxTokens) {
        this.grpo = grpo;
        this.experiences = new ArrayList<>(experiences);
        this.advantages = Advantages.groupRelative(experiences, grpo.byDeviation());
        this.maxTokens = maxTokens;
    }

    /** [N]. */
    double[] advantages() {
        return advantages.clone();
    }

    private Experience seen(int instruction, TokenScores now) {
        Experience e = experiences.get(instruction);
        if (!e.isRead()) {
            e = e.withLogProbabilities(now.logProbabilities());
            experiences.set(instruction, e);
        }
        return e;
    }

    /** Instructions that take part in updates, by their number. */
    int[] participants() {
        Map<Integer, double[]> groups = new HashMap<>();
        for (Experience e : experiences) {
            groups.merge(e.group(), new double[] {e.reward()}, Doubles::concat);
        }
        return IntStream.range(0, experiences.size())
                .filter(i -> !grpo.filterGroups()
                        || !Deviation.isZero(
                                groups.getOrDefault(experiences.get(i).group(), new double[0])))
                .toArray();
    }

    /** What each token of an instruction counts. */
    private double share(int[] minibatch, int length) {
        return switch (grpo.loss()) {
            case GRPO, GSPO -> 1.0 / minibatch.length / length;
            case DAPO ->
                1.0
                        / Arrays.stream(minibatch)
                                .map(i -> experiences.get(i).length())
                                .sum();
            case DR_GRPO -> 1.0 / minibatch.length / maxTokens;
        };
    }

    /** The policy loss over some instructions; the objective counts them from 0 in the order given. */
    Objective policy(int[] minibatch) {
        Surrogate surrogate = new Surrogate(grpo.clipLow(), grpo.clipHigh());
        return (index, scores) -> {
            Experience e = seen(minibatch[index], scores);
            double advantage = advantages[minibatch[index]];
            double[] shares = shares(e, share(minibatch, e.length()));
            double[] slopes = new double[e.length()];
            double loss = grpo.loss() == Grpo.Loss.GSPO
                    ? byInstruction(surrogate, e, scores, advantage, shares, slopes)
                    : byToken(surrogate, e, scores, advantage, shares, slopes);
            if (grpo.usesReference()) {
                loss += divergence(e, scores, shares, slopes);
            }
            return new TokenSlopes(loss, slopes, new double[0], new double[0]);
        };
    }

    /** Of each token [T], weighted where an earlier step drew it; in GSPO all tokens of an instruction alike. */
    private double[] shares(Experience e, double share) {
        double[] shares = new double[e.length()];
        Arrays.setAll(shares, t -> share * (grpo.loss() == Grpo.Loss.GSPO ? e.meanWeight() : e.weight(t)));
        return shares;
    }

    private double divergence(Experience e, TokenScores scores, double[] shares, double[] slopes) {
        double[] now = scores.logProbabilities();
        return grpo.loss() == Grpo.Loss.GSPO
                ? penalty().byInstruction(now, e.reference(), meanRatio(e, scores), shares, slopes)
                : penalty().byToken(now, e.reference(), ratios(e, scores), shares, slopes);
    }

    private KlPenalty penalty() {
        return new KlPenalty(grpo.klCoefficient(), grpo.klCorrected());
    }

    /** [T]. */
    private static double[] ratios(Experience e, TokenScores scores) {
        return IntStream.range(0, e.length())
                .mapToDouble(t -> Math.exp(e.logRatio(scores, t)))
                .toArray();
    }

    private static double byToken(
            Surrogate surrogate, Experience e, TokenScores scores, double advantage, double[] shares, double[] slopes) {
        double loss = 0;
        for (int t = 0; t < slopes.length; t++) {
            double ratio = Math.exp(e.logRatio(scores, t));
            loss += shares[t] * surrogate.loss(ratio, advantage);
            slopes[t] = shares[t] * surrogate.slope(ratio, advantage);
        }
        return loss;
    }

    private static double byInstruction(
            Surrogate surrogate, Experience e, TokenScores scores, double advantage, double[] shares, double[] slopes) {
        double ratio = meanRatio(e, scores);
        Arrays.setAll(slopes, t -> shares[t] * surrogate.slope(ratio, advantage));
        return Arrays.stream(shares).sum() * surrogate.loss(ratio, advantage);
    }

    /** {@code exp(mean log-ratio)}. */
    private static double meanRatio(Experience e, TokenScores scores) {
        double sum = 0;
        for (int t = 0; t < e.length(); t++) {
            sum += e.logRatio(scores, t);
        }
        return Math.exp(sum / e.length());
    }

    /**
     * How far an update found the policy from where the batch was sampled, under TRL's names.
     *
     * @param scores of the minibatch, in its order
     */
    Map<String, Double> drift(int[] minibatch, List<TokenScores> scores) {
        double entropy = 0;
        double kl = 0;
        int tokens = 0;
        double[] low = new double[minibatch.length];
        double[] high = new double[minibatch.length];
        for (int m = 0; m < minibatch.length; m++) {
            Experience e = experiences.get(minibatch[m]);
            double sequenceRatio = meanRatio(e, scores.get(m));
            for (int t = 0; t < e.length(); t++) {
                double now = scores.get(m).logProbabilities()[t];
                double ratio = grpo.loss() == Grpo.Loss.GSPO ? sequenceRatio : Math.exp(e.logRatio(scores.get(m), t));
                double advantage = advantages[minibatch[m]];
                low[m] += ratio < 1 - grpo.clipLow() && advantage < 0 ? 1.0 / e.length() : 0;
                high[m] += ratio > 1 + grpo.clipHigh() && advantage > 0 ? 1.0 / e.length() : 0;
                entropy += scores.get(m).entropies()[t];
                if (grpo.usesReference()) {
                    kl += penalty().estimate(now, e.reference()[t], ratio);
                }
                tokens++;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("entropy", entropy / tokens);
        if (grpo.usesReference()) {
            metrics.put("kl", kl / tokens);
        }
        double[] weights = weights(minibatch);
        metrics.put("clip_ratio/low_mean", weighted(low, weights));
        metrics.put("clip_ratio/low_min", Arrays.stream(low).min().orElse(0));
        metrics.put("clip_ratio/high_mean", weighted(high, weights));
        metrics.put("clip_ratio/high_max", Arrays.stream(high).max().orElse(0));
        metrics.put("clip_ratio/region_mean", weighted(low, weights) + weighted(high, weights));
        return metrics;
    }

    /** What each instruction counts in a mean over ratios: one has a ratio for each token, in GSPO it has a single one. */
    private double[] weights(int[] minibatch) {
        return Arrays.stream(minibatch)
                .mapToDouble(i ->
                        grpo.loss() == Grpo.Loss.GSPO ? 1 : experiences.get(i).length())
                .toArray();
    }

    private static double weighted(double[] values, double[] weights) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * weights[i];
        }
        return sum / Arrays.stream(weights).sum();
    }
}
