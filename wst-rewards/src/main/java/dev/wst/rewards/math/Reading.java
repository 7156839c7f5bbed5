package dev.wst.rewards.math;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a comma between digits means. Where a text allows several readings, each is tried. */
enum Reading {
    /** 1,234 is one number. */
    THOUSANDS,
    /** 1,234 is two. */
    LIST,
    /** 12,50 is a decimal. */
    DECIMAL_COMMA;

    private static final Pattern GROUPED = Pattern.compile("\\d,\\d{3}(?!\\d)");
    private static final Predicate<String> NO_BRACKET =
            Pattern.compile("[\\[\\](){}]").asPredicate().negate();
    private static final Pattern DECIMAL =
            Pattern.compile("[^\\d]*(?:\\d{1,3}(?:\\.\\d{3})+,\\d{1,2}|\\d+,\\d\\d|\\d+,\\d{4,}|0,\\d+)[^\\d]*");

    /** The readings that a text allows, the likeliest first. */
    static List<Reading> of(String text) {
        if (text.indexOf(',') < 0) {
            return List.of(THOUSANDS);
        }
        List<Reading> readings = new ArrayList<>(List.of(THOUSANDS));
        if (GROUPED.matcher(text).find()) {
            readings.add(LIST);
        }
        if (text.length() < 40 && NO_BRACKET.test(text) && DECIMAL.matcher(text).matches()) {
            readings.add(DECIMAL_COMMA);
        }
        return readings;
    }
}
