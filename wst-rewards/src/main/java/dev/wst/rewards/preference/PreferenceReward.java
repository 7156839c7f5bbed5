package dev.wst.rewards.preference;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.List;
import java.util.Objects;

/**
 * The score of a preference model, in deviations from the mean of the training's replies. Unscored where the embedding model
 * fails.
 *
 * <p>Only differences of scores mean anything, and questions differ in what they let a reply score. So take what the
 * instruction added to the same student's answer without one:
 *
 * <pre>{@code
 * RewardFunction reward = Rewards.of(PreferenceReward.of(model)).minusBaseline(StudentAccess.of(student, executor));
 * }</pre>
 */
public final class PreferenceReward implements RewardFunction {
    private final PreferenceModel model;

    private PreferenceReward(PreferenceModel model) {
        this.model = Objects.requireNonNull(model, "model");
    }

    /** The score of a model, which stays open. */
    public static PreferenceReward of(PreferenceModel model) {
        return new PreferenceReward(model);
    }

    @Override
    public Reward score(Attempt attempt) {
        double[] scores;
        try {
            scores = model.scores(List.of(
                    new Embedder.Text(attempt.task().prompt(), attempt.answer().text())));
        } catch (RuntimeException e) {
            return Reward.unscored("the embedding model failed: " + e);
        }
        return Reward.of(scores[0]);
    }
}
