package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template's source into tokens, white space around tags taken away as trim_blocks, lstrip_blocks and the signs say. */
final class Lexer {
    private static final Pattern OPEN = Pattern.compile("\\{([{%#])([-+]?)");
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(?:-%\\}\\s*|%\\})");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\}\\n?)");
    private static final Pattern END_COMMENT = Pattern.compile("\\+#\\}|-#\\}\\s*|#\\}\\n?");
    private static final Pattern END_TAG = Pattern.compile("\\+%\\}|-%\\}\\s*|%\\}\\n?");
    private static final Pattern END_OUTPUT = Pattern.compile("-\\}\\}\\s*|\\}\\}");
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern FLOAT = Pattern.compile(
            "(?<!\\.)(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile("0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern STRING = Pattern.compile(
            "'([^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'|\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,;]");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean lineStarts = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String lines = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        Matcher open = OPEN.matcher(source);
        while (at < source.length()) {
            if (!open.find(at)) {
                data(source.substring(at), source.length());
                break;
            }
            char kind = open.group(1).charAt(0);
            data(stripped(source.substring(at, open.start()), open.group(2), kind == '{'), open.start());
            Matcher raw = matcher(RAW, open.start());
            if (raw.lookingAt()) {
                advance(raw.end());
                raw();
            } else if (kind == '#') {
                advance(open.end());
                advance(find(END_COMMENT, "a comment").end());
            } else {
                add(kind == '{' ? Token.Kind.OUTPUT_BEGIN : Token.Kind.TAG_BEGIN, open.group());
                advance(open.end());
                words(kind == '{' ? END_OUTPUT : END_TAG, kind == '{');
            }
        }
        add(Token.Kind.END, "");
    }

    /** Text before a tag without the white space that the tag takes away. */
    private String stripped(String text, String sign, boolean beforeOutput) {
        int from = text.length();
        if (sign.equals("-")) {
            while (from > 0 && Characters.isSpace(text.charAt(from - 1))) {
                from--;
            }
        } else if (!sign.equals("+") && !beforeOutput) {
            int start = text.lastIndexOf('\n') + 1;
            if ((start > 0 || lineStarts) && text.substring(start).chars().allMatch(Characters::isSpace)) {
                from = start;
            }
        }
        return text.substring(0, from);
    }

    private void data(String text, int end) {
        if (!text.isEmpty()) {
            add(Token.Kind.DATA, text);
        }
        advance(end);
    }

    private void raw() {
        Matcher end = find(END_RAW, "a raw block");
        data(stripped(source.substring(at, end.start()), end.group(1), false), end.start());
        advance(end.end());
    }

    private Matcher find(Pattern pattern, String what) {
        Matcher matcher = pattern.matcher(source);
        if (!matcher.find(at)) {
            throw TemplateException.syntax(line, what + " has no end");
        }
        return matcher;
    }

    private Matcher matcher(Pattern pattern, int from) {
        return pattern.matcher(source).region(from, source.length()).useTransparentBounds(true);
    }

    private void advance(int end) {
        for (int i = at; i < end; i++) {
            if (source.charAt(i) == '\n') {
                line++;
            }
        }
        lineStarts = end > at ? source.charAt(end - 1) == '\n' : lineStarts;
        at = end;
    }

    private void add(Token.Kind kind, String value) {
        tokens.add(new Token(kind, value, line));
    }

    private void words(Pattern end, boolean output) {
        Deque<String> open = new ArrayDeque<>();
        while (true) {
            Matcher closing = matcher(end, at);
            if (open.isEmpty() && closing.lookingAt()) {
                add(output ? Token.Kind.OUTPUT_END : Token.Kind.TAG_END, "");
                advance(closing.end());
                return;
            }
            if (!word(open)) {
                throw TemplateException.syntax(
                        line,
                        at == source.length()
                                ? "a tag has no end"
                                : "unexpected char '" + Character.toString(source.codePointAt(at)) + "'");
            }
        }
    }

    private boolean word(Deque<String> open) {
        Matcher m = matcher(SPACE, at);
        if (m.lookingAt()) {
            advance(m.end());
            return true;
        }
        if (m.usePattern(FLOAT).lookingAt()) {
            add(Token.Kind.FLOAT, m.group().replace("_", ""));
        } else if (m.usePattern(INTEGER).lookingAt()) {
            add(Token.Kind.INTEGER, m.group().replace("_", ""));
        } else if (m.usePattern(NAME).lookingAt()) {
            add(Token.Kind.NAME, m.group());
        } else if (m.usePattern(STRING).lookingAt()) {
            add(Token.Kind.STRING, Literals.string(m.group(1) != null ? m.group(1) : m.group(2), line));
        } else if (m.usePattern(OPERATOR).lookingAt()) {
            balance(m.group(), open);
            add(Token.Kind.OPERATOR, m.group());
        } else {
            return false;
        }
        advance(m.end());
        return true;
    }

    private void balance(String operator, Deque<String> open) {
        switch (operator) {
            case "(" -> open.push(")");
            case "[" -> open.push("]");
            case "{" -> open.push("}");
            case ")", "]", "}" -> {
                if (open.isEmpty() || !open.pop().equals(operator)) {
                    throw TemplateException.syntax(line, "unexpected '" + operator + "'");
                }
            }
            default -> {}
        }
    }
}
