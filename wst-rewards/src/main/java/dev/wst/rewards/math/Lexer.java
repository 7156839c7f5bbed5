package dev.wst.rewards.math;

import dev.wst.rewards.math.Commands.Command;
import dev.wst.rewards.math.Commands.Role;
import dev.wst.rewards.math.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits an answer, LaTeX or plain, into tokens. */
final class Lexer {
    private static final int MOST_TOKENS = 3000;
    private static final String CURRENCIES = "$\u20AC\u00A3\u00A5\u20B9\u00A2";
    private static final String SUPERSCRIPTS = "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";

    private final String text;
    private final Brackets brackets;
    private final Reading reading;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int depth;
    private boolean spaced;

    private Lexer(String text, Reading reading) {
        this.text = text;
        this.brackets = Brackets.of(text);
        this.reading = reading;
    }

    /** The tokens of a text whose wrapping is off; the last is of kind END. */
    static List<Token> tokens(String text, Reading reading) {
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
        } else if (c < 128 && Character.isLetter(c)) {
            letters();
        } else {
            character(c);
        }
    }

    private void number() {
        NumeralReader reader = new NumeralReader(text, at, reading, depth == 0);
        add(Kind.NUMBER, reader.numeral());
        at = reader.end();
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
            case '\\' -> add(Kind.SYMBOL, "\\\\");
            case '{', '}' -> bracket("\\" + next, next == '{');
            case '%' -> add(Kind.SYMBOL, "%");
            case '|' -> add(Kind.SYMBOL, "|");
            case '!' -> {}
            default -> spaced = true;
        }
    }

    private void named(String name) {
        Command command = Commands.of(name);
        switch (command.role()) {
            case TEXT -> textCommand();
            case STYLE -> style(name);
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

    /** Styled content is read as if it stood bare, unless it is a word. */
    private void style(String name) {
        if (name.equals("overline") && repeating()) {
            return;
        }
        int from = at;
        String content = group();
        if (content == null || content.isEmpty()) {
            return;
        }
        boolean word =
                content.length() > 1 && content.chars().allMatch(c -> Character.isLetter(c) || c == ' ' || c == '-');
        if (word
                && !name.equals("overline")
                && !name.equals("vec")
                && !name.equals("boxed")
                && !name.startsWith("over")) {
            new TextRun(content, tokens).addWords(this);
        } else {
            at = from;
        }
    }

    /** {@code 0.\overline{3}} becomes the numeral 0.(3). */
    private boolean repeating() {
        if (tokens.isEmpty()) {
            return false;
        }
        Token last = tokens.get(tokens.size() - 1);
        int from = at;
        String period = group();
        boolean decimal = last.kind() == Kind.NUMBER && !spaced && last.text().indexOf('.') >= 0;
        if (decimal && period != null && !period.isEmpty() && period.chars().allMatch(c -> isDigit((char) c))) {
            tokens.set(tokens.size() - 1, new Token(Kind.NUMBER, last.text() + "(" + period + ")", last.spaced()));
            return true;
        }
        at = from;
        return false;
    }

    private void textCommand() {
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
        add(name.equals("begin") ? Kind.BEGIN : Kind.END_OF, environment.replace("*", ""));
    }

    /** Reads a group in braces and returns what is inside; null, and nothing is read, if none stands here. */
    private @Nullable String group() {
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
        new LetterRun(run, tokens, spaced, nextAfter(end)).addTo(this);
        at = end;
    }

    private char nextAfter(int end) {
        int i = end;
        while (charAt(i) == ' ' && i < text.length()) {
            i++;
        }
        return charAt(i);
    }

    private void character(char c) {
        Command meaning = Commands.of(String.valueOf(c));
        at++;
        if (meaning.role() == Role.SYMBOL) {
            add(Kind.SYMBOL, meaning.text());
        } else if (meaning.role() == Role.NAME) {
            add(Kind.NAME, meaning.text());
        } else if (CURRENCIES.indexOf(c) >= 0) {
            spaced = true;
        } else if (c == '\u221A') {
            add(Kind.COMMAND, "sqrt");
        } else if (SUPERSCRIPTS.indexOf(c) >= 0) {
            superscripts(c);
        } else if ("([{".indexOf(c) >= 0) {
            bracket(String.valueOf(c), true);
        } else if (")]}".indexOf(c) >= 0) {
            bracket(String.valueOf(c), false);
        } else {
            operator(c);
        }
    }

    private void superscripts(char first) {
        StringBuilder digits = new StringBuilder().append(SUPERSCRIPTS.indexOf(first));
        while (SUPERSCRIPTS.indexOf(charAt(at)) >= 0) {
            digits.append(SUPERSCRIPTS.indexOf(charAt(at++)));
        }
        add(Kind.SYMBOL, "^");
        add(Kind.NUMBER, digits.toString());
    }

    private void operator(char c) {
        char next = charAt(at);
        if ((c == '<' && next == '=')
                || (c == '>' && next == '=')
                || (c == '!' && next == '=')
                || (c == '=' && next == '=')) {
            at++;
            add(Kind.SYMBOL, c == '<' ? "\u2264" : c == '>' ? "\u2265" : c == '!' ? "\u2260" : "=");
        } else if (c == '*' && next == '*') {
            at++;
            add(Kind.SYMBOL, "^");
        } else if (c == '+' && next == '-' && charAt(at + 1) != ' ') {
            at++;
            add(Kind.SYMBOL, "\u00B1");
        } else if ("+-*/^_!%,;:=<>|&'@".indexOf(c) >= 0) {
            add(Kind.SYMBOL, String.valueOf(c));
        } else if ("\u00BD\u2153\u2154\u00BC\u00BE".indexOf(c) >= 0) {
            vulgar("\u00BD\u2153\u2154\u00BC\u00BE".indexOf(c));
        } else {
            add(Kind.WORD, String.valueOf(c));
        }
    }

    private void vulgar(int which) {
        add(Kind.COMMAND, "frac");
        add(Kind.NUMBER, "11213".substring(which, which + 1));
        add(Kind.NUMBER, "23344".substring(which, which + 1));
    }

    private void bracket(String symbol, boolean opens) {
        depth += opens ? 1 : -1;
        add(Kind.SYMBOL, symbol);
    }

    void addSpace() {
        spaced = true;
    }

    void add(Kind kind, String content) {
        tokens.add(new Token(kind, content, spaced));
        spaced = false;
    }

    private char charAt(int i) {
        return i >= 0 && i < text.length() ? text.charAt(i) : ' ';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
