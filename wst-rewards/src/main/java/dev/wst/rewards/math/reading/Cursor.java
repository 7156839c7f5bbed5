package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.List;

/** A place in a list of tokens, and how deep the reading is nested there. */
final class Cursor {
    private final List<Lexeme> tokens;
    private final Budget budget;
    private int at;
    private int depth;
    private boolean inBars;

    /** @param budget pays for what is read */
    Cursor(List<Lexeme> tokens, Budget budget) {
        this.tokens = tokens;
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    Lexeme peek() {
        return tokens.get(at);
    }

    Lexeme peek(int ahead) {
        return tokens.get(Math.max(0, Math.min(at + ahead, tokens.size() - 1)));
    }

    Lexeme next() {
        Lexeme token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    boolean accept(String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String symbol) {
        if (!accept(symbol)) {
            throw new Unreadable();
        }
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    /** Splits the next token, a number of several digits, so that its first digit stands alone: {@code \frac12}. */
    Lexeme nextDigit() {
        Lexeme number = next();
        String digits = number.text();
        if (digits.length() > 1) {
            at--;
            tokens.set(at, new Lexeme(Kind.NUMBER, digits.substring(1), false));
        }
        return new Lexeme(Kind.NUMBER, digits.substring(0, 1), number.spaced());
    }

    /** Whether a bar closes what another has opened. */
    boolean inBars() {
        return inBars;
    }

    /** Tells whether a bar would close; returns what held before. */
    boolean setInBars(boolean closes) {
        boolean before = inBars;
        inBars = closes;
        return before;
    }

    /** Goes one level deeper. */
    void enter() {
        if (++depth > Budget.DEEPEST) {
            throw new Budget.Exhausted("nested more than " + Budget.DEEPEST + " deep");
        }
    }

    void leave() {
        depth--;
    }

    /** The text is no formula. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable() {
            super("not a formula", null, false, false);
        }
    }
}
