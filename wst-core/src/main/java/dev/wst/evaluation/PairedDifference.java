package dev.wst.evaluation;

import java.util.Locale;
import org.apache.commons.math3.special.Beta;

/**
 * One arm of a comparison against another, question by question.
 *
 * <pre>{@code
 * Comparison compared = Comparison.run(heldOut, examiner, List.of(
 *         Comparison.Arm.none("alone"),
 *         Comparison.Arm.fixed("step by step", "Think step by step.")));
 * PairedDifference stepByStep = compared.paired("step by step", "alone");
 * System.out.println(stepByStep);
 * boolean isShown = stepByStep.verdict() == PairedDifference.Verdict.BETTER;
 * }</pre>
 *
 * @param first whose rewards these are
 * @param second from which they are counted
 * @param reward mean of the first's reward less the second's, by {@link Interval#ofPairs(double[], double[], double)}
 * @param bootstrap the same by resampling the questions (BCa, 10,000 draws, seeded), to hold beside it
 * @param better questions on which the first earned more
 * @param worse questions on which it earned less
 * @param equal questions on which both earned the same
 * @param harm share of the questions on which it earned less
 * @param pValue of the exact sign test: how often as many or more questions would go one way if each of those that differ went either
 *     way with a chance of one half, times the comparisons, at most 1. With rewards of 0 and 1 this is McNemar's exact test (two-sided)
 * @param comparisons how many comparisons are looked at together. Each interval has a confidence of 1 - 0.05 / comparisons, so that
 *     those of all hold at once with 95 % (Bonferroni)
 */
public record PairedDifference(
        String first,
        String second,
        Interval reward,
        Interval bootstrap,
        int better,
        int worse,
        int equal,
        Interval harm,
        double pValue,
        int comparisons) {

    /** What the interval of the difference says. */
    public enum Verdict {
        /** All of the interval is above 0. */
        BETTER,
        /** All of it is below 0. */
        WORSE,
        /** It holds 0: which is better cannot be told by these questions. */
        UNDECIDED;

        /** What the interval of a difference says. */
        public static Verdict of(Interval difference) {
            if (difference.low() > 0) {
                return BETTER;
            }
            return difference.high() < 0 ? WORSE : UNDECIDED;
        }
    }

    /** The confidence of each of several intervals that are to hold at once with 95 %. */
    static double level(int comparisons) {
        return 1 - (1 - Interval.LEVEL) / comparisons;
    }

    /** Exact, two-sided; 1 if no question differs. */
    static double signTest(int better, int worse) {
        if (better + worse == 0) {
            return 1;
        }
        // Twice the binomial's tail, as a beta function. Not BinomialTest: it compares the probabilities of both sides,
        // which differ in
        // their last digit, and may leave one out.
        return Math.min(1, 2 * Beta.regularizedBeta(0.5, Math.max(better, worse), 1 + Math.min(better, worse)));
    }

    /** Whether the first is better, worse, or neither is shown. */
    public Verdict verdict() {
        return Verdict.of(reward);
    }

    /** Verdict, difference, counts, harm and p, in words on a line each. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %s %s: %s (bootstrap [%.3f, %.3f])\n"
                        + "  of %d questions %d better, %d worse, %d equal; made worse %s; p = %.2g (exact sign test, McNemar's for 0 and 1%s)",
                first,
                switch (verdict()) {
                    case BETTER -> "is better than";
                    case WORSE -> "is worse than";
                    case UNDECIDED -> "is not shown to differ from";
                },
                second,
                reward,
                bootstrap.low(),
                bootstrap.high(),
                reward.count(),
                better,
                worse,
                equal,
                harm,
                pValue,
                comparisons == 1 ? "" : ", times " + comparisons + " comparisons");
    }
}
