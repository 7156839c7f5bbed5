package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what is set in a style. It is read as if it stood bare, unless it is a word, a unit or a repeating decimal. */
final class StyledRun {
    private static final Set<String> LINES =
            Set.of("overline", "overrightarrow", "vec", "bar", "hat", "widehat", "tilde", "boxed");
    private static final String BAR = "\u0304";
    private static final Pattern BRACKETED = Pattern.compile("\\([a-zA-Z]\\)");
    private static final Pattern SPACES = Pattern.compile("~|\\\\[,;:! ]");

    private final Lexer lexer;
    private final List<Lexeme> tokens;

    /** @param tokens the tokens so far */
    StyledRun(Lexer lexer, List<Lexeme> tokens) {
        this.lexer = lexer;
        this.tokens = tokens;
    }

    /** Reads what a command just passed is applied to. */
    void read(String name) {
        if (name.equals("overline") && repeating()) {
            return;
        }
        int from = lexer.at();
        String content = lexer.group();
        boolean barred = name.equals("overline") || name.equals("bar");
        if (barred && content == null && Lexer.isLetter(lexer.nextAfter(lexer.at()))) {
            int letter = lexer.text().indexOf(lexer.nextAfter(lexer.at()), lexer.at());
            lexer.moveTo(letter + 1);
            lexer.add(Kind.NAME, lexer.charAt(letter) + BAR);
            return;
        }
        if (content == null || content.isEmpty()) {
            return;
        }
        String bare = SPACES.matcher(content).replaceAll(" ").strip();
        boolean single = bare.length() == 1 && Lexer.isLetter(bare.charAt(0));
        boolean word = bare.length() > 1 && bare.chars().allMatch(c -> Character.isLetter(c) || c == ' ' || c == '-');
        boolean bracketed = barred && BRACKETED.matcher(bare).matches();
        if ((single && barred) || bracketed) {
            lexer.add(Kind.NAME, (bracketed ? bare.substring(1, 2) : bare) + BAR);
        } else if (isUprightUnit(bare, !bare.equals(content)) || (word && !LINES.contains(name))) {
            new TextRun(bare, tokens).addWords(lexer);
        } else if (single) {
            lexer.add(Kind.NAME, bare);
        } else {
            lexer.moveTo(from);
        }
    }

    /** Units are set upright, after a number, a space or "km/": a lone letter there is one. */
    private boolean isUprightUnit(String content, boolean spacedOff) {
        if (tokens.isEmpty() || !List.of(content.split("/", -1)).stream().allMatch(Units::known)) {
            return false;
        }
        Lexeme last = tokens.get(tokens.size() - 1);
        Kind beforeLast = tokens.get(Math.max(0, tokens.size() - 2)).kind();
        boolean per = last.is("/") && (beforeLast == Kind.TEXT || beforeLast == Kind.WORD);
        return spacedOff || per || UnitPlace.isAfter(tokens);
    }

    /** {@code 0.\overline{3}} becomes the numeral 0.(3). */
    private boolean repeating() {
        if (tokens.isEmpty()) {
            return false;
        }
        Lexeme last = tokens.get(tokens.size() - 1);
        int from = lexer.at();
        String period = lexer.group();
        boolean decimal =
                last.kind() == Kind.NUMBER && !lexer.isSpaced() && last.text().indexOf('.') >= 0;
        if (decimal && period != null && !period.isEmpty() && period.chars().allMatch(c -> Lexer.isDigit((char) c))) {
            tokens.set(tokens.size() - 1, new Lexeme(Kind.NUMBER, last.text() + "(" + period + ")", last.spaced()));
            return true;
        }
        lexer.moveTo(from);
        return false;
    }
}
