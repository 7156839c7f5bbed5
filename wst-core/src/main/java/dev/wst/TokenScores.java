package dev.wst;

/**
 * What a policy says about the T tokens of one instruction.
 *
 * @param logProbabilities [T] of each token given those before it, nats, logits divided by the temperature
 * @param entropies [T] of the distribution each token was drawn from, nats
 * @param values [T] expected return before each token; empty where no value function took part
 */
public record TokenScores(double[] logProbabilities, double[] entropies, double[] values) {
    public TokenScores {
        if (logProbabilities.length != entropies.length
                || (values.length != 0 && values.length != logProbabilities.length)) {
            throw new IllegalArgumentException("scores of one instruction must have one length; got "
                    + logProbabilities.length + " log-probabilities, " + entropies.length + " entropies, "
                    + values.length + " values");
        }
    }

    /** Scores without values. */
    public static TokenScores of(double[] logProbabilities, double[] entropies) {
        return new TokenScores(logProbabilities, entropies, new double[0]);
    }

    /** These scores with values. */
    public TokenScores withValues(double[] newValues) {
        return new TokenScores(logProbabilities, entropies, newValues);
    }

    /** T. */
    public int length() {
        return logProbabilities.length;
    }
}
