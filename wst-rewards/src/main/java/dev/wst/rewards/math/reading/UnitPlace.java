package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.List;

/** Where a unit stands: after a number, or over or under the line of a fraction that comes after one. */
final class UnitPlace {
    private UnitPlace() {}

    /** Whether it is what comes after these tokens. */
    static boolean isAfter(List<Lexeme> tokens) {
        return isNumber(tokens, tokens.size() - 1) || isNumber(tokens, beforeFraction(tokens));
    }

    private static boolean isNumber(List<Lexeme> tokens, int at) {
        return at >= 0 && tokens.get(at).kind() == Kind.NUMBER;
    }

    /** The place before the fraction whose numerator or denominator has just begun; -1 where none has. */
    private static int beforeFraction(List<Lexeme> tokens) {
        int brace = tokens.size() - 1;
        if (brace < 1 || !tokens.get(brace).is("{")) {
            return -1;
        }
        int numerator = brace;
        if (tokens.get(brace - 1).is("}")) {
            while (numerator > 0 && !tokens.get(numerator - 1).is("{")) {
                numerator--;
            }
            numerator--;
        }
        return numerator > 0 && tokens.get(numerator - 1).isCommand("frac") ? numerator - 2 : -1;
    }
}
