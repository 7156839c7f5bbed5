package dev.wst.rewards.math.reading;

import java.util.regex.Pattern;

/** Takes the wrapping off an answer before it is read: delimiters of formulas, doubled backslashes, plain relations. */
public final class Notation {
    private static final Pattern SINGLE = Pattern.compile("(?<!\\\\)\\\\(?:[a-zA-Z]{2,}|[\\[\\](){}])");
    private static final Pattern DOUBLED = Pattern.compile("\\\\\\\\[a-zA-Z]{2,}");

    private Notation() {}

    public static String unwrapped(String text) {
        String plain = Glyphs.ascii(text);
        if (plain.indexOf('\\') >= 0) {
            plain = unescaped(plain);
            plain = plain.replace("\\$", "\uFFE5").replace("\\(", " ").replace("\\)", " ");
            plain = withoutDisplay(plain);
        }
        return trimmed(plain.replace("$", " ").replace('\uFFE5', '$').strip());
    }

    /** A text in which every command has two backslashes was escaped once too often. */
    private static String unescaped(String text) {
        return DOUBLED.matcher(text).find() && !SINGLE.matcher(text).find() ? text.replace("\\\\", "\\") : text;
    }

    /** Drops {@code \[} and {@code \]}, but not the {@code \\[2pt]} of a matrix. */
    private static String withoutDisplay(String text) {
        return text.replaceAll("(?<!\\\\)\\\\[\\[\\]]", " ").replaceAll("\\\\\\\\\\[[^\\]]{1,8}\\]", "\\\\\\\\");
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = withoutStops(text, from, text.length());
        while (to - from > 4 && text.startsWith("**", from) && text.startsWith("**", to - 2)) {
            from += 2;
            while (Character.isWhitespace(text.charAt(from))) {
                from++;
            }
            to = withoutStops(text, from, to - 2);
        }
        return text.substring(from, to);
    }

    private static int withoutStops(String text, int from, int to) {
        int end = to;
        while (end > from && isStop(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isStop(char c) {
        return Character.isWhitespace(c) || ".,;:?`\"\\".indexOf(c) >= 0;
    }
}
