package dev.wst.rewards.math;

import dev.wst.rewards.math.Node.Words;
import dev.wst.rewards.math.Verdict.Basis;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private static final Equivalence STANDARD =
            new Equivalence(new Leniency(PercentPolicy.EITHER, UnitPolicy.OPTIONAL, 6));
    private static final long WORK = 5_000;

    private final Leniency leniency;

    private Equivalence(Leniency leniency) {
        this.leniency = leniency;
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
        if (gold == null || gold.isBlank()) {
            return Verdict.undecided("the reference is empty");
        }
        if (candidate == null || candidate.isBlank()) {
            return Verdict.different(Basis.TEXT);
        }
        Verdict quick = PlainNumbers.compare(gold, candidate);
        if (quick != null) {
            return quick;
        }
        String reference = OptionLetters.bare(gold.strip());
        String answer = OptionLetters.bare(candidate.strip());
        Optional<OptionLetters.Option> mine = OptionLetters.option(reference);
        Optional<OptionLetters.Option> theirs = OptionLetters.option(answer);
        if (mine.isEmpty() && theirs.isEmpty()) {
            return values(reference, answer);
        }
        return options(reference, mine, answer, theirs);
    }

    /** A letter agrees with an option of that label, a value with an option of that value, two options in both. */
    private Verdict options(
            String gold, Optional<OptionLetters.Option> mine, String candidate, Optional<OptionLetters.Option> theirs) {
        Optional<String> label = mine.map(OptionLetters.Option::label).or(() -> OptionLetters.label(gold));
        Optional<String> other = theirs.map(OptionLetters.Option::label).or(() -> OptionLetters.label(candidate));
        if (mine.isPresent() && theirs.isPresent() && !label.equals(other)) {
            return Verdict.different(Basis.TEXT);
        }
        if (label.isPresent() && label.equals(other) && (mine.isEmpty() || theirs.isEmpty())) {
            boolean chosen = theirs.map(OptionLetters.Option::isChosen).orElse(true);
            return chosen
                    ? Verdict.equal(Basis.TEXT)
                    : Verdict.undecided("the candidate is a label with words about it that are not understood");
        }
        Verdict whole = values(gold, candidate);
        return whole.isEqual()
                ? whole
                : values(
                        mine.map(OptionLetters.Option::value).orElse(gold),
                        theirs.map(OptionLetters.Option::value).orElse(candidate));
    }

    private Verdict values(String gold, String candidate) {
        try {
            return read(Notation.unwrapped(gold), Notation.unwrapped(candidate));
        } catch (Budget.Exhausted tooMuch) {
            return gold.equals(candidate)
                    ? Verdict.equal(Basis.TEXT)
                    : Verdict.undecided("not decided within bounds: " + tooMuch.getMessage());
        } catch (Canonical.NotScalar otherShape) {
            return Verdict.different(Basis.TEXT);
        } catch (ArithmeticException outOfRange) {
            return Verdict.undecided("not decided: " + outOfRange.getMessage());
        }
    }

    /**
     * Whether an answer alone can be read and its values computed, in half of the work that a comparison may take. Sums,
     * limits, integrals and powers of matrices that are not carried out count as read: an honest answer may have them.
     */
    boolean canRead(String answer) {
        String plain = Notation.unwrapped(answer);
        Budget budget = new Budget(WORK / 2);
        try {
            for (Node node : trees(plain, budget)) {
                boolean readable = node instanceof Words
                        ? !Texts.isFormula(plain)
                        : new TreeComparison(leniency, budget).canCompute(node);
                if (!readable) {
                    return false;
                }
            }
            return true;
        } catch (Budget.NotCarriedOut open) {
            return true;
        } catch (Budget.Exhausted | ArithmeticException tooMuch) {
            return false;
        }
    }

    private Verdict read(String gold, String candidate) {
        Budget budget = new Budget(WORK);
        Set<Node> references = trees("the reference", gold, budget);
        Set<Node> answers = trees("the candidate", candidate, budget);
        if (CommaReading.isLoneDecimal(candidate) && references.stream().allMatch(Shapes::isPlainValue)) {
            answers.add(Answers.read(candidate, CommaReading.DECIMAL_COMMA, budget));
        }
        Verdict best = Verdict.different(Basis.TEXT);
        for (Node reference : references) {
            for (Node answer : answers) {
                Verdict verdict = compare(reference, answer, gold, candidate, budget);
                if (verdict.isEqual()) {
                    return verdict;
                }
                boolean first = best.basis() == Basis.TEXT && best.isDifferent();
                best = first ? verdict : JoinedVerdicts.either(best, verdict);
            }
        }
        return best;
    }

    /** The different trees of one side; if they cannot be had, the reason names the side. */
    private static Set<Node> trees(String side, String answer, Budget budget) {
        try {
            return trees(answer, budget);
        } catch (Budget.Exhausted tooMuch) {
            throw tooMuch.in(side);
        }
    }

    /** The different trees that the readings of an answer give, the likeliest first. */
    private static Set<Node> trees(String answer, Budget budget) {
        Set<Node> trees = new LinkedHashSet<>();
        for (CommaReading reading : CommaReading.of(answer)) {
            Node tree = Answers.read(answer, reading, budget);
            trees.add(MatrixArithmetic.mayBeIn(answer) ? new MatrixArithmetic(budget).carriedOut(tree) : tree);
        }
        return trees;
    }

    private Verdict compare(Node reference, Node answer, String gold, String candidate, Budget budget) {
        if (!(reference instanceof Words) && !(answer instanceof Words)) {
            return new TreeComparison(leniency, budget).compare(reference, answer);
        }
        if (Texts.same(gold, candidate)) {
            return Verdict.equal(Basis.TEXT);
        }
        boolean unreadable = reference instanceof Words && Texts.isFormula(gold);
        return unreadable
                ? Verdict.undecided("the reference is a formula that cannot be read: " + head(gold))
                : Verdict.different(Basis.TEXT);
    }

    private static String head(String text) {
        return text.substring(0, Math.min(60, text.length()));
    }
}
