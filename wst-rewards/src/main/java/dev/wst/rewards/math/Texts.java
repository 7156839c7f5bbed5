package dev.wst.rewards.math;

import java.util.Locale;
import java.util.regex.Pattern;

/** Compares answers that are words: case, articles, punctuation and LaTeX around them do not count. */
final class Texts {
    private static final Pattern STYLE =
            Pattern.compile("\\\\(?:text|mbox|textbf|textit|mathrm|mathbf|textrm|emph)\\s*\\{");
    private static final Pattern ARTICLE = Pattern.compile("\\b(?:a|an|the)\\b");
    private static final Pattern FORMULA = Pattern.compile(
            "[\\\\^_=+*/<>|&\u2264\u2265\u2260]|-\\s*[\\d(\\p{L}]|[\\[\\](){}][^\\p{L}]*\\d|\\d[^\\p{L}]*[\\[\\](){}]");

    private Texts() {}

    static boolean same(String one, String other) {
        String plain = plain(one);
        return !plain.isEmpty() && plain.equals(plain(other));
    }

    /** Whether an unreadable text was meant as a formula, so that its signs count. */
    static boolean isFormula(String text) {
        return FORMULA.matcher(unstyled(text)).find();
    }

    private static String plain(String text) {
        String unstyled = unstyled(text);
        if (FORMULA.matcher(unstyled).find()) {
            return unstyled.replaceAll("\\\\[,;:! ]|\\\\left|\\\\right|\\s+", "");
        }
        String words = unstyled.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\p{N}\\s.]", " ");
        words = words.replaceAll("\\.(?!\\d)", " ");
        return ARTICLE.matcher(words).replaceAll(" ").strip().replaceAll("\\s+", " ");
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
