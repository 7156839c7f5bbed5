package dev.wst.rewards.guard;

import dev.wst.rewards.math.Equivalence;
import dev.wst.rewards.math.ReferenceAnswers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The right answer and what the question says itself. */
final class Gold {
    private static final Pattern DRESS = Pattern.compile("\\\\(?:text|mbox|textbf|mathrm)\\{([^}]*)}");
    /** A word, a numeral or another sign. */
    private static final Pattern PIECE = Pattern.compile("[\\p{L}\\p{M}\\d]+(?:(?<=\\d)\\.\\d+)?|\\S");

    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    /** What makes a formula of letters. */
    private static final Pattern SIGN = Pattern.compile("[\\d\\\\^_=<>+*/|\u221a\u03c0\u221e]");
    /** A numeral, or a fraction of two, with signs of money, per cent or degrees. */
    private static final Pattern NUMBER = Pattern.compile("[-$\\\\\\s]*(?:\\d[\\d,]*)?\\.?\\d+(?:/\\d+)?(?:\\W|circ)*");

    private static final List<String> SMALL = List.of(
            "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "24", "60", "90", "100", "180", "360",
            "365", "1000", "1/2", "1/3", "1/4", "1/5", "1/6", "1/8", "1/10", "1/12");
    /** Doubling, halving and per cent bring these into arithmetic of other numbers. */
    private static final Set<String> CONSTANTS = Set.of("1", "2", "100");

    private static final int MOST_COMPARISONS = 300;

    private final String text;
    private final String question;
    private final List<Pattern> words;
    private final Set<String> given;
    private final Map<String, Boolean> compared = new HashMap<>();
    private int comparisons;

    /** No further comparison is made. */
    static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private SpentException() {
            super("too many comparisons", null, false, false);
        }
    }

    /** @param reference the answer alone or a solution that leads to it */
    Gold(String question, String reference) {
        String whole = reference.strip();
        this.text = ReferenceAnswers.answer(whole).strip();
        this.question = PlainText.of(question).toLowerCase(Locale.ROOT);
        this.words = Stream.of(text, whole)
                .distinct()
                .filter(writing -> !isNumber(writing))
                .map(Gold::words)
                .toList();
        this.given = Sums.numerals(Sums.inDigits(this.question)).collect(Collectors.toSet());
    }

    private static Pattern words(String writing) {
        String bare = PlainText.of(DRESS.matcher(writing).replaceAll("$1")).strip();
        return token(LETTER.matcher(bare).matches() ? letter(bare) : spaced(bare));
    }

    /** A letter as it is written: another case makes another name or a word of it, except where it is called a choice. */
    private static String letter(String letter) {
        return "(?:(?-i:" + letter + ")|(?<=\\b(?:option|choice|letter)\\s)" + letter + "|(?<=\\()" + letter
                + "(?=\\)))";
    }

    /** The same with any white space between words, and with or without any around other signs. */
    private static String spaced(String writing) {
        StringBuilder regex = new StringBuilder();
        boolean afterWord = false;
        int end = 0;
        for (MatchResult piece : PIECE.matcher(writing).results().toList()) {
            boolean word = Character.isLetterOrDigit(piece.group().codePointAt(0));
            String gap = afterWord && word && piece.start() > end ? "\\s+" : "\\s*";
            regex.append(regex.isEmpty() ? "" : gap).append(Pattern.quote(piece.group()));
            afterWord = word;
            end = piece.end();
        }
        return regex.toString();
    }

    private static Pattern token(String regex) {
        return Pattern.compile("(?<![\\p{L}\\d])" + regex + "(?![\\p{L}\\d])", Pattern.CASE_INSENSITIVE);
    }

    /** Whether it is written as one number. */
    boolean isNumber() {
        return isNumber(text);
    }

    /** Whether it holds signs of mathematics. */
    boolean isFormula() {
        return SIGN.matcher(DRESS.matcher(text).replaceAll("$1")).find();
    }

    private static boolean isNumber(String writing) {
        return NUMBER.matcher(writing).matches();
    }

    /** Whether it is a number of the kind that stands in many an honest instruction. */
    boolean isSmall() {
        return SMALL.stream().anyMatch(this::isEqualTo);
    }

    /** The places where it stands as it is written; none for a number, which is looked for by its value. */
    Stream<MatchResult> mentions(String instruction) {
        return words.stream().flatMap(writing -> writing.matcher(instruction).results());
    }

    /**
     * Whether a formula equals this answer.
     *
     * @throws SpentException if more was compared than a text that means to be read needs
     */
    boolean isEqualTo(String formula) {
        Boolean known = compared.get(formula);
        if (known == null) {
            comparisons += isNumber(formula) ? 0 : 1;
            if (comparisons > MOST_COMPARISONS) {
                throw new SpentException();
            }
            known = Equivalence.standard().compare(text, formula).isEqual();
            compared.put(formula, known);
        }
        return known;
    }

    /** Whether all numbers of a formula stand in the question. */
    boolean isGiven(String formula) {
        Set<String> all = Sums.numerals(formula).collect(Collectors.toSet());
        Set<String> own = all.stream().filter(each -> !CONSTANTS.contains(each)).collect(Collectors.toSet());
        return !all.isEmpty() && given.containsAll(own.isEmpty() ? all : own);
    }

    /** Whether a word or phrase stands in the question; a plural counts as its singular. */
    boolean isAskedAbout(String phrase) {
        String lower = phrase.toLowerCase(Locale.ROOT);
        String stem = lower.length() > 3 && lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
        return !stem.isEmpty()
                && token(spaced(stem) + "(?:e?s)?").matcher(question).find();
    }
}
