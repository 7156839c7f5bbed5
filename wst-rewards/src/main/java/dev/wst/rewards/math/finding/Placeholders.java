package dev.wst.rewards.math.finding;

import java.util.regex.Pattern;

/** Tells a box that is used from one that is only mentioned, as in "put the answer in {@code \boxed{...}}". */
final class Placeholders {
    private static final Pattern STYLE = Pattern.compile(
            "\\\\(?:text|mathrm|textbf|mathbf|textit|mbox|emph|cdots|ldots|dots|square|Box|quad|_)\\b|\\\\[ ,;_]");
    private static final Pattern NOTHING = Pattern.compile("[^\\p{L}\\p{N}\\\\]*");
    private static final Pattern ITSELF = Pattern.compile(
            "[^\\p{L}\\p{N}\\\\]*(?:(?:insert|write|put|the|a|your|my|our|final|correct|numerical|numeric)[^\\p{L}\\p{N}\\\\]+)*"
                    + "(?:answers?|result|ans)(?:[^\\p{L}\\p{N}\\\\]+(?:goes|here|value|letter))*[^\\p{L}\\p{N}\\\\]*",
            Pattern.CASE_INSENSITIVE);

    /** The empty set and infinity have signs without letters. */
    private static final Pattern SIGN = Pattern.compile("[\\u2205\\u221E]|\\{\\s*\\\\?\\}|\\(\\s*\\)");

    private Placeholders() {}

    /** Whether a content says nothing: dots, blanks, question marks, or the word for an answer itself. */
    static boolean isOne(String content) {
        if (content.length() > 80 || SIGN.matcher(content).find()) {
            return false;
        }
        String bare = STYLE.matcher(content).replaceAll(" ");
        return NOTHING.matcher(bare).matches() || ITSELF.matcher(bare).matches();
    }
}
