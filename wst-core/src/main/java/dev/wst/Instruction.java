package dev.wst;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a teacher wrote for a student to follow: a text and, where a policy sampled it, the tokens it was sampled as and
 * the log-probability of each under the distribution it was drawn from (temperature applied).
 *
 * <p>Instructions not written by a policy ({@link #none()}, {@link #fixed(String)}) have no tokens and cannot be trained
 * on; students and evaluations treat them like any other.
 */
public final class Instruction {
    private static final Instruction NONE = fixed("");

    private final String text;
    private final int[] tokens;
    private final double[] logProbabilities;
    private final Ending ending;

    /** Why a sampled instruction ended. */
    public enum Ending {
        /** The policy ended it, by an end token or a stop string. */
        STOP,
        /** It reached the limit of tokens. */
        LENGTH,
        /** It was not sampled. */
        NOT_SAMPLED
    }

    private Instruction(String text, int[] tokens, double[] logProbabilities, Ending ending) {
        this.text = Objects.requireNonNull(text, "text");
        this.tokens = tokens;
        this.logProbabilities = logProbabilities;
        this.ending = Objects.requireNonNull(ending, "ending");
    }

    /** No instruction: the student sees the question alone. */
    public static Instruction none() {
        return NONE;
    }

    /** A text that somebody wrote by hand. */
    public static Instruction fixed(String text) {
        return new Instruction(text, new int[0], new double[0], Ending.NOT_SAMPLED);
    }

    /**
     * An instruction sampled from a policy.
     *
     * @param text what the student sees, without end tokens and stop strings
     * @param tokens [T] everything that was sampled, a final end token included; at least one
     * @param logProbabilities [T] in nats, of each token when it was drawn
     * @param ending STOP or LENGTH
     */
    public static Instruction sampled(String text, int[] tokens, double[] logProbabilities, Ending ending) {
        if (tokens.length == 0 || tokens.length != logProbabilities.length) {
            throw new IllegalArgumentException("a sampled instruction has one log-probability for each of its tokens"
                    + " and at least one; got " + tokens.length + " tokens and " + logProbabilities.length
                    + " log-probabilities");
        }
        if (ending == Ending.NOT_SAMPLED) {
            throw new IllegalArgumentException("a sampled instruction ends by STOP or LENGTH");
        }
        return new Instruction(text, tokens.clone(), logProbabilities.clone(), ending);
    }

    public String text() {
        return text;
    }

    /** The sampled tokens, [T]; empty if it was not sampled. A copy. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** T, the number of sampled tokens. */
    public int tokenCount() {
        return tokens.length;
    }

    /** Log-probability of each token when it was drawn, [T], nats. A copy. */
    public double[] logProbabilities() {
        return logProbabilities.clone();
    }

    public Ending ending() {
        return ending;
    }

    /** Whether the student sees nothing of it. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Instruction that
                && text.equals(that.text)
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(logProbabilities, that.logProbabilities)
                && ending == that.ending;
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + Arrays.hashCode(tokens);
    }

    @Override
    public String toString() {
        return "Instruction[" + text + "]";
    }
}
