package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.Locale;
import java.util.function.BiPredicate;

/**
 * 1 if the answer matches the task's reference, 0 otherwise. Case and white space at the ends and between words do not
 * count.
 *
 * <pre>{@code
 * RewardFunction reward = MatchReward.contained();
 * }</pre>
 */
public final class MatchReward implements RewardFunction {
    private final BiPredicate<String, String> matches;

    private MatchReward(BiPredicate<String, String> matches) {
        this.matches = matches;
    }

    /** The answer is the reference. */
    public static MatchReward exact() {
        return new MatchReward(String::equals);
    }

    /** The answer contains the reference somewhere; a long answer that names everything matches too. */
    public static MatchReward contained() {
        return new MatchReward(String::contains);
    }

    /** @throws IllegalArgumentException if the task has no reference */
    @Override
    public Reward score(Attempt attempt) {
        return Reward.of(matches.test(plain(attempt.answer().text()), plain(reference(attempt))) ? 1 : 0);
    }

    static String reference(Attempt attempt) {
        return attempt.task()
                .reference()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "task " + attempt.task().id()
                                        + " has no reference answer to compare with; give it one or use a reward that needs none"));
    }

    static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
