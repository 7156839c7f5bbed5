package dev.wst.rewards.math.finding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where a completion runs on into a turn that nobody asked for: the next question of a prompt that the student
 * recites, under whatever heading. A heading that names a turn ends the answer wherever it stands but at the beginning; one
 * that a solution may carry itself, as "Problem:" or "Example 2:", ends it only behind an answer.
 */
final class Turns {
    private static final String MARKS =
            "[ \\t]*(?<marks>[#*_\\[<>\\-=]*)[ \\t]*[*_\\[]*(?:(?:next|new|another)[ \\t]+)?";
    private static final String END =
            "(?<number>[ \\t]*(?:no\\.?|#)?[ \\t]*\\d+)?[ \\t]*(?:[*_\\])>]*[ \\t]*:|\\](?=[ \\t])|[.)](?=[ \\t*_])|(?<bare>[*_\\])>]*[ \\t]*$))";
    private static final Pattern TURN = Pattern.compile(
            "^" + MARKS + "(?:question|q|human|user|instructions?)" + END,
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern TASK = Pattern.compile(
            "^" + MARKS + "(?:problem|exercise|example|task|input|prompt)" + END,
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern ANSWERED = Pattern.compile(
            "####|\\\\f?boxed|</answer>|\\banswer(?:[ \\t]+is\\b|[*_]*[ \\t]*:)", Pattern.CASE_INSENSITIVE);

    private Turns() {}

    /** The end of the line before the next turn; the length of the text if there is none. */
    static int next(String text) {
        int turn = first(TURN, text, 1);
        Matcher answered = ANSWERED.matcher(text);
        int task = answered.find() ? first(TASK, text, answered.end()) : text.length();
        return Math.min(turn, task);
    }

    private static int first(Pattern heading, String text, int from) {
        Matcher matcher = heading.matcher(text);
        for (int at = from; at < text.length() && matcher.find(at); at = matcher.end()) {
            if (isHeading(matcher)) {
                return matcher.start() - 1;
            }
        }
        return text.length();
    }

    /** A word alone on its line is a heading only with marks around it or a number behind it. */
    private static boolean isHeading(Matcher matcher) {
        boolean bare = matcher.group("bare") != null;
        return !bare || !matcher.group("marks").isEmpty() || matcher.group("number") != null;
    }
}
