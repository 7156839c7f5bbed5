package dev.wst.rewards.math;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds {@code \boxed} and {@code \fbox}, braces balanced. Boxes that follow each other are one answer, a list. */
final class Boxes {
    private static final List<String> COMMANDS = List.of("\\boxed", "\\fbox", "\\framebox");
    private static final Pattern CONJUNCTION = Pattern.compile("\\b(?:and|or)\\b");
    private static final int WORDS_BETWEEN = 5;
    private static final int WIDEST_GAP = 80;

    /** A box: its content, and where box and all begin and end. */
    private record Box(String content, int start, int end) {}

    private Boxes() {}

    /** The answers in boxes, in order; neighbours joined by commas. Empty boxes are none. */
    static List<String> in(String text) {
        List<String> answers = new ArrayList<>();
        int previousEnd = -1;
        for (Box box : boxes(text)) {
            boolean joins = previousEnd >= 0 && neighbours(text.substring(previousEnd, box.start()));
            if (joins) {
                answers.set(answers.size() - 1, answers.get(answers.size() - 1) + ", " + box.content());
            } else {
                answers.add(box.content());
            }
            previousEnd = box.end();
        }
        return answers;
    }

    private static List<Box> boxes(String text) {
        List<Box> found = new ArrayList<>();
        int at = next(text, 0);
        Brackets brackets = Brackets.of(at < 0 ? "" : text);
        while (at >= 0) {
            Box box = read(text, at, brackets);
            if (!box.content().isBlank()) {
                found.add(box);
            }
            at = next(text, Math.max(box.end(), at + 1));
        }
        return found;
    }

    private static int next(String text, int from) {
        int first = -1;
        for (int at = text.indexOf('\\', from); at >= 0 && first < 0; at = text.indexOf('\\', at + 1)) {
            for (String command : COMMANDS) {
                if (text.startsWith(command, at)) {
                    first = at;
                }
            }
        }
        return first;
    }

    private static Box read(String text, int start, Brackets brackets) {
        int open = start + 1;
        while (open < text.length() && Character.isLetter(text.charAt(open))) {
            open++;
        }
        int from = open;
        while (from < text.length() && text.charAt(from) == ' ') {
            from++;
        }
        if (from < text.length() && text.charAt(from) == '{') {
            int close = brackets.closing(from);
            int end = close < 0 ? endOfLine(text, from) : close;
            return new Box(text.substring(from + 1, end).strip(), start, close < 0 ? end : close + 1);
        }
        int end = from;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        return new Box(text.substring(from, end), start, end);
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** Whether what stands between two boxes makes them one list: only separators, or a few words with "and" or "or". */
    private static boolean neighbours(String gap) {
        if (gap.length() > WIDEST_GAP || gap.contains("\n\n")) {
            return false;
        }
        String words = gap.replace("\\text", " ")
                .replace("\\quad", " ")
                .replace("\\qquad", " ")
                .replaceAll("\\\\[a-zA-Z]+", " x ")
                .replaceAll("[\\\\$(){}\\[\\]~]", " ");
        if (words.indexOf('.') >= 0 || words.indexOf('=') >= 0) {
            return false;
        }
        String plain = words.replace(',', ' ').replace(';', ' ').strip();
        if (plain.isEmpty()) {
            return true;
        }
        return CONJUNCTION.matcher(plain).find() && plain.split("\\s+").length <= WORDS_BETWEEN;
    }
}
