package dev.wst.rewards.math;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds answers after {@code ####} and in {@code <answer>} tags. */
final class MarkedAnswers {
    private static final Pattern NUMBERED_HEADING = Pattern.compile("^\\d+[.)]\\s+\\p{L}.*", Pattern.DOTALL);
    private static final Pattern NUMBER_FIRST =
            Pattern.compile("^[-+]?\\s?(?:\\\\?[$\u20AC\u00A3\u00A5])?\\s?[-+]?\\.?\\d.*", Pattern.DOTALL);

    private MarkedAnswers() {}

    /** What follows {@code ####} on its line, where that is an answer and not a heading; in order. */
    static List<String> hashes(String text) {
        List<String> found = new ArrayList<>();
        int at = text.indexOf("####");
        while (at >= 0) {
            int from = at;
            while (from < text.length() && text.charAt(from) == '#') {
                from++;
            }
            int end = text.indexOf('\n', from);
            String line = Quotes.stripped(text.substring(from, end < 0 ? text.length() : end));
            if (from - at == 4 && isAnswer(line)) {
                found.add(line);
            }
            at = text.indexOf("####", from);
        }
        return found;
    }

    private static boolean isAnswer(String line) {
        if (line.isEmpty() || NUMBERED_HEADING.matcher(line).matches()) {
            return false;
        }
        return NUMBER_FIRST.matcher(line).matches() || Answers.standsAlone(line);
    }

    /** The contents of {@code <answer>} tags, in order; a tag left open reaches to the end. */
    static List<String> tags(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile("<answer>", Pattern.CASE_INSENSITIVE).matcher(text);
        Matcher closing = Pattern.compile("</answer>", Pattern.CASE_INSENSITIVE).matcher(text);
        while (matcher.find()) {
            boolean closed = closing.find(matcher.end());
            String content = text.substring(matcher.end(), closed ? closing.start() : text.length())
                    .strip();
            if (!content.isEmpty()) {
                found.add(content);
            }
            if (!closed) {
                break;
            }
        }
        return found;
    }
}
