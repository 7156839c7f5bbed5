package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.MatrixArithmetic;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Words;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import dev.wst.rewards.math.reading.Answers;
import dev.wst.rewards.math.reading.CommaReading;
import dev.wst.rewards.math.reading.Notation;
import dev.wst.rewards.math.reading.OptionLetters;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the texts of two answers: as options of a choice where they are, else in every way in which each can be read. */
public final class AnswerComparison {
    private static final AnswerComparison STANDARD = new AnswerComparison(Leniency.STANDARD);
    private static final long WORK = 5_000;

    private final Leniency leniency;

    public AnswerComparison(Leniency leniency) {
        this.leniency = leniency;
    }

    /** Percent signs and units may be left out, decimals count as roundings from six significant digits. */
    public static AnswerComparison standard() {
        return STANDARD;
    }

    /** Compares a candidate with the reference; null and blank differ from every reference. */
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
    public boolean canRead(String answer) {
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
