package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Words;
import dev.wst.rewards.math.algebra.Rational;
import java.util.List;
import java.util.Optional;

/** Reads the text of an answer into a tree. */
public final class Answers {
    /** Longer texts are not read as formulas. */
    static final int LONGEST = 12_000;

    private static final int LONGEST_ALONE = 400;
    private static final int CHARACTERS_PER_UNIT = 20;

    private Answers() {}

    /**
     * The tree of an answer under one reading of its commas; {@link Words} if it is no formula.
     *
     * @param budget pays for reading it
     */
    public static Node read(String unwrapped, CommaReading reading, Budget budget) {
        if (unwrapped.length() > LONGEST) {
            throw new Budget.Exhausted("an answer of more than " + LONGEST + " characters");
        }
        budget.spend(1 + unwrapped.length() / CHARACTERS_PER_UNIT);
        Optional<Rational> spoken = SpokenNumbers.read(unwrapped);
        if (spoken.isPresent()) {
            return Node.Numeral.of(spoken.get());
        }
        List<Lexeme> tokens = Lexer.tokens(unwrapped, reading);
        if (tokens.size() == 1) {
            return new Words(unwrapped);
        }
        try {
            return AnswerParser.parse(tokens, budget);
        } catch (Cursor.Unreadable noFormula) {
            return new Words(unwrapped);
        }
    }

    /** Whether a text is one answer and nothing else: a formula, or a text command. What the budget cannot pay for is not. */
    public static boolean standsAlone(String text, Budget budget) {
        if (text.length() > LONGEST_ALONE || text.isBlank()) {
            return false;
        }
        String bare = Notation.unwrapped(text);
        if (bare.isEmpty()) {
            return false;
        }
        try {
            return !(read(bare, CommaReading.THOUSANDS, budget) instanceof Words)
                    || isTextCommand(bare)
                    || isDelimited(text);
        } catch (Budget.Exhausted | ArithmeticException tooMuch) {
            return false;
        }
    }

    private static boolean isDelimited(String text) {
        return text.length() > 2 && text.startsWith("$") && text.indexOf('$', 1) == text.length() - 1;
    }

    private static boolean isTextCommand(String text) {
        return (text.startsWith("\\text{") || text.startsWith("\\mbox{"))
                && Brackets.of(text).closing(text.indexOf('{')) == text.length() - 1;
    }
}
