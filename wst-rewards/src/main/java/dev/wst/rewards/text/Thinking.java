package dev.wst.rewards.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** What a student writes for itself before it answers. */
final class Thinking {
    private static final Pattern TAG =
            Pattern.compile("(?i)<(/?)(?:think|thinking|thought|thoughts|reasoning|reason|scratchpad)>");

    private Thinking() {}

    /** The text behind the thinking; empty if it ends within. */
    static String removed(String text) {
        Matcher tag = TAG.matcher(text);
        int open = 0;
        int from = 0;
        StringBuilder said = new StringBuilder();
        while (tag.find()) {
            if (tag.group(1).isEmpty()) {
                if (open++ == 0) {
                    said.append(text, from, tag.start());
                }
            } else if (open <= 1) {
                // An end without a beginning: the template began the thinking.
                open = 0;
                said.setLength(0);
            } else {
                open--;
            }
            from = tag.end();
        }
        return open > 0 ? said.toString() : said.append(text.substring(from)).toString();
    }
}
