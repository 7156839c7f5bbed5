package dev.wst.rewards.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a text: a numeral, a word, or one other character.
 *
 * @param text in lower case; for an ordinal such as {@code 18th} the digits
 * @param start where it begins in the text
 * @param end where it ends, exclusive
 */
record Token(Kind kind, String text, int start, int end) {
    private static final Pattern PIECE = Pattern.compile(
            "(?<ordinal>\\d+)(?:st|nd|rd|th)\\b"
                    + "|(?<numeral>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?!\\d)|\\d+(?:\\.\\d+)?|(?<![\\d.])\\.\\d+)"
                    + "|(?<word>\\p{L}+(?:'\\p{L}+)?)|(?<other>\\S)",
            Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_NUMERAL = 60;

    enum Kind {
        NUMERAL,
        ORDINAL,
        WORD,
        OTHER
    }

    /** The tokens of a text, white space left out. */
    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            Kind kind = kind(matcher);
            String found = kind == Kind.ORDINAL ? matcher.group("ordinal") : matcher.group();
            tokens.add(new Token(kind, found.toLowerCase(Locale.ROOT), matcher.start(), matcher.end()));
        }
        return tokens;
    }

    private static Kind kind(Matcher matcher) {
        boolean shortEnough = matcher.end() - matcher.start() <= LONGEST_NUMERAL;
        if (matcher.group("ordinal") != null && shortEnough) {
            return Kind.ORDINAL;
        }
        if (matcher.group("numeral") != null && shortEnough) {
            return Kind.NUMERAL;
        }
        return matcher.group("word") != null ? Kind.WORD : Kind.OTHER;
    }

    boolean is(String other) {
        return text.equals(other);
    }
}
