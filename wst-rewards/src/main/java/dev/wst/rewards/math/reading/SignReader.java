package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.reading.Commands.Command;
import dev.wst.rewards.math.reading.Commands.Role;
import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.text.Normalizer;
import java.util.List;

/** Reads single signs: operators, brackets, currencies, roots, raised and lowered digits, fractions in one character. */
final class SignReader {
    /** What may stand behind an amount of money. */
    static final String AFTER_AMOUNT = " ,;)]}";

    /** Signs that do not count; those of dollars and cents do, since one is a hundred of the other. */
    private static final String CURRENCIES = "\u20AC\u00A3\u00A5\u20B9";

    private final Lexer lexer;
    private final List<Lexeme> tokens;

    /** @param tokens the tokens so far */
    SignReader(Lexer lexer, List<Lexeme> tokens) {
        this.lexer = lexer;
        this.tokens = tokens;
    }

    /** Reads a sign that was just passed. */
    void read(char c) {
        Command meaning = Commands.of(String.valueOf(c));
        if (meaning.role() == Role.SYMBOL) {
            lexer.add(Kind.SYMBOL, meaning.text());
        } else if (meaning.role() == Role.NAME) {
            lexer.add(Kind.NAME, meaning.text());
        } else if (c == '&' && lexer.inLayout()) {
            lexer.addSpace();
        } else if (c == '$') {
            dollar();
        } else if (c == '\u00A2') {
            lexer.add(Kind.WORD, String.valueOf(c));
        } else if (CURRENCIES.indexOf(c) >= 0) {
            lexer.addSpace();
        } else if ("\u221A\u221B\u221C".indexOf(c) >= 0) {
            root(2 + "\u221A\u221B\u221C".indexOf(c));
        } else if (Scripts.isRaised(c)) {
            script("^", Scripts.raised(lexer.text(), lexer.at() - 1));
        } else if (Scripts.isLowered(c)) {
            script("_", Scripts.lowered(lexer.text(), lexer.at() - 1));
        } else if ("([{".indexOf(c) >= 0) {
            lexer.bracket(String.valueOf(c), true);
        } else if (")]}".indexOf(c) >= 0) {
            lexer.bracket(String.valueOf(c), false);
        } else {
            operator(c);
        }
    }

    /** The sign after an amount; before one, the amount adds it. */
    private void dollar() {
        boolean amount = !tokens.isEmpty() && tokens.get(tokens.size() - 1).kind() == Kind.NUMBER;
        if (amount && AFTER_AMOUNT.indexOf(lexer.nextAfter(lexer.at())) >= 0) {
            lexer.add(Kind.WORD, "$");
        } else {
            lexer.addSpace();
        }
    }

    private void root(int degree) {
        lexer.add(Kind.COMMAND, "sqrt");
        if (degree > 2) {
            lexer.add(Kind.SYMBOL, "[");
            lexer.add(Kind.NUMBER, String.valueOf(degree));
            lexer.add(Kind.SYMBOL, "]");
        }
    }

    private void script(String mark, String plain) {
        lexer.moveTo(lexer.at() + plain.length() - 1);
        lexer.add(Kind.SYMBOL, mark);
        lexer.add(Kind.SYMBOL, "{");
        lexer.addAll(plain);
        lexer.add(Kind.SYMBOL, "}");
    }

    private void operator(char c) {
        char next = lexer.charAt(lexer.at());
        if ((c == '<' && next == '=')
                || (c == '>' && next == '=')
                || (c == '!' && next == '=')
                || (c == '=' && next == '=')) {
            lexer.moveTo(lexer.at() + 1);
            lexer.add(Kind.SYMBOL, c == '<' ? "\u2264" : c == '>' ? "\u2265" : c == '!' ? "\u2260" : "=");
        } else if (c == '*' && next == '*') {
            lexer.moveTo(lexer.at() + 1);
            lexer.add(Kind.SYMBOL, "^");
        } else if (c == '+' && next == '-' && lexer.charAt(lexer.at() + 1) != ' ') {
            lexer.moveTo(lexer.at() + 1);
            lexer.add(Kind.SYMBOL, "\u00B1");
        } else if ("+-*/^_!%,;:=<>|&'@".indexOf(c) >= 0) {
            lexer.add(Kind.SYMBOL, String.valueOf(c));
        } else if (Character.getType(c) == Character.OTHER_NUMBER) {
            vulgar(c);
        } else {
            boolean word = c == '.' || Scripts.isWritten(c);
            lexer.add(word ? Kind.WORD : Kind.SYMBOL, String.valueOf(c));
        }
    }

    /** A fraction in one character; another number sign, as a digit in a circle, is left as it is and means nothing. */
    private void vulgar(char c) {
        String[] parts =
                Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC).split("\u2044", -1);
        if (parts.length != 2 || parts[1].isEmpty()) {
            lexer.add(Kind.SYMBOL, String.valueOf(c));
            return;
        }
        lexer.add(Kind.COMMAND, "frac");
        lexer.add(Kind.SYMBOL, "{");
        lexer.add(Kind.NUMBER, parts[0]);
        lexer.add(Kind.SYMBOL, "}");
        lexer.add(Kind.SYMBOL, "{");
        lexer.add(Kind.NUMBER, parts[1]);
        lexer.add(Kind.SYMBOL, "}");
    }
}
