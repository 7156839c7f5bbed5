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
 */
record Experience(
        int group, double reward, int length, double[] logProbabilities, double[] reference, double[] values) {

    /** This experience with the log-probabilities that were found. */
    Experience withLogProbabilities(double[] found) {
        return new Experience(group, reward, length, found, reference, values);
    }

    /** Whether the log-probabilities from before the updates are known. */
    boolean isRead() {
        return logProbabilities.length > 0;
    }

    /**
     * Logarithm of the ratio between what the policy now gives token t and what it gave before the step's updates. One that
     * is not finite stays so.
     */
    double logRatio(TokenScores now, int t) {
        return now.logProbabilities()[t] - logProbabilities[t];
    }
}
