package dev.wst.rewards.math.finding;

/** Finds the next place of a mark in a text. Asked from left to right, it searches every part of the text once. */
final class Ends {
    private final String text;
    private final String mark;
    private int asked;
    private int next;

    Ends(String text, String mark) {
        this.text = text;
        this.mark = mark;
        this.next = text.indexOf(mark);
    }

    /** The first place at or after {@code from}; -1 if there is none. */
    int from(int from) {
        if (from < asked || (next >= 0 && next < from)) {
            next = text.indexOf(mark, from);
        }
        asked = from;
        return next;
    }
}
