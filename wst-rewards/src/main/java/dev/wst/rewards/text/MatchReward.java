package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import java.util.Locale;
import java.util.function.BiPredicate;

/**
 * 1 if the text matches the task's reference, 0 otherwise; unscored where the reference is blank.
 *
 * <pre>{@code
 * RewardFunction reward = MatchReward.contained();
 * }</pre>
 */
public final class MatchReward implements RewardFunction {
    private final String kind;
    private final BiPredicate<String, String> matches;
    private final ScoredText side;

    private MatchReward(String kind, BiPredicate<String, String> matches, ScoredText side) {
        this.kind = kind;
        this.matches = matches;
        this.side = side;
    }

    private static MatchReward of(String kind, BiPredicate<String, String> matches) {
        return new MatchReward(kind, matches, ScoredText.ANSWER);
    }

    /** The text is the reference, character for character. */
    public static MatchReward verbatim() {
        return of("verbatim", String::equals);
    }

    /** The text is the reference; case and white space at the ends and between words do not count. */
    public static MatchReward exact() {
        return of("exact", (text, reference) -> plain(text).equals(plain(reference)));
    }

    /**
     * The text is the reference after SQuAD's normalisation: case, punctuation, the articles a, an and the, and white space do
     * not count (exact match in Rajpurkar et al., arXiv 1606.05250, section 6.1). A reference of which nothing is left matches
     * nothing.
     */
    public static MatchReward normalised() {
        return of("normalised", (text, reference) -> {
            String wanted = SquadText.normalise(reference);
            return !wanted.isEmpty() && SquadText.normalise(text).equals(wanted);
        });
    }

    /**
     * The text contains the reference somewhere, within words too, case and white space as in {@link #exact()}; a long answer
     * that names everything matches too.
     */
    public static MatchReward contained() {
        return of("contained", (text, reference) -> plain(text).contains(plain(reference)));
    }

    /** The same on another text of the attempt. */
    public MatchReward on(ScoredText text) {
        return new MatchReward(kind, matches, text);
    }

    /**
     * The same on what follows the last marker in the text, for students that work before they answer; a text without the
     * marker matches nothing.
     *
     * @param marker such as {@code "Answer:"}; not blank
     */
    public MatchReward after(String marker) {
        if (marker.isBlank()) {
            throw new IllegalArgumentException("the marker before the answer must not be blank");
        }
        return new MatchReward(
                kind + " after \"" + marker + "\"",
                (text, reference) -> {
                    int at = text.lastIndexOf(marker);
                    return at >= 0 && matches.test(text.substring(at + marker.length()), reference);
                },
                side);
    }

    /** @throws IllegalArgumentException if the task has no reference */
    @Override
    public void check(Task task) {
        References.of(task);
    }

    /** @throws IllegalArgumentException if the task has no reference */
    @Override
    public Reward score(Attempt attempt) {
        String reference = References.of(attempt.task());
        return reference.isBlank()
                ? Reward.unscored(
                        "the reference of task " + attempt.task().id() + " is blank, which says nothing of a text")
                : Reward.of(matches.test(side.of(attempt), reference) ? 1 : 0);
    }

    static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "MatchReward[" + kind + " on " + side + "]";
    }
}
