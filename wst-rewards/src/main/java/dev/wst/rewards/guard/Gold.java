package dev.wst.rewards.guard;

import dev.wst.rewards.math.Equivalence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The right answer and what the question says itself. */
final class Gold {
    private static final Pattern DRESS = Pattern.compile(
            "\\\\(?:text|mbox|textbf|mathrm)\\{[^}]*}|\\\\[$%!,; ]|\\^\\{?\\\\circ}?|\\\\left|\\\\right|[$%\\s]");
    private static final Pattern PLAIN = Pattern.compile("(-?)(\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)");
    private static final Pattern FRACTION =
            Pattern.compile("(-?)(?:\\\\[dt]?frac\\{?(\\d+)}?\\{?(\\d+)}?|(\\d+)/(\\d+))");
    private static final int LONGEST_NUMERAL = 60;
    private static final int MOST_COMPARISONS = 150;

    private final String text;
    private final String question;
    private final Optional<Quantity> magnitude;
    private final boolean negative;
    private final Set<Quantity> given = new HashSet<>();
    private final Map<String, Boolean> compared = new HashMap<>();

    /** No further comparison is made. */
    static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private SpentException() {
            super("too many comparisons", null, false, false);
        }
    }

    Gold(String question, String text) {
        this.text = text.strip();
        this.question = question.toLowerCase(Locale.ROOT);
        String bare = DRESS.matcher(this.text).replaceAll("");
        this.negative = bare.startsWith("-");
        this.magnitude = number(bare);
        for (Mention mention : Expressions.in(PlainText.of(question))) {
            given.add(mention.value());
            given.addAll(mention.operands());
        }
    }

    private static Optional<Quantity> number(String bare) {
        Matcher plain = PLAIN.matcher(bare);
        Matcher fraction = FRACTION.matcher(bare);
        if (bare.length() > LONGEST_NUMERAL) {
            return Optional.empty();
        }
        if (plain.matches()) {
            return Optional.of(Quantity.parse(plain.group(2)));
        }
        if (!fraction.matches()) {
            return Optional.empty();
        }
        boolean latex = fraction.group(2) != null;
        Quantity over = Quantity.parse(fraction.group(latex ? 2 : 4));
        Quantity under = Quantity.parse(fraction.group(latex ? 3 : 5));
        return under.over().signum() == 0 ? Optional.empty() : Optional.of(over.dividedBy(under));
    }

    String text() {
        return text;
    }

    boolean isNumber() {
        return magnitude.isPresent();
    }

    /** Whether it is below zero; then a mention must be so too. */
    boolean isNegative() {
        return negative;
    }

    /** Whether a number, its sign left out, is this answer. */
    boolean isMagnitude(Quantity value) {
        return magnitude.map(value::equals).orElse(false);
    }

    /** The digits of a whole answer. */
    Optional<String> digits() {
        return magnitude.filter(Quantity::isWhole).map(Quantity::toString);
    }

    /**
     * Whether a formula equals this answer.
     *
     * @throws SpentException if more was compared than a text that means to be read needs
     */
    boolean isEqualTo(String formula) {
        Boolean known = compared.get(formula);
        if (known == null) {
            if (compared.size() == MOST_COMPARISONS) {
                throw new SpentException();
            }
            known = Equivalence.standard().compare(text, formula).isEqual();
            compared.put(formula, known);
        }
        return known;
    }

    /** Whether a number stands in the question. */
    boolean isGiven(Quantity value) {
        return given.contains(value);
    }

    /** Whether a word or phrase stands in the question; a plural counts as its singular. */
    boolean isAskedAbout(String phrase) {
        String lower = phrase.toLowerCase(Locale.ROOT);
        String stem = lower.length() > 3 && lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
        return !stem.isEmpty()
                && Pattern.compile("(?<![\\p{L}\\d])" + Pattern.quote(stem) + "(?:e?s)?(?![\\p{L}\\d])")
                        .matcher(question)
                        .find();
    }
}
