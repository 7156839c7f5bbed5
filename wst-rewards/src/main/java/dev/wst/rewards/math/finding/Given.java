package dev.wst.rewards.math.finding;

import java.util.List;

/**
 * Picks the last number or formula that a text gives: one that is not denied, and does not stand in brackets that end a
 * sentence or paragraph which gives another, as in "$18 (rounded to 2 places)" or "18 dollars [2]".
 */
final class Given {
    private Given() {}

    /** The index of that piece; -1 if the last is denied and its sentence gives no other. */
    static int last(String text, List<Piece> pieces) {
        int index = outside(text, pieces);
        if (index < 0 || !Denials.of(text, pieces.get(index))) {
            return index;
        }
        int start = Sentences.start(text, pieces.get(index).start());
        while (index >= 0 && Denials.of(text, pieces.get(index))) {
            index--;
        }
        return index >= 0 && pieces.get(index).start() >= start ? index : -1;
    }

    private static int outside(String text, List<Piece> pieces) {
        int index = pieces.size() - 1;
        int open = index < 0 ? -1 : aside(text, pieces.get(index));
        if (open < 0) {
            return index;
        }
        int before = index;
        while (before >= 0 && pieces.get(before).end() > open) {
            before--;
        }
        int start = Sentences.start(text, open);
        boolean alone = text.substring(start, open).isBlank();
        boolean other = before >= 0 && (alone || pieces.get(before).start() >= start);
        return other ? before : index;
    }

    /** Where the brackets around a piece open, if a blank stands before them and nothing in the sentence behind; else -1. */
    private static int aside(String text, Piece piece) {
        int close = closing(text, piece.end());
        if (close < 0 || !isEnd(text, close + 1)) {
            return -1;
        }
        int depth = 0;
        for (int i = close; i > 0 && text.charAt(i) != '\n'; i--) {
            char c = text.charAt(i);
            depth += c == ')' || c == ']' ? 1 : c == '(' || c == '[' ? -1 : 0;
            if (depth == 0) {
                boolean aside = Character.isWhitespace(text.charAt(i - 1)) && i < piece.start();
                boolean result = goesOn(text, piece.start())
                        && text.substring(piece.end(), close).isBlank();
                return aside && !result && !goesOn(text, i) ? i : -1;
            }
        }
        return -1;
    }

    /** Whether an operator stands before a place, so that the brackets, or what they end in, are the result or a factor. */
    private static boolean goesOn(String text, int at) {
        int before = at - 1;
        while (before > 0 && (Character.isWhitespace(text.charAt(before)) || text.charAt(before) == '$')) {
            before--;
        }
        return before >= 0 && "=+-*/^<>".indexOf(text.charAt(before)) >= 0;
    }

    private static int closing(String text, int from) {
        int depth = 0;
        for (int i = from; i < text.length() && text.charAt(i) != '\n'; i++) {
            char c = text.charAt(i);
            if ((c == ')' || c == ']') && depth-- == 0) {
                return i;
            }
            depth += c == '(' || c == '[' ? 1 : 0;
        }
        return -1;
    }

    private static boolean isEnd(String text, int at) {
        int end = Sentences.end(text, at);
        return text.substring(at, end).chars().noneMatch(Character::isLetterOrDigit)
                && text.substring(at, end).indexOf('=') < 0;
    }
}
