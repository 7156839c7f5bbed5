package dev.wst.rewards.math.finding;

import dev.wst.rewards.math.reading.Brackets;
import dev.wst.rewards.math.reading.Commands;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds formulas in a text: between dollar signs, in {@code \( \)} and {@code \[ \]}, in boxes, and LaTeX that stands
 * bare. One pass from left to right.
 */
final class Formulas {
    /** Longer formulas are no answers; the bound keeps a lone dollar sign from searching the whole text. */
    private static final int LONGEST = 2000;

    private final String text;
    private final Brackets brackets;
    private final Ends parentheses;
    private final Ends squares;
    private final Ends environments;
    private final Ends braces;
    private final List<Piece> found = new ArrayList<>();
    private int at;

    private Formulas(String text) {
        this.text = text;
        this.brackets = Brackets.of(text);
        this.parentheses = new Ends(text, "\\)");
        this.squares = new Ends(text, "\\]");
        this.environments = new Ends(text, "\\end{");
        this.braces = new Ends(text, "}");
    }

    static List<Piece> in(String text) {
        Formulas formulas = new Formulas(text);
        formulas.scan();
        return formulas.found;
    }

    private void scan() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$') {
                at = dollars();
            } else if (c == '\\') {
                at = backslash();
            } else {
                at++;
            }
        }
    }

    private int dollars() {
        boolean display = text.startsWith("$$", at);
        int start = at + (display ? 2 : 1);
        int end = closingDollar(start);
        if (end < 0 || text.substring(start, end).isBlank()) {
            return start;
        }
        if (!display && !mathematical(start, end)) {
            return start;
        }
        add(start, end);
        return end + (display && text.startsWith("$$", end) ? 2 : 1);
    }

    private int closingDollar(int start) {
        int limit = Math.min(text.length(), start + LONGEST);
        for (int i = start; i < limit; i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '$') {
                return i;
            }
        }
        return -1;
    }

    /** Tells {@code $x + 1$} from "$5 and then $10": spaces stand on both sides within, or on neither; no digit follows. */
    private boolean mathematical(int start, int end) {
        boolean before = Character.isWhitespace(text.charAt(start));
        boolean after = Character.isWhitespace(text.charAt(end - 1));
        boolean digit = end + 1 < text.length() && Character.isDigit(text.charAt(end + 1));
        return !digit && (!after || before);
    }

    private int backslash() {
        if (text.startsWith("\\(", at)) {
            return delimited(parentheses);
        }
        if (text.startsWith("\\[", at)) {
            return delimited(squares);
        }
        int end = bareEnd(at);
        if (end > at + 1) {
            add(at, end);
            return end;
        }
        return at + 2;
    }

    private int delimited(Ends closing) {
        int start = at + 2;
        int end = closing.from(start);
        if (end < 0 || end - start > LONGEST) {
            return start;
        }
        add(start, end);
        return end + 2;
    }

    /** The end of LaTeX that begins at a command: commands with their groups, numbers, operators and single letters. */
    private int bareEnd(int from) {
        int i = from;
        int end = from;
        int limit = Math.min(text.length(), from + LONGEST);
        while (i < limit) {
            int next = bareStep(i);
            if (next == i) {
                break;
            }
            end = Character.isWhitespace(text.charAt(i)) ? end : next;
            i = next;
        }
        return trimmed(from, end);
    }

    private int trimmed(int from, int end) {
        int last = end;
        while (last > from && ".,;:!=+-*/<>&^_".indexOf(text.charAt(last - 1)) >= 0) {
            last--;
        }
        return last;
    }

    private int bareStep(int i) {
        char c = text.charAt(i);
        if (c == '\\') {
            return command(i);
        }
        if (c == '{' || c == '(') {
            int close = brackets.closing(i);
            return close < 0 ? i : close + 1;
        }
        if (Character.isLetter(c)) {
            boolean single = !letterAt(i + 1) && !(i > 0 && letterAt(i - 1) && text.charAt(i - 1) != '\\');
            return single ? i + 1 : i;
        }
        return c < 128 && c != '$' && c != '\n' && c != '"' && c != '}' && c != ')' && c != ']' ? i + 1 : i;
    }

    private int command(int i) {
        int end = i + 1;
        while (end < text.length() && asciiLetter(text.charAt(end))) {
            end++;
        }
        if (end > i + 1) {
            String name = text.substring(i + 1, end);
            return name.equals("begin") ? environment(i) : Commands.known(name) ? end : i;
        }
        return end < text.length() && "()[]".indexOf(text.charAt(end)) < 0 ? end + 1 : i;
    }

    private int environment(int i) {
        int end = environments.from(i);
        int close = end < 0 ? -1 : braces.from(end);
        return close < 0 ? i : close + 1;
    }

    private boolean letterAt(int i) {
        return i < text.length() && Character.isLetter(text.charAt(i));
    }

    private static boolean asciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private void add(int start, int end) {
        found.add(new Piece(text.substring(start, end).strip(), start, end));
    }
}
