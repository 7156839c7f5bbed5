package dev.wst.rewards.math;

import dev.wst.rewards.math.Commands.Command;
import dev.wst.rewards.math.Commands.Role;
import dev.wst.rewards.math.Token.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Splits an answer, LaTeX or plain, into tokens. */
final class Lexer {
    private static final int MOST_TOKENS = 3000;
    private static final int LOOK_AHEAD = 16;
    /** Signs that do not count; those of dollars and cents do, since one is a hundred of the other. */
    private static final String CURRENCIES = "\u20AC\u00A3\u00A5\u20B9";

    private static final String AFTER_AMOUNT = " ,;)]}";

    private static final Set<String> LINES =
            Set.of("overline", "overrightarrow", "vec", "bar", "hat", "widehat", "tilde", "boxed");
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

    private static final String BAR = "\u0304";
    private static final Pattern SPACES = Pattern.compile("~|\\\\[,;:! ]");

    private final String text;
    private final Brackets brackets;
    private final Reading reading;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int depth;
    private int layouts;
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
        } else if (isLetter(c)) {
            letters();
        } else {
            character(c);
        }
    }

    private void number() {
        boolean dollars = before(at) == '$';
        NumeralReader reader = new NumeralReader(text, at, reading, depth == 0);
        add(Kind.NUMBER, reader.numeral());
        at = reader.end();
        if (dollars && AFTER_AMOUNT.indexOf(nextAfter(at)) >= 0) {
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
        boolean barred = name.equals("overline") || name.equals("bar");
        if (barred && content == null && isLetter(nextAfter(at))) {
            at = text.indexOf(nextAfter(at), at) + 1;
            add(Kind.NAME, text.charAt(at - 1) + BAR);
            return;
        }
        if (content == null || content.isEmpty()) {
            return;
        }
        String bare = SPACES.matcher(content).replaceAll(" ").strip();
        boolean single = bare.length() == 1 && isLetter(bare.charAt(0));
        boolean word = bare.length() > 1 && bare.chars().allMatch(c -> Character.isLetter(c) || c == ' ' || c == '-');
        if (single && barred) {
            add(Kind.NAME, bare + BAR);
        } else if (isUprightUnit(bare, !bare.equals(content)) || (word && !LINES.contains(name))) {
            new TextRun(bare, tokens).addWords(this);
        } else if (single) {
            add(Kind.NAME, bare);
        } else {
            at = from;
        }
    }

    /** Units are set upright, after a number, a space or "km/": a lone letter there is one. */
    private boolean isUprightUnit(String content, boolean spacedOff) {
        if (tokens.isEmpty() || !List.of(content.split("/", -1)).stream().allMatch(Units::known)) {
            return false;
        }
        Token last = tokens.get(tokens.size() - 1);
        Kind beforeLast = tokens.get(Math.max(0, tokens.size() - 2)).kind();
        boolean per = last.is("/") && (beforeLast == Kind.TEXT || beforeLast == Kind.WORD);
        return spacedOff || per || last.kind() == Kind.NUMBER;
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
        String bare = environment.replace("*", "");
        if (LAYOUTS.contains(bare)) {
            layouts += name.equals("begin") ? 1 : -1;
            spaced = true;
        } else {
            add(name.equals("begin") ? Kind.BEGIN : Kind.END_OF, bare);
        }
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
        new LetterRun(run, tokens, spaced, following(end)).addTo(this);
        at = end;
    }

    private char nextAfter(int end) {
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

    private void character(char c) {
        Command meaning = Commands.of(String.valueOf(c));
        at++;
        if (meaning.role() == Role.SYMBOL) {
            add(Kind.SYMBOL, meaning.text());
        } else if (meaning.role() == Role.NAME) {
            add(Kind.NAME, meaning.text());
        } else if (c == '&' && layouts > 0) {
            spaced = true;
        } else if (c == '$') {
            dollar();
        } else if (c == '\u00A2') {
            add(Kind.WORD, String.valueOf(c));
        } else if (CURRENCIES.indexOf(c) >= 0) {
            spaced = true;
        } else if ("\u221A\u221B\u221C".indexOf(c) >= 0) {
            root(2 + "\u221A\u221B\u221C".indexOf(c));
        } else if (Scripts.isRaised(c)) {
            script("^", Scripts.raised(text, at - 1));
        } else if (Scripts.isLowered(c)) {
            script("_", Scripts.lowered(text, at - 1));
        } else if ("([{".indexOf(c) >= 0) {
            bracket(String.valueOf(c), true);
        } else if (")]}".indexOf(c) >= 0) {
            bracket(String.valueOf(c), false);
        } else {
            operator(c);
        }
    }

    /** The sign after an amount; before one, the amount adds it. */
    private void dollar() {
        boolean amount = !tokens.isEmpty() && tokens.get(tokens.size() - 1).kind() == Kind.NUMBER;
        if (amount && AFTER_AMOUNT.indexOf(nextAfter(at)) >= 0) {
            add(Kind.WORD, "$");
        } else {
            spaced = true;
        }
    }

    private void root(int degree) {
        add(Kind.COMMAND, "sqrt");
        if (degree > 2) {
            add(Kind.SYMBOL, "[");
            add(Kind.NUMBER, String.valueOf(degree));
            add(Kind.SYMBOL, "]");
        }
    }

    private void script(String mark, String plain) {
        at += plain.length() - 1;
        add(Kind.SYMBOL, mark);
        add(Kind.SYMBOL, "{");
        addAll(plain);
        add(Kind.SYMBOL, "}");
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
        } else if (Character.getType(c) == Character.OTHER_NUMBER) {
            vulgar(c);
        } else {
            boolean word = c == '.' || Scripts.isWritten(c);
            add(word ? Kind.WORD : Kind.SYMBOL, String.valueOf(c));
        }
    }

    /** A fraction in one character; another number sign, as a digit in a circle, is left as it is and means nothing. */
    private void vulgar(char c) {
        String[] parts =
                Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC).split("\u2044", -1);
        if (parts.length != 2 || parts[1].isEmpty()) {
            add(Kind.SYMBOL, String.valueOf(c));
            return;
        }
        add(Kind.COMMAND, "frac");
        add(Kind.SYMBOL, "{");
        add(Kind.NUMBER, parts[0]);
        add(Kind.SYMBOL, "}");
        add(Kind.SYMBOL, "{");
        add(Kind.NUMBER, parts[1]);
        add(Kind.SYMBOL, "}");
    }

    private void bracket(String symbol, boolean opens) {
        depth += opens ? 1 : -1;
        add(Kind.SYMBOL, symbol);
    }

    /** Adds what a text with a number in it says. */
    void addAll(String content) {
        for (Token token : tokens(content, reading)) {
            if (token.kind() != Kind.END) {
                add(token.kind(), token.text());
            }
        }
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
