package dev.wst.rewards.math.finding;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds numbers in a text: digits with thousands separators, a decimal point, a fraction bar, a percent sign, a sign and a
 * currency sign. One pass from left to right; digits inside a word, as in AZYUK2A, are no number.
 */
final class Numbers {
    private static final String CURRENCIES = "$\u20AC\u00A3\u00A5\u20B9";

    /** Longer ones first. */
    private static final String[] SEPARATORS = {
        "{,}\\!", "{,}", ",\\!", ",\\,", ",", "\\,", "\u00A0", "\u202F", "\u2009"
    };

    private final String text;
    private final List<Piece> found = new ArrayList<>();

    private Numbers(String text) {
        this.text = text;
    }

    static List<Piece> in(String text) {
        Numbers numbers = new Numbers(text);
        numbers.scan();
        return numbers.found;
    }

    private void scan() {
        int at = 0;
        while (at < text.length()) {
            if (startsNumber(at)) {
                at = read(at);
            } else {
                at++;
            }
        }
    }

    private boolean startsNumber(int at) {
        char c = text.charAt(at);
        return isDigit(c) || (c == '.' && isDigit(charAt(at + 1)) && !isDigit(charAt(at - 1)));
    }

    private int read(int first) {
        int end = decimal(first);
        if (charAt(end) == '/' && isDigit(charAt(end + 1))) {
            end = decimal(end + 1);
        }
        if (charAt(end) == '%') {
            end++;
        } else if (charAt(end) == '\\' && charAt(end + 1) == '%') {
            end += 2;
        }
        if (!inWord(first)) {
            int start = start(first);
            found.add(new Piece(text.substring(start, end), start, end));
        }
        return end;
    }

    private int decimal(int first) {
        int end = integer(first);
        if (charAt(end) == '.' && isDigit(charAt(end + 1))) {
            end = digits(end + 1);
        } else if (charAt(end) == ',' && isDigit(charAt(end + 1)) && end - first <= 3 && decimalComma(first, end)) {
            end = digits(end + 1);
        }
        return exponent(end);
    }

    /** "0,30" and "12,50" have a decimal comma; "1,2" and "10,20,30" are lists. */
    private boolean decimalComma(int first, int comma) {
        int end = digits(comma + 1);
        boolean alone = charAt(end) != ',' || !isDigit(charAt(end + 1));
        boolean zero = text.charAt(first) == '0' && comma == first + 1;
        return alone && charAt(first - 1) != ',' && (end - comma == 3 || zero);
    }

    private int integer(int first) {
        int end = digits(first);
        if (end - first > 3 || end == first) {
            return end;
        }
        int separator = separator(end);
        while (separator > 0) {
            end += separator + 3;
            separator = separator(end);
        }
        return end;
    }

    /** The length of what separates thousands here; 0 if no group of three digits follows. */
    private int separator(int at) {
        for (String separator : SEPARATORS) {
            if (text.startsWith(separator, at)) {
                int first = at + separator.length();
                boolean group = isDigit(charAt(first))
                        && isDigit(charAt(first + 1))
                        && isDigit(charAt(first + 2))
                        && !isDigit(charAt(first + 3));
                return group ? separator.length() : 0;
            }
        }
        return 0;
    }

    private int exponent(int end) {
        if (charAt(end) != 'e' && charAt(end) != 'E') {
            return end;
        }
        int digits = end + (charAt(end + 1) == '-' || charAt(end + 1) == '+' ? 2 : 1);
        return isDigit(charAt(digits)) ? digits(digits) : end;
    }

    private int digits(int first) {
        int end = first;
        while (isDigit(charAt(end))) {
            end++;
        }
        return end;
    }

    /** A Latin letter or an underscore before the number makes it part of a word; a lone x may be a sign of times. */
    private boolean inWord(int first) {
        char before = charAt(first - 1);
        boolean times = before == 'x' && !latin(charAt(first - 2));
        return before == '_' || (latin(before) && !times);
    }

    private static boolean latin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Where sign and currency sign before the digits begin. A minus after a digit or a letter is an operator. */
    private int start(int first) {
        int start = first;
        if (CURRENCIES.indexOf(charAt(start - 1)) >= 0 && start > 0) {
            start--;
            if (charAt(start - 1) == '\\') {
                start--;
            }
        }
        if (charAt(start - 1) == '-' && signAllowed(charAt(start - 2))) {
            start--;
        }
        return start;
    }

    private static boolean signAllowed(char before) {
        return !Character.isLetterOrDigit(before) && before != ')' && before != '}' && before != ']' && before != '-';
    }

    private char charAt(int i) {
        return i >= 0 && i < text.length() ? text.charAt(i) : ' ';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
