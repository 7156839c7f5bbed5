package dev.wst.rewards.math.reading;

/**
 * Thins out the accents that stand on a letter by the thousand. A search for the end of a word walks over all of them from
 * every place between; no script needs more than a few.
 */
public final class Accents {
    private static final int MOST = 4;

    private Accents() {}

    /** The text with at most {@value #MOST} combining marks in a row. */
    public static String thinned(String text) {
        StringBuilder thin = null;
        int row = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            row = Character.getType(point) == Character.NON_SPACING_MARK ? row + 1 : 0;
            if (row > MOST && thin == null) {
                thin = new StringBuilder(text.length()).append(text, 0, i);
            } else if (row <= MOST && thin != null) {
                thin.append(text, i, next);
            }
            i = next;
        }
        return thin == null ? text : thin.toString();
    }
}
