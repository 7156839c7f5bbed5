package dev.wst.rl;

/**
 * One scored instruction, as the algorithms see it.
 *
 * @param group which task it belongs to; instructions of one task have the same number
 * @param reward the verdict on the student's answer
 * @param logProbabilities [T] under the policy before this step's updates
 * @param reference [T] under the reference policy; empty where the algorithm does not use it
 * @param values [T] expected returns from the critic; empty where the algorithm has none
 */
public record Experience(int group, double reward, double[] logProbabilities, double[] reference, double[] values) {

    /** T. */
    public int length() {
        return logProbabilities.length;
    }
}
