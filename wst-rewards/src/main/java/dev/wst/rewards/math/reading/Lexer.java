package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.reading.Commands.Command;
import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Splits an answer, LaTeX or plain, into tokens. */
final class Lexer {
    private static final int MOST_TOKENS = 3000;
    private static final int LOOK_AHEAD = 16;
    /** Environments that only place what is in them. */
    private static final Set<String> LAYOUTS = Set.of(
            "aligned",
            "align",
            "alignat",
            "equation",
            "gather",
            "gathered",
            "split",
            "multline",
            "displaymath",
            "math",
            "center");

    private final String text;
    private final Brackets brackets;
    private final CommaReading reading;
    private final List<Lexeme> tokens = new ArrayList<>();
    private final SignReader signs = new SignReader(this, tokens);
    private int at;
    private int depth;
    private int layouts;
    private boolean spaced;

    private Lexer(String text, CommaReading reading) {
        this.text = text;
        this.brackets = Brackets.of(text);
        this.reading = reading;
    }

    /** The tokens of a text whose wrapping is off; the last is of kind END. */
    static List<Lexeme> tokens(String text, CommaReading reading) {
        Lexer lexer = new Lexer(text, reading);
        while (lexer.at < text.length()) {
            lexer.step();
            if (lexer.tokens.size() > MOST_TOKENS) {
                throw new Budget.Exhausted("more than " + MOST_TOKENS + " symbols");
            }
        }
        lexer.add(Kind.END, "");
        return lexer.tokens;
    }

    private void step() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c) || c == '~' || c == '\u200B') {
            spaced |= c != '\u200B';
            at++;
        } else if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
            number();
        } else if (c == '\\') {
            command();
        } else if (isLetter(c)) {
            letters();
        } else {
            at++;
            signs.read(c);
        }
    }

    private void number() {
        boolean dollars = before(at) == '$';
        NumeralReader reader = new NumeralReader(text, at, reading, depth == 0);
        add(Kind.NUMBER, reader.numeral());
        at = reader.end();
        if (dollars && SignReader.AFTER_AMOUNT.indexOf(nextAfter(at)) >= 0) {
            add(Kind.WORD, "$");
        }
    }

    private void command() {
        char next = charAt(at + 1);
        if (!isLetter(next)) {
            escaped(next);
            return;
        }
        int end = at + 1;
        while (isLetter(charAt(end))) {
            end++;
        }
        String name = text.substring(at + 1, end);
        if (!Commands.known(name)) {
            String prefix = knownPrefix(name);
            end -= name.length() - prefix.length();
            name = prefix;
        }
        at = end;
        named(name);
    }

    /** A space command typed together with what follows, as in {@code \quadx_2}; else the whole name. */
    private static String knownPrefix(String name) {
        for (String known : List.of("qquad", "quad", "cdot", "times", "cup", "pi", "infty")) {
            if (name.startsWith(known)) {
                return known;
            }
        }
        return name;
    }

    private void escaped(char next) {
        at += 2;
        switch (next) {
            case '\\' -> endOfRow();
            case '{', '}' -> bracket("\\" + next, next == '{');
            case '%' -> add(Kind.SYMBOL, "%");
            case '|' -> add(Kind.SYMBOL, "|");
            case '!' -> {}
            default -> spaced = true;
        }
    }

    /** Within a layout, a row that begins with an equals sign goes on with the last. */
    private void endOfRow() {
        int next = at;
        while (charAt(next) == '&' || (Character.isWhitespace(charAt(next)) && next < text.length())) {
            next++;
        }
        if (layouts > 0 && charAt(next) == '=') {
            spaced = true;
        } else {
            add(Kind.SYMBOL, "\\\\");
        }
    }

    private void named(String name) {
        Command command = Commands.of(name);
        switch (command.role()) {
            case TEXT -> words();
            case STYLE -> new StyledRun(this, tokens).read(name);
            case SPACE -> space(name);
            case ENVIRONMENT -> environment(name);
            case IGNORED -> group();
            case STRUCTURE -> add(Kind.COMMAND, command.text());
            case FUNCTION -> add(Kind.FUNCTION, command.text());
            case SYMBOL -> symbolCommand(command.text());
            case NAME -> add(Kind.NAME, command.text());
            case UNKNOWN -> add(Kind.NAME, "\\" + name);
        }
    }

    private void symbolCommand(String symbol) {
        switch (symbol) {
            case "(", "[", "\\{" -> bracket(symbol, true);
            case ")", "]", "\\}" -> bracket(symbol, false);
            default -> add(Kind.SYMBOL, symbol);
        }
    }

    private void space(String name) {
        if (name.equals("hspace") || name.equals("vspace") || name.equals("phantom")) {
            group();
        } else if ((name.equals("left") || name.equals("right")) && charAt(at) == '.') {
            at++;
        }
        spaced = true;
    }

    private void words() {
        String content = group();
        if (content != null) {
            new TextRun(content, tokens).addTo(this);
        }
    }

    private void environment(String name) {
        String environment = group();
        if (environment == null) {
            return;
        }
        if (environment.equals("array") && name.equals("begin")) {
            group();
        }
        String bare = environment.replace("*", "");
        if (LAYOUTS.contains(bare)) {
            layouts += name.equals("begin") ? 1 : -1;
            spaced = true;
        } else {
            add(name.equals("begin") ? Kind.BEGIN : Kind.END_OF, bare);
        }
    }

    /** Reads a group in braces and returns what is inside; null, and nothing is read, if none stands here. */
    @Nullable
    String group() {
        int open = at;
        while (charAt(open) == ' ' && open < text.length()) {
            open++;
        }
        if (charAt(open) != '{') {
            return null;
        }
        int close = brackets.closing(open);
        if (close < 0) {
            return null;
        }
        at = close + 1;
        return text.substring(open + 1, close);
    }

    private void letters() {
        int end = at;
        while (isLetter(charAt(end))) {
            end++;
        }
        String run = text.substring(at, end);
        new LetterRun(run, tokens, spaced, following(end)).addTo(this);
        at = end;
    }

    /** The next character that is no space; a space at the end of the text. */
    char nextAfter(int end) {
        return following(end).charAt(0);
    }

    /** The next characters that are no space, a few of them; one space at the end of the text. */
    private String following(int end) {
        int i = end;
        while (charAt(i) == ' ' && i < text.length()) {
            i++;
        }
        return i >= text.length() ? " " : text.substring(i, Math.min(text.length(), i + LOOK_AHEAD));
    }

    /** The last character before a place that is no space; a space if there is none. */
    private char before(int place) {
        int i = place - 1;
        while (i >= 0 && Character.isWhitespace(text.charAt(i))) {
            i--;
        }
        return charAt(i);
    }

    void bracket(String symbol, boolean opens) {
        depth += opens ? 1 : -1;
        add(Kind.SYMBOL, symbol);
    }

    /** Adds what a text with a number in it says. */
    void addAll(String content) {
        for (Lexeme token : tokens(content, reading)) {
            if (token.kind() != Kind.END) {
                add(token.kind(), token.text());
            }
        }
    }

    void addSpace() {
        spaced = true;
    }

    boolean isSpaced() {
        return spaced;
    }

    /** Where the reading stands. */
    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    String text() {
        return text;
    }

    /** Within a layout, signs that only place rows and columns mean nothing. */
    boolean inLayout() {
        return layouts > 0;
    }

    void add(Kind kind, String content) {
        tokens.add(new Lexeme(kind, content, spaced));
        spaced = false;
    }

    /** The character at a place; a space beyond the ends. */
    char charAt(int i) {
        return i >= 0 && i < text.length() ? text.charAt(i) : ' ';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
