package dev.wst.rewards.math;

import dev.wst.rewards.math.comparing.AnswerComparison;
import dev.wst.rewards.math.comparing.Leniency;
import dev.wst.rewards.math.comparing.PercentPolicy;
import dev.wst.rewards.math.comparing.UnitPolicy;
import dev.wst.rewards.math.comparing.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether two answers are the same mathematics, LaTeX or plain. Immutable; usable from many threads.
 *
 * <p>Numbers are exact: 1/3 differs from 0.33, and 0.50 equals 1/2. A decimal equals a value that it is the rounding of
 * only if it shows at least six significant digits (see {@link #withRounding}), all of them right, and that value has more
 * places: a decimal that says something else than a whole number or a shorter decimal is different. Beside that, the 15 to
 * 17 significant digits of a double within four units in its last place are how a program prints the value, as
 * 23.999999999999996 is 24; 4.00000000000001, which no such double prints, is not 4. Expressions are equal if they are so for
 * all values of their variables. Bare lists are equal in any order and sets as sets; points, intervals and matrices go
 * place by place, and {@code (a, b)} may be either point or open interval. Equations are equal up to a factor other than
 * zero, inequalities up to a positive one, and an inequality in one variable equals its interval. A name before an answer,
 * as in {@code x = 5} or {@code f(x) = 2x}, does not count where only one side has it. Numerals with a base agree in
 * digits and base. Words agree up to case, articles and punctuation; other signs in them count.
 *
 * <p>Equations count up to denominators: where one vanishes does not matter, so that xy = 6 is y = 6/x. What has corners or
 * steps in a variable (absolute values, extremes, even roots of squares, rounding) is equal only if it is so in every case
 * of signs or in a whole period, and undecided where that cannot be shown. Finite sums and products, integrals of
 * polynomials, limits of rational functions, and sums, products, powers, inverses and determinants of small matrices are
 * carried out; where others stand, on either side, the verdict is undecided and its reason names the side. A label before an option counts with its value: "(A) 5" equals A and 5.
 *
 * <p>Proportions of three and more are equal up to a factor. Relations in one variable hold all at once where that leaves
 * more than a point, else one of them. Known units convert, powers and rates included, and units of different kinds are
 * different; other words after a number are labels, unless they change it, as squared, dozen or thirds do.
 *
 * <p>Work is bounded: an answer that is too long, too deeply nested, or too large to compute is undecided, as is a blank
 * reference. A blank candidate is different from everything, another blank included.
 *
 * <pre>{@code
 * Verdict verdict = Equivalence.standard().compare("\\frac{\\sqrt{2}}{2}", "1/sqrt(2)");
 * // EQUAL by PROOF
 * }</pre>
 */
public final class Equivalence {
    private static final Equivalence STANDARD = new Equivalence(Leniency.STANDARD);

    private final Leniency leniency;
    private final AnswerComparison comparison;

    private Equivalence(Leniency leniency) {
        this.leniency = leniency;
        this.comparison = new AnswerComparison(leniency);
    }

    /** Percent signs and units may be left out, decimals count as roundings from six significant digits. */
    public static Equivalence standard() {
        return STANDARD;
    }

    /** What a percent sign means that only one answer has. */
    public Equivalence withPercent(PercentPolicy percent) {
        return new Equivalence(
                new Leniency(Objects.requireNonNull(percent, "percent"), leniency.units(), leniency.significant()));
    }

    /** What a unit means that only one answer has. */
    public Equivalence withUnits(UnitPolicy units) {
        return new Equivalence(
                new Leniency(leniency.percent(), Objects.requireNonNull(units, "units"), leniency.significant()));
    }

    /**
     * From how many significant digits on a decimal equals every value that rounds to it.
     *
     * @param significantDigits at least 1; 6 unless set; with 3, 0.333 equals 1/3
     */
    public Equivalence withRounding(int significantDigits) {
        if (significantDigits < 1) {
            throw new IllegalArgumentException("significant digits must be at least 1, got " + significantDigits);
        }
        return new Equivalence(new Leniency(leniency.percent(), leniency.units(), significantDigits));
    }

    /**
     * Compares an answer with the reference.
     *
     * @param gold the reference
     * @param candidate the answer; null and blank differ from every reference
     */
    public Verdict compare(@Nullable String gold, @Nullable String candidate) {
        return comparison.compare(gold, candidate);
    }

    /** Whether an answer alone can be read and its values computed. */
    boolean canRead(String answer) {
        return comparison.canRead(answer);
    }

    @Override
    public String toString() {
        return "Equivalence[" + leniency + "]";
    }
}
