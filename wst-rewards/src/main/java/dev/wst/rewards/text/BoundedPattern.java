package dev.wst.rewards.text;

import dev.wst.Reward;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression whose search ends, whatever the text. */
final class BoundedPattern {
    /** Reads of a character before a search is given up: about a quarter of a second. */
    static final long MOST_READS = 20_000_000L;

    /** The search was given up; the message says why. */
    static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUpException(String message) {
            super(message, null, false, false);
        }
    }

    /** Stands before an empty text, where there is nothing to look at; the dot does not see it either. */
    private static final String NOTHING = "\n";

    private final String regex;
    private final Pattern pattern;

    private BoundedPattern(String regex, Pattern pattern) {
        this.regex = regex;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException if it is no regular expression of java.util.regex */
    static BoundedPattern of(String regex) {
        try {
            Pattern written = Pattern.compile(regex);
            String metered = MeteredRegex.of(regex);
            return new BoundedPattern(regex, metered.equals(regex) ? written : Pattern.compile(metered));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression: " + regex + ": " + e.getDescription(), e);
        }
    }

    /** @throws GivenUpException if it would take too long or too deep a search to tell */
    boolean test(String text, Predicate<Matcher> search) {
        try {
            return search.test(matcher(text));
        } catch (MeteredText.SpentException e) {
            throw new GivenUpException("the expression " + regex + " was given up after " + MOST_READS + " steps");
        } catch (StackOverflowError e) {
            // java.util.regex recurses for every turn of some groups; the stack is whole again by now.
            throw new GivenUpException("the expression " + regex + " nests too deeply in this text");
        }
    }

    private Matcher matcher(String text) {
        return text.isEmpty()
                ? pattern.matcher(MeteredText.of(NOTHING, MOST_READS))
                        .region(1, 1)
                        .useTransparentBounds(true)
                : pattern.matcher(MeteredText.of(text, MOST_READS));
    }

    /** 1 or 0; 0 too, and the part {@code given_up} is 1, where the search was given up. */
    Reward score(String text, Predicate<Matcher> search) {
        try {
            return Reward.of(test(text, search) ? 1 : 0, Map.of("given_up", 0.0));
        } catch (GivenUpException e) {
            return Reward.of(0, Map.of("given_up", 1.0));
        }
    }
}
