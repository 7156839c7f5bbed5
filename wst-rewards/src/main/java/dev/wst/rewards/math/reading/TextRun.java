package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides what the content of a text command is: a choice, a separator, a sign, a number, a function, or words. */
final class TextRun {
    private static final Pattern CHOICE = Pattern.compile("\\(?(\\p{L})\\)?[.:]?");

    /** A number, with nothing or words after it; the time of a day is none. */
    private static final Pattern AMOUNT =
            Pattern.compile("-?\\$?(?:\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)(?:\\s*%|\\s+\\p{L}[\\p{L} ]*)?");

    private final String content;
    private final List<Lexeme> before;

    /** @param before the tokens so far */
    TextRun(String content, List<Lexeme> before) {
        this.content = content.strip();
        this.before = before;
    }

    void addTo(Lexer lexer) {
        Matcher choice = CHOICE.matcher(content);
        if (choice.matches() && !isUnit(content)) {
            lexer.add(Kind.NAME, choice.group(1));
        } else {
            addWords(lexer);
        }
    }

    /** The same for content that is no choice. */
    void addWords(Lexer lexer) {
        String lower = withoutStops(content.toLowerCase(Locale.ROOT));
        if (lower.isEmpty()) {
            lexer.addSpace();
        } else if (lower.equals("and") || lower.equals("or") || lower.equals("and/or")) {
            lexer.add(Kind.SEPARATOR, lower);
        } else if (lower.equals("mod") || lower.equals("modulo")) {
            lexer.add(Kind.SYMBOL, "mod");
        } else if (Units.isPercent(lower)) {
            lexer.add(Kind.SYMBOL, "%");
        } else if (Units.isDegree(lower)) {
            lexer.add(Kind.SYMBOL, "\u00B0");
        } else if (AMOUNT.matcher(lower).matches()) {
            lexer.addAll(lower);
        } else if (Commands.isFunction(lower) && !isUnit(lower)) {
            lexer.add(Kind.FUNCTION, lower);
        } else {
            lexer.add(Kind.TEXT, content);
        }
    }

    /** A minute, not a minimum: after a number, words that are a unit are one. */
    private boolean isUnit(String words) {
        return UnitPlace.isAfter(before) && Units.known(words);
    }

    private static String withoutStops(String words) {
        String bare = !words.isEmpty() && ",;.".indexOf(words.charAt(0)) >= 0
                ? words.substring(1).strip()
                : words;
        return !bare.isEmpty() && ",;.:".indexOf(bare.charAt(bare.length() - 1)) >= 0
                ? bare.substring(0, bare.length() - 1).strip()
                : bare;
    }
}
