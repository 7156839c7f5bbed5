package dev.wst.rewards.math.finding;

/** Tells where the sentences of a text begin and end: at line breaks, and at full stops and their kin before a blank. */
final class Sentences {
    private Sentences() {}

    /** Where the sentence that holds the character at a place begins. */
    static int start(String text, int at) {
        int start = Math.min(at, text.length());
        while (start > 0 && !endsAt(text, start - 1)) {
            start--;
        }
        return start;
    }

    /** Where the sentence that goes on at a place ends, its full stop not included. */
    static int end(String text, int at) {
        int end = at;
        while (end < text.length() && !endsAt(text, end)) {
            end++;
        }
        return end;
    }

    private static boolean endsAt(String text, int at) {
        char c = text.charAt(at);
        boolean stop = c == '.' || c == '!' || c == '?';
        return c == '\n' || (stop && (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1))));
    }
}
