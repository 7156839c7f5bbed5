package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Rational;
import java.math.BigInteger;
import java.util.Optional;

/** The bases of numerals, in digits or in words. */
final class Bases {
    private static final int LEAST_IN_WORDS = 2;
    private static final int MOST_IN_WORDS = 16;

    private Bases() {}

    /** The base that a subscript names: at most two digits, or a word from two to sixteen. */
    static Optional<Integer> named(String subscript) {
        if (subscript.matches("[0-9]{1,2}")) {
            return Optional.of(Integer.parseInt(subscript));
        }
        if (!subscript.matches("[A-Za-z]+")) {
            return Optional.empty();
        }
        return SpokenNumbers.read(subscript)
                .filter(Rational::isInteger)
                .map(Rational::numerator)
                .map(BigInteger::intValueExact)
                .filter(base -> base >= LEAST_IN_WORDS && base <= MOST_IN_WORDS);
    }
}
