package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;

/**
 * 1 if a regular expression matches the text, 0 otherwise. A search that backtracks without end is given up after 20 million
 * steps or when it nests too deeply for the stack; such a text does not match, since otherwise a failure could be made
 * unscored by writing one. The part {@code given_up} is 1 there and 0 elsewhere: where it is not rare, mend the expression.
 *
 * <p>The steps counted are looks at a character. Each group and each alternative is made to look at one, so that an
 * expression which tries all combinations of matching nothing, as {@code (a?|b?)} forty times in a row, ends too; those in
 * comments mode ({@code (?x)}) are left as they are.
 *
 * <pre>{@code
 * RewardFunction format = RegexReward.matching("(?s)<think>.*</think>\\s*<answer>.*</answer>");
 * }</pre>
 */
public final class RegexReward implements RewardFunction {
    private final BoundedPattern pattern;
    private final Predicate<Matcher> search;
    private final ScoredText side;

    private RegexReward(BoundedPattern pattern, Predicate<Matcher> search, ScoredText side) {
        this.pattern = pattern;
        this.search = search;
        this.side = side;
    }

    /**
     * The whole text matches.
     *
     * @throws IllegalArgumentException if it is no regular expression of java.util.regex
     */
    public static RegexReward matching(String regex) {
        return new RegexReward(BoundedPattern.of(regex), Matcher::matches, ScoredText.ANSWER);
    }

    /**
     * Some part of the text matches.
     *
     * @throws IllegalArgumentException if it is no regular expression of java.util.regex
     */
    public static RegexReward finding(String regex) {
        return new RegexReward(BoundedPattern.of(regex), Matcher::find, ScoredText.ANSWER);
    }

    /** The same on another text of the attempt. */
    public RegexReward on(ScoredText text) {
        return new RegexReward(pattern, search, text);
    }

    @Override
    public Reward score(Attempt attempt) {
        return pattern.score(side.of(attempt), search);
    }
}
