package dev.wst.rewards.text;

import dev.wst.Reward;
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

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException if it is no regular expression of java.util.regex */
    static BoundedPattern of(String regex) {
        try {
            return new BoundedPattern(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression: " + regex + ": " + e.getDescription(), e);
        }
    }

    /** @throws GivenUpException if it would take too long or too deep a search to tell */
    boolean test(String text, Predicate<Matcher> search) {
        try {
            return search.test(pattern.matcher(MeteredText.of(text, MOST_READS)));
        } catch (MeteredText.SpentException e) {
            throw new GivenUpException("the expression " + pattern + " was given up after " + MOST_READS + " steps");
        } catch (StackOverflowError e) {
            // java.util.regex recurses for every turn of some groups; the stack is whole again by now.
            throw new GivenUpException("the expression " + pattern + " nests too deeply in this text");
        }
    }

    /** 1, 0 or, where the search was given up, unscored. */
    Reward score(String text, Predicate<Matcher> search) {
        try {
            return Reward.of(test(text, search) ? 1 : 0);
        } catch (GivenUpException e) {
            return Reward.unscored(String.valueOf(e.getMessage()));
        }
    }
}
