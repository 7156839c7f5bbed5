package dev.wst.rewards.math.reading;

/** Reads one numeral: digits in groups, a decimal point or comma, a decimal exponent. */
final class NumeralReader {
    private final String text;
    private final CommaReading reading;
    private final boolean outside;
    private final StringBuilder digits = new StringBuilder();
    private int at;

    /** @param outside whether the numeral stands outside all brackets, where a comma may separate thousands */
    NumeralReader(String text, int start, CommaReading reading, boolean outside) {
        this.text = text;
        this.reading = reading;
        this.outside = outside;
        this.at = start;
        read();
    }

    /** The numeral with a point, without separators. */
    String numeral() {
        return digits.toString();
    }

    /** Where it ends, exclusive. */
    int end() {
        return at;
    }

    private void read() {
        int start = at;
        run();
        int first = at - start;
        if (first > 0 && first <= 3) {
            int length = pointsSeparate() ? 1 : separator();
            while (length > 0) {
                at += length;
                run();
                length = pointsSeparate() ? 1 : separator();
            }
        }
        fraction();
        exponent();
    }

    private void run() {
        while (isDigit(charAt(at))) {
            digits.append(charAt(at++));
        }
    }

    /** The length of a thousands separator here; 0 if there is none. */
    private int separator() {
        for (String safe : new String[] {"{,}", ",\\!", "\\,", "\\ ", ",\\,", "{,}\\!"}) {
            if (text.startsWith(safe, at)) {
                int spaces = charAt(at + safe.length()) == ' ' && safe.startsWith(",") ? 1 : 0;
                return threeDigits(at + safe.length() + spaces) ? safe.length() + spaces : 0;
            }
        }
        boolean comma = charAt(at) == ',' && outside && reading == CommaReading.THOUSANDS;
        boolean space = charAt(at) == ' ' && at < text.length() && outside;
        return (comma || space) && threeDigits(at + 1) ? 1 : 0;
    }

    /** In 1.234,56 the comma is the decimal point. */
    private boolean pointsSeparate() {
        return reading == CommaReading.DECIMAL_COMMA && charAt(at) == '.' && threeDigits(at + 1);
    }

    private boolean threeDigits(int from) {
        return isDigit(charAt(from))
                && isDigit(charAt(from + 1))
                && isDigit(charAt(from + 2))
                && !isDigit(charAt(from + 3));
    }

    private void fraction() {
        boolean point = charAt(at) == '.' && (isDigit(charAt(at + 1)) || text.startsWith(".\\overline", at));
        boolean comma = charAt(at) == ',' && reading == CommaReading.DECIMAL_COMMA && isDigit(charAt(at + 1));
        boolean braced = digits.length() > 0 && text.startsWith("{,}", at) && isDigit(charAt(at + 3));
        if (point || comma || braced) {
            digits.append('.');
            at += braced ? 3 : 1;
            run();
        }
    }

    private void exponent() {
        if (charAt(at) != 'e' && charAt(at) != 'E') {
            return;
        }
        int sign = charAt(at + 1) == '-' || charAt(at + 1) == '+' ? 1 : 0;
        if (isDigit(charAt(at + 1 + sign))) {
            digits.append('e').append(charAt(at + 1) == '-' ? "-" : "");
            at += 1 + sign;
            run();
        }
    }

    private char charAt(int i) {
        return i >= 0 && i < text.length() ? text.charAt(i) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
