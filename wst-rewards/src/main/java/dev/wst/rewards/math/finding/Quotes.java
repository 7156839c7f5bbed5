package dev.wst.rewards.math.finding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes off what typists put around an answer: quotes, emphasis, a final stop. */
public final class Quotes {
    private static final String[] MARKS = {"**", "`", "\""};

    /** An exclamation mark behind the end of a formula or emphasis is no factorial. */
    private static final Pattern BEHIND_MARK = Pattern.compile("(?:[$*`\"]|\\\\[)\\]])\\s*!{1,9}$");

    /** In prose it is none behind a word or behind a numeral that is all there is. */
    private static final Pattern BEHIND_WORD = Pattern.compile("(?:\\p{L}{2}|^[-$\\\\]*[\\d.,]{1,40}%?)\\s*!{1,9}$");

    private static final int LOUDEST = 12;

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

    /** What stands in a sentence, bare: "5!" is said loudly there, but 4! + 5! is a sum. */
    public static String spoken(String text) {
        String bare = stripped(text);
        Matcher loud = BEHIND_WORD.matcher(bare);
        return loud.find() ? stripped(bare.substring(0, bare.indexOf('!', loud.start()))) : bare;
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
            Matcher loud = BEHIND_MARK.matcher(text).region(Math.max(from, to - LOUDEST), to);
            if (loud.useTransparentBounds(true).find()) {
                to = text.indexOf('!', loud.start());
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
