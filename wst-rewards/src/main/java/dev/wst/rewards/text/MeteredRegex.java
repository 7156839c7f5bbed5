package dev.wst.rewards.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression that looks at a character whenever it enters a group or an alternative, and means the same. Without
 * that, one such as {@code (a?|b?)} forty times in a row tries all combinations of matching nothing at the end of a text,
 * where there is no character to look at, and no count of such looks would ever end it.
 */
final class MeteredRegex {
    /** Reads the next character and the one before, and is always true. */
    private static final String LOOK = "(?!(?s:.)(?!))(?<!(?s:.)(?!))";

    private static final Pattern PIECE = Pattern.compile(
            "\\\\Q.*?(?:\\\\E|\\z)|\\\\.|(?<class>\\[\\^?]?)|(?<end>])"
                    + "|(?<branch>\\((?:\\?(?:[\\w-]*:|[=!>]|<[=!]|<\\w+>))?(?!\\?)|\\|)|.",
            Pattern.DOTALL);
    /** In this mode a character class may hold comments, which are not worth telling from classes. */
    private static final Pattern COMMENTS_MODE = Pattern.compile("\\(\\?\\w*x");

    private MeteredRegex() {}

    /** @param regex that compiles */
    static String of(String regex) {
        if (COMMENTS_MODE.matcher(regex).find()) {
            return regex;
        }
        StringBuilder metered = new StringBuilder();
        Matcher piece = PIECE.matcher(regex);
        int classes = 0;
        while (piece.find()) {
            metered.append(piece.group());
            if (piece.group("class") != null) {
                classes++;
            } else if (piece.group("end") != null) {
                classes = Math.max(0, classes - 1);
            } else if (piece.group("branch") != null && classes == 0) {
                metered.append(LOOK);
            }
        }
        return metered.toString();
    }
}
