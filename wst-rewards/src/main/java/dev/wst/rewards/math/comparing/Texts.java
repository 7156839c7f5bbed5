package dev.wst.rewards.math.comparing;

import java.util.Locale;
import java.util.regex.Pattern;

/** Compares answers that are words: case, articles, punctuation and LaTeX around them do not count. */
final class Texts {
    private static final Pattern STYLE =
            Pattern.compile("\\\\(?:text|mbox|textbf|textit|mathrm|mathbf|textrm|emph)\\s*\\{");
    /** An article stands before a word, and in capitals only at the beginning: the A of "Plan A" and "A, D" is none. */
    private static final Pattern ARTICLE = Pattern.compile("(?<![\\p{L}\\p{N}])(?:an?|the|The|^An?)\\s+(?=\\p{L}{2})");

    private static final Pattern FORMULA = Pattern.compile(
            "[\\\\^_=+*/<>|&\u2264\u2265\u2260]|-\\s*[\\d(\\p{L}]|[\\d)]\\s*!\\s*!|!\\s*[\\d(]|^\\s*!\\s*\\p{L}");

    private Texts() {}

    static boolean same(String one, String other) {
        String plain = plain(one);
        return !plain.isEmpty() && plain.equals(plain(other));
    }

    /** Whether an unreadable text was meant as a formula, so that its signs count. */
    static boolean isFormula(String text) {
        return hasSigns(unstyled(text));
    }

    private static boolean hasSigns(String text) {
        return FORMULA.matcher(text).find() || hasBracketedDigits(text);
    }

    /** Whether a bracket and a digit stand somewhere with no letter between. */
    private static boolean hasBracketedDigits(String text) {
        boolean bracket = false;
        boolean digit = false;
        for (int i = 0; i < text.length() && !(bracket && digit); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean letter = Character.isLetter(c);
            bracket = !letter && (bracket || "[](){}".indexOf(c) >= 0);
            digit = !letter && (digit || (c >= '0' && c <= '9'));
        }
        return bracket && digit;
    }

    private static String plain(String text) {
        String unstyled = unstyled(text);
        if (hasSigns(unstyled)) {
            return unstyled.replaceAll("\\\\[,;:! ]|\\\\left|\\\\right|\\s+", "");
        }
        String words = ARTICLE.matcher(unstyled.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
        words = words.replaceAll("[\\p{P}\\p{C}$`~^&&[^.]]", " ").replaceAll("\\.(?!\\d)", " ");
        return words.strip().replaceAll("\\s+", " ");
    }

    private static String unstyled(String text) {
        String bare = STYLE.matcher(text).find()
                ? STYLE.matcher(text).replaceAll("{").replace("{", " ").replace("}", " ")
                : text;
        return bare.replaceAll("(?<=\\p{L})-(?=\\p{L})", " ")
                .replace("\\ ", " ")
                .replace("\\%", "%");
    }
}
