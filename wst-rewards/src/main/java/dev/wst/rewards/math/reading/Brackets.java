package dev.wst.rewards.math.reading;

import java.util.Arrays;

/** Which bracket of a text closes which: each of the three kinds is counted by itself, escaped ones count not. */
public final class Brackets {
    private static final String OPENING = "{([";
    private static final String CLOSING = "})]";
    private static final int NONE = -1;

    private final int[] closing;

    private Brackets(int[] closing) {
        this.closing = closing;
    }

    /** Looks at every character once, so that asking for many brackets costs no more than asking for one. */
    public static Brackets of(CharSequence text) {
        // Until it is closed, an opening bracket holds the place of the one of its kind around it.
        int[] places = new int[text.length()];
        Arrays.fill(places, NONE);
        int[] innermost = {NONE, NONE, NONE};
        for (int at = 0; at < places.length; at++) {
            char c = text.charAt(at);
            int opened = OPENING.indexOf(c);
            int closed = CLOSING.indexOf(c);
            if (c == '\\') {
                at++;
            } else if (opened >= 0) {
                places[at] = innermost[opened];
                innermost[opened] = at;
            } else if (closed >= 0 && innermost[closed] >= 0) {
                int open = innermost[closed];
                innermost[closed] = places[open];
                places[open] = at;
            }
        }
        for (int unclosed : innermost) {
            forget(places, unclosed);
        }
        return new Brackets(places);
    }

    private static void forget(int[] places, int innermost) {
        int open = innermost;
        while (open >= 0) {
            int around = places[open];
            places[open] = NONE;
            open = around;
        }
    }

    /** Where the bracket at {@code open} is closed; -1 if it never is, or if no bracket opens there. */
    public int closing(int open) {
        return closing[open];
    }
}
