package dev.wst.rl;

import dev.wst.TokenScores;

/**
 * One scored instruction, as the algorithms see it.
 *
 * @param group which task it belongs to; instructions of one task have the same number
 * @param reward the verdict on the student's answer
 * @param length T, tokens of the instruction
 * @param logProbabilities [T] under the policy before this step's updates; empty until they are known
 * @param reference [T] under the reference policy; empty where the algorithm does not use it
 * @param values [T] expected returns from the critic; empty where the algorithm has none
 * @param drawn [T] under the policy of the earlier step that it was drawn in; empty for one of this step
 */
record Experience(
        int group,
        double reward,
        int length,
        double[] logProbabilities,
        double[] reference,
        double[] values,
        double[] drawn) {
    /** What an importance weight is at most: one far above 1 stands for many that were not drawn. */
    static final double MOST_WEIGHT = 2;

    /** One of this step. */
    Experience(int group, double reward, int length, double[] logProbabilities, double[] reference, double[] values) {
        this(group, reward, length, logProbabilities, reference, values, new double[0]);
    }

    /** This experience with the log-probabilities that were found. */
    Experience withLogProbabilities(double[] found) {
        return new Experience(group, reward, length, found, reference, values, drawn);
    }

    /** Whether an earlier step drew it. */
    boolean isEarlier() {
        return drawn.length > 0;
    }

    /**
     * What token t counts: 1 for an experience of this step, otherwise the importance weight of the policy before this step's updates
     * against that which drew it, truncated (arXiv 1802.01561, section 4.1).
     */
    double weight(int t) {
        return isEarlier() ? truncated(logProbabilities[t] - drawn[t]) : 1;
    }

    /** The weight that belongs to a difference of log-probabilities. */
    static double truncated(double difference) {
        return Math.min(MOST_WEIGHT, Math.exp(difference));
    }

    /** Whether the log-probabilities from before the updates are known. */
    boolean isRead() {
        return logProbabilities.length > 0;
    }

    /** The same for the instruction as a whole: the geometric mean of its tokens' weights, truncated. */
    double meanWeight() {
        double sum = 0;
        for (int t = 0; t < drawn.length; t++) {
            sum += logProbabilities[t] - drawn[t];
        }
        return isEarlier() ? truncated(sum / length) : 1;
    }

    /**
     * Logarithm of the ratio between what the policy now gives token t and what it gave before the step's updates. One that
     * is not finite stays so.
     */
    double logRatio(TokenScores now, int t) {
        return now.logProbabilities()[t] - logProbabilities[t];
    }
}
