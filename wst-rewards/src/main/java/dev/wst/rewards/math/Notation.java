package dev.wst.rewards.math;

import java.util.regex.Pattern;

/** Takes the wrapping off an answer before it is read: delimiters of formulas, doubled backslashes, plain relations. */
final class Notation {
    private static final Pattern SINGLE = Pattern.compile("(?<!\\\\)\\\\(?:[a-zA-Z]{2,}|[\\[\\](){}])");
    private static final Pattern DOUBLED = Pattern.compile("\\\\\\\\[a-zA-Z]{2,}");

    private Notation() {}

    static String unwrapped(String text) {
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
        String bare = text;
        String before;
        do {
            before = bare;
            while (!bare.isEmpty() && ".,;:?`\"\\".indexOf(bare.charAt(bare.length() - 1)) >= 0) {
                bare = bare.substring(0, bare.length() - 1).strip();
            }
            if (bare.startsWith("**") && bare.endsWith("**") && bare.length() > 4) {
                bare = bare.substring(2, bare.length() - 2).strip();
            }
        } while (!bare.equals(before));
        return bare;
    }
}
