package dev.wst.rewards.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A regular expression that is searched for in time proportional to the text. */
final class LinearPattern {
    private LinearPattern() {}

    /** @throws IllegalArgumentException if it is no regular expression of RE2 */
    static Pattern of(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression that can be searched for in linear time (RE2: no back-references, no"
                            + " look-ahead or look-behind, no possessive quantifiers): " + regex + ": "
                            + e.getDescription(),
                    e);
        }
    }
}
