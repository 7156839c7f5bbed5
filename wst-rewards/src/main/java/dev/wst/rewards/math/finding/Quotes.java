package dev.wst.rewards.math.finding;

/** Takes off what typists put around an answer: quotes, emphasis, a final stop. */
public final class Quotes {
    private static final String[] MARKS = {"**", "`", "\""};

    private final String text;
    private int from;
    private int to;

    private Quotes(String text) {
        this.text = text;
        this.to = text.length();
    }

    /** The bare text, cut out once however many marks are around it. */
    public static String stripped(String text) {
        Quotes quotes = new Quotes(text);
        quotes.strip();
        return text.substring(quotes.from, quotes.to);
    }

    private void strip() {
        int before;
        stripSpaces();
        do {
            before = to - from;
            if (to > from && ".,;:".indexOf(text.charAt(to - 1)) >= 0) {
                to--;
                stripSpaces();
            }
            for (String mark : MARKS) {
                stripMark(mark);
            }
        } while (to - from < before);
    }

    private void stripMark(String mark) {
        if (to - from >= mark.length() && text.startsWith(mark, from)) {
            from += mark.length();
        }
        if (to - from >= mark.length() && text.startsWith(mark, to - mark.length())) {
            to -= mark.length();
        }
        stripSpaces();
    }

    private void stripSpaces() {
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        while (to > from && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
    }
}
