package dev.wst.rewards.math.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a comma between digits means. Where a text allows several readings, each is tried.
 *
 * <p>A comma with three digits behind it separates thousands or two items. A comma that can separate no thousands is read
 * as a decimal comma where that is how decimals are written: 12,50 and 0,5 and 1.234,56, but not 1,2, which is a list.
 * Only an answer to a reference that is a plain value and no list may have a decimal comma before any number of digits but
 * three: beside 3.5 a lone "3,5" is 3.5, beside the list 3, 5 it is that list. The reference itself is never read so, nor
 * is anything in brackets.
 */
public enum CommaReading {
    /** 1,234 is one number. */
    THOUSANDS,
    /** 1,234 is two. */
    LIST,
    /** 12,50 is a decimal. */
    DECIMAL_COMMA;

    private static final Pattern GROUPED = Pattern.compile("\\d,\\d{3}(?!\\d)");
    private static final Predicate<String> NO_BRACKET =
            Pattern.compile("[\\[\\](){}]").asPredicate().negate();
    private static final Pattern LONE_DECIMAL =
            Pattern.compile("[^\\d(\\[{]*(?:\\d{1,3}(?:\\.\\d{3})+|\\d+),(?:\\d{1,2}|\\d{4,})(?![\\d,.(])[^\\d,(\\[]*");
    private static final int LONGEST = 40;
    private static final Pattern DECIMAL =
            Pattern.compile("[^\\d]*(?:\\d{1,3}(?:\\.\\d{3})+,\\d{1,2}|\\d+,\\d\\d|\\d+,\\d{4,}|0,\\d+)[^\\d]*");

    /** The readings that a text allows, the likeliest first. */
    public static List<CommaReading> of(String text) {
        if (text.indexOf(',') < 0) {
            return List.of(THOUSANDS);
        }
        List<CommaReading> readings = new ArrayList<>(List.of(THOUSANDS));
        if (GROUPED.matcher(text).find()) {
            readings.add(LIST);
        }
        if (text.length() < LONGEST
                && NO_BRACKET.test(text)
                && DECIMAL.matcher(text).matches()) {
            readings.add(DECIMAL_COMMA);
        }
        return readings;
    }

    /** Whether an answer to a plain value is that with a decimal comma, though it would be a list elsewhere. */
    public static boolean isLoneDecimal(String text) {
        return text.length() < LONGEST
                && text.indexOf(',') >= 0
                && LONE_DECIMAL.matcher(text).matches();
    }
}
