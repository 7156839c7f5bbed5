package dev.wst.rewards.guard;

import java.text.Normalizer;

/**
 * A text with signs of other scripts, sizes and dresses as their plain ones: digits of any script, circled, doubled or
 * full-width ones, letters of mathematics; without those that are not seen.
 */
final class PlainText {
    private static final String RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
    private static final String LOWERED = "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089";

    private PlainText() {}

    static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int previous = ' ';
        for (int c :
                Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().toArray()) {
            boolean small = isSmall(c);
            if (small && !isSmall(previous) && (Character.isLetterOrDigit(previous) || ")]}".indexOf(previous) >= 0)) {
                // A power or an index, not digits of their own.
                plain.append(RAISED.indexOf(c) >= 0 ? '^' : '_');
            }
            append(plain, c);
            previous = c;
        }
        return plain.toString();
    }

    private static boolean isSmall(int c) {
        return RAISED.indexOf(c) >= 0 || LOWERED.indexOf(c) >= 0;
    }

    /** Circled and other numbers have a value but no plain form; letters, which have one too, are not asked about. */
    @SuppressWarnings("CharacterGetNumericValue")
    private static int value(int c) {
        int type = Character.getType(c);
        return type == Character.OTHER_NUMBER || type == Character.LETTER_NUMBER ? Character.getNumericValue(c) : -1;
    }

    private static void append(StringBuilder plain, int c) {
        if (c < 0x80) {
            plain.append((char) c);
            return;
        }
        String written = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        if (written.indexOf('\u2044') >= 0) {
            plain.append(' ').append(written.replace('\u2044', '/')); // a fraction of one sign
        } else if (written.codePointAt(0) == c && value(c) >= 0) {
            plain.append(value(c));
        } else {
            written.codePoints().forEach(each -> appendPlain(plain, each));
        }
    }

    private static void appendPlain(StringBuilder plain, int c) {
        int digit = Character.digit(c, 10);
        if (digit >= 0) {
            plain.append((char) ('0' + digit));
        } else if (!isInvisible(c) && !isDress(plain, c)) {
            plain.appendCodePoint(sign(c));
        }
    }

    /** Signs that join others. */
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.ENCLOSING_MARK || (c >= 0xfe00 && c <= 0xfe0f);
    }

    /** Signs that dress a plain one, such as the stroke through a digit. */
    private static boolean isDress(StringBuilder plain, int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK
                && !plain.isEmpty()
                && plain.charAt(plain.length() - 1) < 0x80;
    }

    private static int sign(int c) {
        return switch (c) {
            case 0x2212, 0x2010, 0x2011, 0x2013 -> '-';
            case 0x00d7, 0x00b7, 0x22c5 -> '*';
            case 0x00f7 -> '/';
            case 0x2019 -> '\'';
            case 0x00a0, 0x202f -> ' ';
            default -> c;
        };
    }
}
