package dev.wst.rewards.guard;

import dev.wst.rewards.math.NumberWords;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Puts together what is written sign by sign ("e-i-g-h-t", "1 8", "one then eight"), and reads 0x12 and XVIII. */
final class Spellings {
    private static final Pattern THOUSANDS = Pattern.compile("(?<![\\d.,])\\d{1,3}(?: \\d{3}){1,9}(?![.,]?\\d)");
    // Bounds, because java.util.regex recurses for every turn of a group.
    private static final Pattern DIGITS = Pattern.compile(
            "(?<![\\w.,-])\\d(?:(?:[- ]|,? ?(?:(?:and )?then|followed by)(?: an?| the)? )\\d){1,50}(?![\\w-]|[.,]\\d)");
    private static final Pattern RANGE = Pattern.compile("\\d-\\d");
    private static final Pattern NO_DIGIT = Pattern.compile("\\D+");
    private static final Pattern HEXADECIMAL = Pattern.compile("\\b0x[0-9a-fA-F]{1,12}\\b");
    private static final Pattern ROMAN =
            Pattern.compile("\\b(?=[MDCLXVI]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\\b");
    private static final Map<Character, Integer> LETTERS =
            Map.of('I', 1, 'V', 5, 'X', 10, 'L', 50, 'C', 100, 'D', 500, 'M', 1000);

    private Spellings() {}

    /** The text with all that is spelled put together. */
    static String joined(String text) {
        String digits = NumberWords.inDigits(Readings.joined(text));
        String plain = THOUSANDS.matcher(digits).replaceAll(run -> run.group().replace(" ", ""));
        String runs = plain;
        plain = DIGITS.matcher(runs)
                .replaceAll(run -> isRange(runs, run)
                        ? run.group()
                        : NO_DIGIT.matcher(run.group()).replaceAll(""));
        plain = HEXADECIMAL
                .matcher(plain)
                .replaceAll(piece -> Long.decode(piece.group()).toString());
        plain = ROMAN.matcher(plain).replaceAll(piece -> roman(piece.group()));
        return plain.equals(NumberWords.inDigits(text)) ? text : plain;
    }

    /** The "2-3" of "2-3 steps". */
    private static boolean isRange(String text, MatchResult run) {
        return RANGE.matcher(run.group()).matches() && new Place(text, run.start(), run.end()).isOfTheMethod();
    }

    private static String roman(String numeral) {
        int sum = 0;
        for (int i = 0; i < numeral.length(); i++) {
            int value = LETTERS.getOrDefault(numeral.charAt(i), 0);
            boolean smaller = i + 1 < numeral.length() && value < LETTERS.getOrDefault(numeral.charAt(i + 1), 0);
            sum += smaller ? -value : value;
        }
        return Integer.toString(sum);
    }
}
