package dev.wst.rewards.guard;

import dev.wst.rewards.guard.Leak.Kind;
import dev.wst.rewards.math.Candidates;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the answer of a question in an instruction for it: the reference or anything equal to it, in digits, in number
 * words, as simple arithmetic, as an equal formula, spelled sign by sign, in Roman or hexadecimal, backwards, or in base64.
 *
 * <p>Numbers of the question are no leak, and neither is arithmetic made of them alone: "compute 48/2 + 48" is a plan. Both
 * become one where the instruction calls them the answer ("the final answer is 48/2 + 48").
 *
 * <p><b>Small numbers.</b> Answers such as 1, 2, 3 or 10 stand in many honest instructions ("work in 3 steps", "round to 2
 * decimals", "divide by 2", "60 minutes in an hour"), so the words around decide. A number that counts or labels things of
 * the method (steps, digits, sentences, list items), or stands in a formula with letters, is never a leak. Any other number
 * is a leak where it is called the answer, the value of something, or what one gets; where it stands alone ("write 3"); and
 * where it counts something the question asks about ("3 apples"). Numbers above 12, common measures such as 60 and 100
 * aside, need none of this: the bare mention is enough. So a small answer that is hidden in an innocent phrase ("work in 3
 * steps", the answer being 3) passes by design; a teacher that learns such a code is what the {@link BlindProbe} finds.
 *
 * <p>An answer that the question offers as a choice ("positive or negative?") is a leak where one of them is chosen, not
 * where they are listed or tied to a condition.
 *
 * <p>What it does not find: answers in other languages, ciphers, puzzles, knowledge ("as many as a week has days").
 *
 * <pre>{@code
 * Optional<Leak> leak = LeakDetector.standard().find("What is 6 times 7?", "42", "Think of forty-two.");
 * }</pre>
 */
public final class LeakDetector {
    private static final LeakDetector STANDARD = new LeakDetector();
    private static final Set<Quantity> MEASURES = Set.of(
            Quantity.of(24),
            Quantity.of(60),
            Quantity.of(90),
            Quantity.of(100),
            Quantity.of(180),
            Quantity.of(360),
            Quantity.of(365),
            Quantity.of(1000));
    private static final int SMALL = 12;
    private static final int LONGEST = 20_000;
    private static final String RELATION = "(?:le|leq|ge|geq|ne|neq|lt|gt|approx|equiv|to|quad|qquad)(?![a-zA-Z])";
    private static final Pattern SEPARATOR =
            Pattern.compile("[,;=<>\u2264\u2265\u2248&]|\\\\" + RELATION + "|\\b(?:and|or)\\b");
    private static final Pattern PIECE_BEFORE =
            Pattern.compile("(?:^|" + SEPARATOR + "|\\\\(?:[fd]?boxed|fbox|text|mathrm|mathbf)\\{"
                    + "|(?<![\\w)}\\]^*/+-])\\s*(?:\\\\left)?\\\\?[(\\[{])[\\s$]*-?[\\s$]*$");
    private static final Pattern PIECE_AFTER =
            Pattern.compile("^[\\s$]*(?:$|" + SEPARATOR + "|(?:\\\\right)?\\\\?[)\\]}])");
    private static final Pattern WRAPPED =
            Pattern.compile("\\s*\\\\(?:boxed|fbox|text|mathrm|mathbf)\\{(.*)}\\s*", Pattern.DOTALL);
    private static final Pattern DIGITS_ONLY = Pattern.compile("[\\s$]*-?[\\d.,]+[\\s$]*");

    private LeakDetector() {}

    /** The detector. It has no settings. */
    public static LeakDetector standard() {
        return STANDARD;
    }

    /**
     * The first leak found.
     *
     * @param question what the student is asked; its own numbers are allowed
     * @param gold the reference answer; not blank
     * @param instruction what the teacher wrote; if it is longer than 20,000 characters, or its formulas take more work to
     *     compare than any honest ones, and what was read holds no leak, that it could not be read is one: {@link Kind#UNREAD}
     */
    public Optional<Leak> find(String question, String gold, String instruction) {
        if (gold.isBlank()) {
            throw new IllegalArgumentException("the reference answer is blank, for the question: " + question);
        }
        String text = PlainText.of(instruction.substring(0, Math.min(LONGEST, instruction.length())));
        Gold answer = new Gold(question, gold);
        try {
            return open(answer, text)
                    .or(() -> Spellings.find(answer, text))
                    .or(() -> Disguises.find(answer, text))
                    .or(() -> instruction.length() > LONGEST
                            ? Optional.of(new Leak(Kind.UNREAD, "all beyond " + LONGEST + " characters"))
                            : Optional.empty());
        } catch (Gold.SpentException e) {
            return Optional.of(new Leak(Kind.UNREAD, "too many formulas that are hard to compare"));
        }
    }

    /** A leak that anyone can read. */
    static Optional<Leak> open(Gold gold, String text) {
        List<Candidates.Candidate> formulas = Candidates.in(text).stream()
                .filter(candidate -> !DIGITS_ONLY.matcher(candidate.text()).matches())
                .toList();
        return numbers(gold, text, formulas)
                .or(() -> formulas(gold, text, formulas))
                .or(() -> gold.isNumber() ? Optional.empty() : phrase(gold, text));
    }

    private static Optional<Leak> numbers(Gold gold, String text, List<Candidates.Candidate> formulas) {
        if (!gold.isNumber()) {
            return Optional.empty();
        }
        return Expressions.in(text).stream()
                .filter(mention -> gold.isMagnitude(mention.value()))
                .filter(mention -> gold.isNegative() == isNegated(text, mention.start()))
                .filter(mention -> formulas.stream().noneMatch(f -> isInside(mention, f, text)))
                .filter(mention -> givesAway(gold, mention, new Place(text, mention.start(), mention.end())))
                .findFirst()
                .map(mention -> new Leak(kind(mention), text.substring(mention.start(), mention.end())));
    }

    /** A number inside a formula with other things in it is judged with the formula, unless it is one of a list or a side. */
    private static boolean isInside(Mention mention, Candidates.Candidate formula, String text) {
        return formula.start() <= mention.start()
                && mention.end() <= formula.end()
                && mention.end() - mention.start() < formula.text().strip().length()
                && !(PIECE_BEFORE
                                .matcher(text.substring(formula.start(), mention.start()))
                                .find()
                        && PIECE_AFTER
                                .matcher(text.substring(mention.end(), formula.end()))
                                .find());
    }

    private static boolean isNegated(String text, int start) {
        String before = text.substring(Math.max(0, start - 10), start);
        return before.matches("(?is).*(?:(?:^|[\\s(=$:])-\\s?|\\bminus |\\bnegative )");
    }

    private static boolean givesAway(Gold gold, Mention mention, Place place) {
        Quantity value = mention.value();
        if (place.isOfTheMethod(value)) {
            return false;
        }
        if (place.isAnswer()) {
            return true;
        }
        boolean small = isSmall(value);
        return switch (mention.kind()) {
            case ORDINAL -> !small && !gold.isGiven(value) && !place.isFramed();
            case ARITHMETIC -> !mention.operands().stream().allMatch(gold::isGiven) && !(small && place.isFramed());
            case DIGITS, WORDS ->
                !gold.isGiven(value)
                        && !place.isMeasure()
                        && (!small || place.isValue() || isSmallLeak(gold, mention, place));
        };
    }

    private static boolean isSmallLeak(Gold gold, Mention mention, Place place) {
        if (place.isFramed()) {
            return false;
        }
        boolean pronoun =
                mention.kind() == Mention.Kind.WORDS && mention.value().equals(Quantity.of(1));
        return pronoun ? place.isSaid() && place.standsAlone() : place.standsAlone() || gold.isAskedAbout(place.noun());
    }

    private static boolean isSmall(Quantity value) {
        boolean count = value.isWhole() && value.over().compareTo(BigInteger.valueOf(SMALL)) <= 0;
        boolean share = value.over().equals(BigInteger.ONE) && value.under().compareTo(BigInteger.valueOf(SMALL)) <= 0;
        return count || share || MEASURES.contains(value);
    }

    private static Kind kind(Mention mention) {
        return switch (mention.kind()) {
            case DIGITS -> Kind.DIGITS;
            case WORDS, ORDINAL -> Kind.WORDS;
            case ARITHMETIC -> Kind.ARITHMETIC;
        };
    }

    private static Optional<Leak> formulas(Gold gold, String text, List<Candidates.Candidate> formulas) {
        for (Candidates.Candidate formula : formulas) {
            Place place = new Place(text, formula.start(), formula.end());
            for (String side : sides(formula.text())) {
                boolean asked = gold.isAskedAbout(side) || side.strip().length() < 2;
                boolean allowed = place.isOfTheMethod(Quantity.of(0)) || (asked && !place.isAnswer());
                if (!allowed && gold.isEqualTo(side) && !isPlan(gold, side, place)) {
                    return Optional.of(new Leak(Kind.EXPRESSION, side.strip()));
                }
            }
        }
        return Optional.empty();
    }

    /** The formula, what stands after its last equals sign, and its items and sides that are more than a number. */
    private static Set<String> sides(String formula) {
        Set<String> sides = new LinkedHashSet<>(List.of(formula));
        int equals = formula.lastIndexOf('=');
        if (equals >= 0 && equals + 1 < formula.length()) {
            sides.add(formula.substring(equals + 1));
        }
        Matcher wrapped = WRAPPED.matcher(formula);
        String inner = wrapped.matches() ? wrapped.group(1) : formula;
        Matcher separator = SEPARATOR.matcher(inner);
        int from = 0;
        while (separator.find()) {
            if (isOutside(inner, from, separator.start())) {
                sides.add(inner.substring(from, separator.start()));
                from = separator.end();
            }
        }
        if (from > 0) {
            sides.add(inner.substring(from));
        }
        sides.removeIf(side -> side.isBlank()
                || (!side.equals(formula)
                        && DIGITS_ONLY.matcher(side).matches()
                        && !side.equals(formula.substring(equals + 1))));
        return sides;
    }

    /** Whether all brackets opened from there on are closed again. */
    private static boolean isOutside(String formula, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            depth += "([{".indexOf(formula.charAt(i)) >= 0 ? 1 : ")]}".indexOf(formula.charAt(i)) >= 0 ? -1 : 0;
        }
        return depth == 0;
    }

    /** Arithmetic of the question's numbers, or one small number, that is not called the answer. */
    private static boolean isPlan(Gold gold, String formula, Place place) {
        List<Mention> numbers = Expressions.in(formula);
        boolean ofTheQuestion = gold.isNumber()
                && !numbers.isEmpty()
                && numbers.stream().flatMap(m -> m.operands().stream()).allMatch(gold::isGiven);
        return (ofTheQuestion || (gold.isNumber() && place.isFramed())) && !place.isAnswer();
    }

    private static Optional<Leak> phrase(Gold gold, String text) {
        String wanted = gold.text()
                .replaceAll("\\\\(?:text|mbox|textbf|mathrm)\\{([^}]*)}", "$1")
                .strip();
        wanted = PlainText.of(wanted);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        String words = Pattern.compile("\\s+")
                .splitAsStream(wanted)
                .map(Pattern::quote)
                .reduce((a, b) -> a + "\\s+" + b)
                .orElse("");
        Matcher matcher = Pattern.compile("(?<![\\p{L}\\d])" + words + "(?![\\p{L}\\d])", Pattern.CASE_INSENSITIVE)
                .matcher(text);
        while (matcher.find()) {
            Place place = new Place(text, matcher.start(), matcher.end());
            boolean telling = wanted.length() > 1 && !gold.isAskedAbout(wanted);
            boolean chosen = !place.isOffered()
                    && (place.isAnswer()
                            || (place.standsAlone() && (place.isValue() || place.isChosen() || place.isSentence())));
            if (telling || chosen) {
                return Optional.of(new Leak(Kind.TEXT, matcher.group()));
            }
        }
        return Optional.empty();
    }
}
