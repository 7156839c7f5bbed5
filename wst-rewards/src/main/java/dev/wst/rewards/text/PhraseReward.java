package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * 1 if the text contains at least one of the given phrases as whole words, 0 otherwise; case and the amount of white space do
 * not count. It looks at no reference.
 *
 * <pre>{@code
 * RewardFunction polite = PhraseReward.oneOf("please", "thank you");
 * }</pre>
 */
public final class PhraseReward implements RewardFunction {
    private final List<String> phrases;
    private final ScoredText side;

    private PhraseReward(List<String> phrases, ScoredText side) {
        this.phrases = phrases;
        this.side = side;
    }

    /**
     * Looks for any of these.
     *
     * @param phrases at least one, different, none blank
     */
    public static PhraseReward oneOf(String... phrases) {
        Set<String> plain = new LinkedHashSet<>();
        for (String phrase : phrases) {
            if (phrase.isBlank() || !plain.add(MatchReward.plain(phrase))) {
                throw new IllegalArgumentException("phrases must be different and not blank, got " + List.of(phrases));
            }
        }
        if (plain.isEmpty()) {
            throw new IllegalArgumentException("at least one phrase is needed");
        }
        return new PhraseReward(List.copyOf(plain), ScoredText.ANSWER);
    }

    /** The same on another text of the attempt. */
    public PhraseReward on(ScoredText text) {
        return new PhraseReward(phrases, text);
    }

    @Override
    public Reward score(Attempt attempt) {
        String plain = MatchReward.plain(side.of(attempt));
        return Reward.of(phrases.stream().anyMatch(phrase -> contains(plain, phrase)) ? 1 : 0);
    }

    private static boolean contains(String text, String phrase) {
        for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
            if (isEdge(text, at) && isEdge(text, at + phrase.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether no word runs across this place. */
    private static boolean isEdge(String text, int at) {
        return at == 0
                || at == text.length()
                || !Words.isPartOfWord(text.codePointBefore(at))
                || !Words.isPartOfWord(text.codePointAt(at));
    }

    @Override
    public String toString() {
        return "PhraseReward" + phrases + " on " + side;
    }
}
