package dev.wst.rewards.math;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The bases of numerals, in digits or in words. */
final class NumberWords {
    private static final List<String> SMALL = List.of(
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen");

    private NumberWords() {}

    /** The base that a subscript names: at most two digits, or a word from two to sixteen. */
    static Optional<Integer> base(String subscript) {
        int word = SMALL.indexOf(subscript.toLowerCase(Locale.ROOT));
        if (word >= 0) {
            return Optional.of(word + 2);
        }
        return subscript.matches("[0-9]{1,2}") ? Optional.of(Integer.parseInt(subscript)) : Optional.empty();
    }
}
