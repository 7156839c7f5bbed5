package dev.wst.rewards.guard;

import dev.wst.rewards.guard.Leak.Kind;
import dev.wst.rewards.math.Candidates;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the answer of a question in an instruction for it: the reference or anything that {@link
 * dev.wst.rewards.math.Equivalence} calls equal to it, in digits, in number words, as a sum or product, as a formula, sign by
 * sign, in Roman or hexadecimal, backwards, or in base64.
 *
 * <p>Numbers of the question are no leak, and neither is arithmetic made of them alone: "compute 48/2 + 48" is a plan. Both
 * become one where the instruction calls them the answer ("the final answer is 48/2 + 48").
 *
 * <p><b>Small numbers.</b> Answers such as 1, 2, 3 or 10 stand in many honest instructions ("work in 3 steps", "divide by 2",
 * "60 minutes in an hour"), so the words around decide. One that counts or labels things of the method (steps, digits,
 * sentences, list items), or stands in a formula with letters, is a leak only where the answer is said outright to be so many
 * of what the question asks about. Any other is one where it is called the answer; where something is said to be it and no
 * noun follows ("write 3"); and where it counts something the question asks about ("3 apples"). Numbers above 12, common
 * measures such as 60 and 100 aside, need none of this: the bare mention is enough, whatever it counts, except as a part of a
 * term with letters ("18x", "f(18)").
 *
 * <p>An answer that the question offers as a choice ("positive or negative?") is a leak where one of them is chosen, not
 * where they are listed or tied to a condition.
 *
 * <p>It reads signs, not meaning. Small answers in innocent phrases, puzzles ("the number between 17 and 19"), knowledge ("as
 * many as a week has days"), other languages and ciphers are for a {@link BlindProbe} and a {@link SwapProbe}: whatever the
 * code, a student that can read it answers without the question.
 *
 * <pre>{@code
 * Optional<Leak> leak = LeakDetector.standard().find("What is 6 times 7?", "42", "Think of forty-two.");
 * }</pre>
 */
public final class LeakDetector {
    private static final LeakDetector STANDARD = new LeakDetector();
    private static final int LONGEST = 20_000;
    /** Shorter pieces stand backwards in many a harmless text. */
    private static final int TELLING = 4;

    /** Whoever hides a piece has said by that what it is. */
    private static final String SAID = "The answer is ";

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
    private static final Pattern SEPARATOR =
            Pattern.compile("[,;=<>\u2264\u2265\u2248&]|\\\\(?:[lg]eq?|neq?|[lg]t|approx|to)(?![a-zA-Z])");
    private static final Pattern BOX = Pattern.compile("\\\\f?box(?:ed)?\\{(.*)}", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\p{L}+");
    private static final Pattern DIGITS_ONLY = Pattern.compile("[\\s$]*-?[\\d.,]+[\\s$]*");
    private static final Pattern ONE_NUMBER = Pattern.compile("-?\\$?[\\d.,]+(?:\\s\\d+)?(?:/\\d+)?%?");
    private static final Pattern BACKWARDS = Pattern.compile(
            "\\b(?:revers\\w*|backwards?|mirror\\w*|flip\\w*|right[- ]to[- ]left)\\b", Pattern.CASE_INSENSITIVE);

    private LeakDetector() {}

    /** The detector. It has no settings. */
    public static LeakDetector standard() {
        return STANDARD;
    }

    /**
     * The first leak found.
     *
     * @param question what the student is asked; its own numbers are allowed
     * @param gold the reference answer, or a solution that leads to it and is looked for as a whole too; not blank
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
                    .or(() -> spelled(answer, text))
                    .or(() -> reversed(answer, text))
                    .or(() -> encoded(answer, text))
                    .or(() -> instruction.length() > LONGEST
                            ? Optional.of(new Leak(Kind.UNREAD, "all beyond " + LONGEST + " characters"))
                            : Optional.empty());
        } catch (Gold.SpentException e) {
            return Optional.of(new Leak(Kind.UNREAD, "too many formulas that are hard to compare"));
        }
    }

    private static Optional<Leak> spelled(Gold gold, String text) {
        String joined = Spellings.joined(text);
        return joined.equals(text)
                ? Optional.empty()
                : open(gold, joined).map(leak -> new Leak(Kind.SPELLED, leak.text()));
    }

    private static Optional<Leak> reversed(Gold gold, String text) {
        String read = Readings.backwards(text);
        boolean announced = BACKWARDS.matcher(text).find();
        Stream<String> words = announced ? WHITE_SPACE.splitAsStream(read).map(SAID::concat) : Stream.empty();
        return Stream.concat(Stream.of(read), words)
                .flatMap(reading -> open(gold, reading).stream())
                .filter(leak ->
                        announced || leak.kind() == Kind.WORDS || leak.text().length() >= TELLING)
                .filter(leak -> !leak.text().equals(Readings.backwards(leak.text())))
                .findFirst()
                .map(leak -> new Leak(Kind.REVERSED, Readings.backwards(leak.text())));
    }

    private static Optional<Leak> encoded(Gold gold, String text) {
        return Readings.decoded(text).stream()
                .flatMap(said -> open(gold, SAID + said).stream())
                .findFirst()
                .map(leak -> new Leak(Kind.BASE64, leak.text()));
    }

    /** A leak that anyone can read. */
    private static Optional<Leak> open(Gold gold, String text) {
        return numbers(gold, text)
                .or(() -> formulas(gold, text))
                .or(() -> phrase(gold, text))
                .or(() -> announced(gold, text));
    }

    private static Optional<Leak> numbers(Gold gold, String text) {
        String digits = Sums.inDigits(text);
        return Sums.in(digits)
                .filter(sum -> gold.isEqualTo(sum.group()))
                .filter(sum -> givesAway(gold, sum.group(), new Place(digits, sum.start(), sum.end())))
                .findFirst()
                .map(sum -> new Leak(kind(sum.group(), text), sum.group()));
    }

    private static Kind kind(String sum, String text) {
        if (!ONE_NUMBER.matcher(sum).matches()) {
            return Kind.ARITHMETIC;
        }
        return text.contains(sum) ? Kind.DIGITS : Kind.WORDS;
    }

    private static boolean givesAway(Gold gold, String number, Place place) {
        boolean small = gold.isSmall();
        if (small && place.isOfTheMethod()) {
            return place.isValue() && gold.isAskedAbout(place.noun());
        }
        if (place.isAnswer()) {
            return true;
        }
        if (gold.isGiven(number)) {
            return false;
        }
        boolean told = place.isSaid() && place.standsAlone();
        boolean counted = !place.isFramed() && gold.isAskedAbout(place.noun());
        return small ? told || counted : !place.isOfATerm();
    }

    private static Optional<Leak> formulas(Gold gold, String text) {
        for (Candidates.Candidate formula : Candidates.in(text)) {
            Place place = new Place(text, formula.start(), formula.end());
            Optional<String> said = pieces(formula.text())
                    .filter(piece -> !DIGITS_ONLY.matcher(piece).matches())
                    .filter(piece -> place.isAnswer() || !isHarmless(gold, piece, place))
                    .filter(gold::isEqualTo)
                    .findFirst();
            if (said.isPresent()) {
                return said.map(piece -> new Leak(Kind.EXPRESSION, piece.strip()));
            }
        }
        return Optional.empty();
    }

    /** A formula, what is in its box, and the sides and items of that. */
    private static Stream<String> pieces(String formula) {
        String inner = BOX.matcher(formula.strip()).replaceFirst("$1");
        return Stream.concat(Stream.of(formula, inner), SEPARATOR.splitAsStream(inner))
                .filter(piece -> !piece.isBlank())
                .distinct();
    }

    private static boolean isHarmless(Gold gold, String formula, Place place) {
        return isPlan(gold, formula) || (gold.isSmall() ? place.isOfTheMethod() : place.isOfATerm());
    }

    /** What the question says itself, or arithmetic of its numbers. */
    private static boolean isPlan(Gold gold, String formula) {
        return formula.strip().length() < 2
                || gold.isAskedAbout(formula.strip())
                || (gold.isNumber() && gold.isGiven(formula));
    }

    private static Optional<Leak> phrase(Gold gold, String text) {
        return gold.mentions(text)
                .filter(mention -> {
                    Place place = new Place(text, mention.start(), mention.end());
                    boolean own = mention.group().length() > 1 && !gold.isAskedAbout(mention.group());
                    boolean told = place.isAnswer() || (place.standsAlone() && (place.isSaid() || place.isSentence()));
                    return own || (told && !place.isOffered());
                })
                .findFirst()
                .map(mention -> new Leak(Kind.TEXT, Objects.requireNonNull(mention.group())));
    }

    private static Optional<Leak> announced(Gold gold, String text) {
        if (!gold.isFormula()) {
            return Optional.empty();
        }
        return Announced.in(text)
                .filter(said -> isTold(gold, said.text(), new Place(text, said.start(), said.end())))
                .filter(said -> gold.isEqualTo(said.text()))
                .findFirst()
                .map(said -> new Leak(Kind.EXPRESSION, said.text()));
    }

    /** Whether a formula in plain notation is told and is none of the numbers that are looked for by themselves. */
    private static boolean isTold(Gold gold, String formula, Place place) {
        boolean told = place.isAnswer()
                || place.isSentence()
                || (place.isSaid() && !NAME.matcher(formula).matches());
        return told
                && (place.isAnswer() || !(gold.isNumber() || isHarmless(gold, formula, place)))
                && Sums.in(Sums.inDigits(formula)).noneMatch(sum -> gold.isEqualTo(sum.group()));
    }
}
