package dev.wst.rewards.guard;

import java.util.List;

/**
 * A number that a text states, or an arithmetic expression that it spells out.
 *
 * @param operands the numbers of the expression; of a plain number itself
 */
record Mention(Quantity value, int start, int end, Kind kind, List<Quantity> operands) {
    enum Kind {
        DIGITS,
        WORDS,
        ORDINAL,
        ARITHMETIC
    }
}
