package dev.wst.rewards.guard;

/**
 * An answer that an instruction gives away.
 *
 * @param kind in which form
 * @param text the piece of the instruction
 */
public record Leak(Kind kind, String text) {

    /** The forms that are found. */
    public enum Kind {
        /** A numeral: {@code 18}, {@code 18.00}, {@code 1,800}. */
        DIGITS,
        /** Number words: "eighteen", "a dozen", "two and a half", "eighteenth". */
        WORDS,
        /** Arithmetic with a number that is not the question's: {@code 17+1}, "half of 36", "one more than 17". */
        ARITHMETIC,
        /** A formula equal to the answer: {@code \frac{28}{6}} for {@code \frac{14}{3}}. */
        EXPRESSION,
        /** The answer's own text, as a whole token or phrase. */
        TEXT,
        /** Sign by sign or in another notation: "e-i-g-h-t", "1 8", "one then eight", {@code 0x12}, XVIII. */
        SPELLED,
        /** Any of these read from right to left. */
        REVERSED,
        /** Any of these in base64. */
        BASE64,
        /** None of these was found, but not all of the instruction could be read. */
        UNREAD
    }
}
