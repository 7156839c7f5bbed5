package dev.wst.rewards.math;

import dev.wst.rewards.math.reading.SpokenNumbers;

/**
 * English numerals in words. For whoever looks for numbers in a text; {@link Equivalence} reads them by itself.
 *
 * <pre>{@code
 * String digits = NumberWords.inDigits("Add two hundred forty to three quarters.");    // "Add 240 to 3/4."
 * }</pre>
 */
public final class NumberWords {
    private NumberWords() {}

    /** A text with each numeral that has words in it, as long as it goes, in digits; a fraction with a slash. */
    public static String inDigits(String text) {
        return SpokenNumbers.inDigits(text);
    }
}
