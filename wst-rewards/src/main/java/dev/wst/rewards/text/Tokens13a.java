package dev.wst.rewards.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tokenisation 13a of WMT's mteval-v13a script: punctuation of ASCII stands alone, but points and commas within numbers,
 * hyphens within words and apostrophes stay.
 */
final class Tokens13a {
    private static final Pattern ALONE = Pattern.compile("[!-&(-+:-@\\[-`{-~/]");
    private static final Pattern POINT_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])(-)");
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private Tokens13a() {}

    static List<String> of(String text) {
        String line = text.stripTrailing()
                .replace("<skipped>", "")
                .replace("-\n", "")
                .replace('\n', ' ')
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        line = ALONE.matcher(" " + line + " ").replaceAll(" $0 ");
        line = POINT_AFTER_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
        line = POINT_BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
        line = HYPHEN_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
        return Stream.of(SPACE.split(line)).filter(word -> !word.isEmpty()).toList();
    }
}
