package dev.wst.rewards.math.finding;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.comparing.AnswerComparison;
import dev.wst.rewards.math.reading.Brackets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Finds {@code \boxed} and {@code \fbox}, braces balanced. Boxes that follow each other are one answer, a list. */
public final class Boxes {
    private static final List<String> COMMANDS = List.of("\\boxed", "\\fbox", "\\framebox");
    private static final Pattern CONJUNCTION = Pattern.compile("\\b(?:and|or)\\b");
    private static final int WORDS_BETWEEN = 5;
    private static final int WIDEST_GAP = 80;

    /** What comparing two boxes takes off the budget of a search. */
    private static final long COMPARISON = 1_000;

    /** A box: its content, and where box and all begin and end. */
    private record Box(String content, int start, int end) {}

    private Boxes() {}

    /**
     * The answers in boxes, in order; neighbours joined by commas, those that say the same but once. Empty boxes and those
     * that only speak of a box are none.
     *
     * @param budget pays for comparing neighbours, the last first; those that it cannot pay for count as different
     */
    public static List<String> in(String text, Budget budget) {
        List<List<String>> groups = new ArrayList<>();
        int previousEnd = -1;
        for (Box box : boxes(text)) {
            boolean joins = previousEnd >= 0 && neighbours(text.substring(previousEnd, box.start()));
            if (joins) {
                groups.get(groups.size() - 1).add(box.content());
            } else {
                groups.add(new ArrayList<>(List.of(box.content())));
            }
            previousEnd = box.end();
        }
        List<String> answers = new ArrayList<>();
        for (int i = groups.size() - 1; i >= 0; i--) {
            answers.add(String.join(", ", distinct(groups.get(i), budget)));
        }
        Collections.reverse(answers);
        return answers;
    }

    /** Where the last box ends; 0 if there is none. */
    public static int end(String text) {
        List<Box> boxes = boxes(text);
        return boxes.isEmpty() ? 0 : boxes.get(boxes.size() - 1).end();
    }

    private static List<String> distinct(List<String> contents, Budget budget) {
        List<String> distinct = new ArrayList<>();
        for (String content : contents) {
            if (distinct.stream().noneMatch(other -> same(content, other, budget))) {
                distinct.add(content);
            }
        }
        return distinct;
    }

    private static boolean same(String one, String other, Budget budget) {
        return one.equals(other)
                || (budget.affords(COMPARISON)
                        && AnswerComparison.standard().compare(one, other).isEqual());
    }

    private static List<Box> boxes(String text) {
        List<Box> found = new ArrayList<>();
        int at = next(text, 0);
        Brackets brackets = Brackets.of(at < 0 ? "" : text);
        while (at >= 0) {
            Box box = read(text, at, brackets);
            if (!box.content().isBlank() && !Placeholders.isOne(box.content())) {
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
