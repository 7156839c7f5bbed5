package dev.wst.rewards.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.function.Predicate;

/**
 * 1 if a regular expression matches the text, 0 otherwise. The search takes time in proportion to the text, whatever the
 * expression, and the same text gets the same verdict always: expressions are those of RE2 (Java's without back-references,
 * look-ahead and look-behind, atomic groups and possessive quantifiers; {@code \\d}, {@code \\w}, {@code \\s} and
 * {@code \\b} know ASCII only, {@code \\p{L}} all letters; {@code $} is the very end). What another engine would have to
 * search for by trying is refused when the reward is made.
 *
 * <pre>{@code
 * RewardFunction format = RegexReward.matching("(?s)<think>.*</think>\\s*<answer>.*</answer>");
 * }</pre>
 */
public final class RegexReward implements RewardFunction {
    private final String kind;
    private final Pattern pattern;
    private final Predicate<Matcher> search;
    private final ScoredText side;

    private RegexReward(String kind, Pattern pattern, Predicate<Matcher> search, ScoredText side) {
        this.kind = kind;
        this.pattern = pattern;
        this.search = search;
        this.side = side;
    }

    /**
     * The whole text matches.
     *
     * @throws IllegalArgumentException if it is no regular expression of RE2
     */
    public static RegexReward matching(String regex) {
        return new RegexReward("matching", LinearPattern.of(regex), Matcher::matches, ScoredText.ANSWER);
    }

    /**
     * Some part of the text matches.
     *
     * @throws IllegalArgumentException if it is no regular expression of RE2
     */
    public static RegexReward finding(String regex) {
        return new RegexReward("finding", LinearPattern.of(regex), Matcher::find, ScoredText.ANSWER);
    }

    /** The same on another text of the attempt. */
    public RegexReward on(ScoredText text) {
        return new RegexReward(kind, pattern, search, text);
    }

    @Override
    public Reward score(Attempt attempt) {
        return Reward.of(search.test(pattern.matcher(side.of(attempt))) ? 1 : 0);
    }

    @Override
    public String toString() {
        return "RegexReward[" + kind + " " + pattern + " on " + side + "]";
    }
}
