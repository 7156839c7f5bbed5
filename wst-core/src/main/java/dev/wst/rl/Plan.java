package dev.wst.rl;

import dev.wst.Objective;
import dev.wst.TokenScores;
import java.util.List;
import java.util.Map;

/** What a step is going to do with its batch: advantages are known, losses can be asked for. */
public interface Plan {
    /** Instructions that take part in updates, by their number in the batch. */
    int[] participants();

    /** The policy loss over some instructions; the objective counts them from 0 in the order given. */
    Objective policy(int[] minibatch);

    /** The value loss over some instructions. */
    Objective value(int[] minibatch);

    /**
     * For each token of an instruction, whether the clip range holds its value back.
     *
     * @param instruction its number in the batch
     * @param values [T] what the critic now says
     */
    boolean[] clippedValues(int instruction, double[] values);

    /** What is known before any update, under TRL's names. */
    Map<String, Double> metrics();

    /**
     * How far an update found the policy from where the batch was sampled, under TRL's names.
     *
     * @param scores of the minibatch, in its order
     */
    Map<String, Double> drift(int[] minibatch, List<TokenScores> scores);

    /** Half the mean squared log-ratio over the tokens of a minibatch. */
    double approximateKl(int[] minibatch, List<TokenScores> scores);
}
