package dev.wst.rewards.math.finding;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells an amount from a bound of it or from something computed from it: "at least 5", "5 or more", "> 5", "half of 5" and
 * "5 percent of 40" do not say 5. What a sentence that begins so says is all of it.
 */
final class Bounds {
    private static final String SIGN =
            "[<>\u2264\u2265\u2260\u2A7D\u2A7E]=?|\\\\(?:[lg](?:e|eq|t|eqslant)|neq?)(?!\\p{L})";
    private static final String BOUND = "(?:(?:no|any|every|some)(?:thing|one)?\\s)?(?:" + Filling.NUMBER + "\\s)?"
            + "(?:\\p{L}+er|more|less) than(?: or equal to)?"
            + "|at (?:the )?(?:very )?(?:least|most)|up to|(?:some|any)(?:where|thing)? (?:over|under|above|below)"
            + "|over|under|above|below|beyond|exceed(?:s|ing)|in excess of|minimum of|maximum of"
            + "|(?:(?:some|any)where |in )?between(?: " + Filling.NUMBER + " and)?|either(?: " + Filling.NUMBER
            + " or)?|one of";
    private static final String PART = "(?:half|twice|thrice|double|triple)(?: of)?"
            + "|(?:\\p{L}+[\\s-]){0,2}?(?:roots?|squares?|cubes?|multiples?|divisors?|factors?|factorial|reciprocal|inverse"
            + "|opposite|logarithm|powers?|fractions?|percent|percentage|half|halves|thirds?|quarters?|\\p{L}+ths?) of"
            + "|(?:sum|difference|product|quotient|ratio|average|mean) (?:of|between) \\S+ and"
            + "|" + Filling.NUMBER + "\\s(?:times|plus|minus|divided by|multiplied by|percent of)";

    private static final Pattern BEFORE = Pattern.compile(
            "[\\s*_#]*+" + Filling.ANY + "(?:" + SIGN + "|(?:" + BOUND + "|" + PART + ")(?!\\p{L}))[\\s,*_:]*+"
                    + Filling.ANY + "[$\\\\(\\[{*_\\s]*+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NOTHING =
            Pattern.compile("[\\s*_#(]*+" + Filling.ANY + "[$\\\\(\\[{*_\\s]*+", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEHIND = Pattern.compile(
            "[$\\\\)\\]}*_]*+(?:(?:[ -]\\p{L}+){0,2}?,?\\s(?:or\\s(?:more|less|fewer|greater)|(?:or|and)\\s(?:higher|lower"
                    + "|above|below|over|under|up|upwards?|beyond))(?!\\p{L})"
                    + "|(?:[ -]\\p{L}+){0,2}?,?\\sat (?:least|most)(?!\\p{L})"
                    + "|\\+(?=\\s*(?:$|[.,;!?)$\\\\*]|\\p{L}{2}))"
                    + "|(?:(?<=%)| percent) of [$\\\\]*\\d"
                    + "|\\s(?:times|plus|minus|divided by|multiplied by|(?:\\p{L}+er|more|less) than) [$\\\\]*\\d)",
            Pattern.CASE_INSENSITIVE);

    /** What something computed comes to: "18 plus 5, which is 23", "18% of 50 = 9". */
    private static final Pattern RESULT = Pattern.compile(
            "(?:=|\\b(?:is|are|equals?|makes?|gives?|namely)\\b|,\\s*or\\b)[\\s*_]*+([-$\\\\]*+\\d\\S*+)",
            Pattern.CASE_INSENSITIVE);

    private Bounds() {}

    /**
     * What is said by a sentence that begins with a bound of the piece or with something computed from it, or with the piece
     * and a bound: what this comes to if it tells, else all of it. Empty if it begins otherwise.
     */
    static Optional<String> said(String text, Piece piece) {
        int line = Sentences.start(text, piece.start());
        int start = line > 0 && text.startsWith("> ", line) ? line + 2 : line;
        String before = text.substring(start, piece.start());
        boolean bounded = BEFORE.matcher(before).matches()
                || (NOTHING.matcher(before).matches()
                        && BEHIND.matcher(text)
                                .region(piece.end(), text.length())
                                .useTransparentBounds(true)
                                .lookingAt());
        return bounded
                ? Optional.of(result(text.substring(start, Sentences.end(text, piece.end())), piece.end() - start))
                : Optional.empty();
    }

    private static String result(String sentence, int from) {
        String said = sentence.strip();
        Matcher result = RESULT.matcher(sentence).region(from, sentence.length());
        while (result.find()) {
            said = Quotes.stripped(result.group(1));
        }
        return said;
    }
}
