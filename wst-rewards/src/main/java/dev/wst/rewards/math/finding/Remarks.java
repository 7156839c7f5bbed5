package dev.wst.rewards.math.finding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes off the remarks behind an answer: sentences and lines that call themselves a note, an assumption or a check, to the
 * end of the text. They speak about the answer, so that a number in them is none.
 */
final class Remarks {
    private static final Pattern REMARK = Pattern.compile(
            "(?:(?<=\\n)|(?<=[.!?)]\\s)|(?<=[.!?]\\*\\*\\s))[ \\t]*[(\\[*_>#]*[ \\t]*"
                    + "(?:(?:please[ \\t]+)?note|n\\.?b\\.?|p\\.?s\\.?|remarks?|comments?|caveats?|disclaimer|assumptions?|check|verification|explanation|sanity check)"
                    + "(?:[*_]*[ \\t]*:|[ \\t]+that\\b)"
                    + "|(?<=\\s)[(\\[](?:note|assuming|this assumes|i assumed?|we assumed?)\\b"
                    + "|(?:(?<=\\n)|(?<=[.!?]\\s))[ \\t]*(?:this|i|we|it)[ \\t]+(?:assumes?|assumed|am assuming|are assuming)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DIGIT = Pattern.compile("\\d");

    private Remarks() {}

    /** The text before its first remark that stands behind a number; all of it if there is none. */
    static String without(String text) {
        Matcher digit = DIGIT.matcher(text);
        Matcher remark = REMARK.matcher(text);
        return digit.find() && remark.find(digit.start()) ? text.substring(0, remark.start()) : text;
    }
}
