package dev.wst.rewards.math.finding;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds numbers in prose that are one answer together: "the point (0, 1)", "the roots are 1, 2 and 3". */
final class Groups {
    private static final String NUMBER = "[-$\\\\]*+\\d[\\d./]*+%?+";
    private static final Pattern BRACKETED =
            Pattern.compile("(?<![\\p{L}\\d\\\\])[(\\[]\\s?" + NUMBER + "(?:\\s?,\\s?" + NUMBER + "){1,9}\\s?[)\\]]");
    private static final Pattern JOINED = Pattern.compile(
            "\\b(?:are|were) (" + NUMBER + "(?:, " + NUMBER + "){0,9}),? and (" + NUMBER + ")",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 120;

    private Groups() {}

    /** The group that ends with a number. */
    static Optional<String> endingWith(String text, Piece last) {
        int from = Math.max(Sentences.start(text, last.start()), last.start() - LONGEST);
        int to = Math.min(text.length(), last.end() + 3);
        Matcher bracketed = BRACKETED.matcher(text).region(from, to).useTransparentBounds(true);
        Optional<String> found = Optional.empty();
        while (bracketed.find()) {
            found = bracketed.end() > last.end() ? Optional.of(bracketed.group()) : found;
        }
        Matcher joined = JOINED.matcher(text).region(from, to).useTransparentBounds(true);
        while (found.isEmpty() && joined.find()) {
            found = joined.start(2) <= last.start() && joined.end() >= last.end()
                    ? Optional.of(joined.group(1) + ", " + joined.group(2))
                    : found;
        }
        return found;
    }
}
