package dev.wst.rewards.guard;

import dev.wst.rewards.math.NumberWords;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Numbers and arithmetic of numbers in a text, in words too: {@code 17+1}, "nine times two", "half of 36", "one more than 17". */
final class Sums {
    // Bounds, because java.util.regex goes back and forth in a run, and recurses for every turn of a group.
    private static final String NUMERAL = "(?<!\\d)(?<!\\d\\.)"
            + "(?:\\d{1,3}(?:,\\d{3}){1,9}(?:\\.\\d{1,20})?|\\d{1,40}(?:\\.\\d{1,20})?|\\.\\d{1,20})(?!\\d)";
    private static final String NUMBER = "(?:(?<![\\w)\\]}])-)?\\$?" + NUMERAL + "(?:\\s\\d+/\\d+(?![\\d.]))?%?";
    private static final String SIGN = "\\s?[-+*/^]\\s?";
    private static final String TERM = "(?:" + NUMBER + "|\\(" + NUMBER + "(?:" + SIGN + NUMBER + "){1,4}\\))";
    private static final Pattern NUMERALS = Pattern.compile(NUMERAL);
    private static final Pattern SUM = Pattern.compile(TERM + "(?:" + SIGN + TERM + "){0,8}");

    /** A way to say arithmetic and its formula. */
    private record Saying(Pattern words, String formula) {
        static Saying of(String words, String formula) {
            String numbers = words.replace("A", "(" + TERM + ")").replace("B", "(" + TERM + ")");
            return new Saying(Pattern.compile(numbers, Pattern.CASE_INSENSITIVE), formula);
        }
    }

    private static final List<Saying> SAYINGS = List.of(
            Saying.of("(?<=\\d) point (?=\\d)", "."),
            Saying.of("(?<=\\d) plus (?=\\d)", " + "),
            Saying.of("(?<=\\d) (?:minus|less) (?=\\d)", " - "),
            Saying.of("(?<=\\d) ?(?:times|multiplied by|x|\u00d7) ?(?=\\d)", " * "),
            Saying.of("(?<=\\d) (?:divided by|over) (?=\\d)", " / "),
            Saying.of("\\b(\\d+/\\d+) of A", "$1*$2"),
            Saying.of("A(?:%| percent) of B", "$1/100*$2"),
            Saying.of("\\b(?:twice|double) A", "2*$1"),
            Saying.of("A (?:more|greater) than B", "$2+$1"),
            Saying.of("A (?:(?:less|fewer) than|short of) B", "$2-$1"));

    private Sums() {}

    /** A text with its numbers in digits and its arithmetic in signs. */
    static String inDigits(String text) {
        String digits = NumberWords.inDigits(text);
        for (Saying saying : SAYINGS) {
            digits = saying.words().matcher(digits).replaceAll(saying.formula());
        }
        return digits;
    }

    /** The numbers and sums of a text in digits, each taken whole. */
    static Stream<MatchResult> in(String digits) {
        return SUM.matcher(digits).results();
    }

    /** The numerals of a text in digits, each in one form. */
    static Stream<String> numerals(String digits) {
        return NUMERALS.matcher(digits)
                .results()
                .map(MatchResult::group)
                .map(numeral -> new BigDecimal(numeral.replace(",", ""))
                        .stripTrailingZeros()
                        .toPlainString());
    }
}
