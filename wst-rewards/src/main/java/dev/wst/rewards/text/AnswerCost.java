package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A penalty for each token of the student's answer: as a part of a reward it trains a teacher whose student is as good and
 * cheaper. The part {@code tokens} keeps their number.
 *
 * <pre>{@code
 * RewardFunction reward = Rewards.sum()
 *         .add("right", MathReward.gsm8k())
 *         .add("cost", AnswerCost.perToken(0.001));     // 100 tokens fewer are worth a tenth of a right answer
 * }</pre>
 *
 * <p>Begin with so small a penalty that no saving makes up for a wrong answer, or the shortest answer of all is learned. Unscored
 * where the student does not report its tokens: an answer that nobody counted is not free.
 */
public final class AnswerCost implements RewardFunction {
    private final double penalty;

    private AnswerCost(double penalty) {
        this.penalty = penalty;
    }

    /**
     * Minus the penalty times the tokens that the student reported to have written.
     *
     * @param penalty positive
     */
    public static AnswerCost perToken(double penalty) {
        if (!(penalty > 0) || Double.isInfinite(penalty)) {
            throw new IllegalArgumentException("the penalty for a token must be a positive number, got " + penalty);
        }
        return new AnswerCost(penalty);
    }

    @Override
    public Reward score(Attempt attempt) {
        OptionalInt tokens = LengthUnit.TOKENS.length(attempt, ScoredText.ANSWER);
        return tokens.isPresent()
                ? Reward.of(-penalty * tokens.getAsInt(), Map.of("tokens", (double) tokens.getAsInt()))
                : LengthReward.uncounted(ScoredText.ANSWER);
    }

    @Override
    public String toString() {
        return "AnswerCost[" + penalty + " a token]";
    }
}
