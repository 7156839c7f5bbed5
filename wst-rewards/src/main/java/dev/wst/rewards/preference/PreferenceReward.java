package dev.wst.rewards.preference;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.student.ChatCall;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The score of a preference model, in deviations from the mean of the training's replies. Of a long
 * reply the first 8000 bytes of UTF-8 are read, in training as well. Unscored where the embedding model fails.
 *
 * <p>Only differences of scores mean anything, and questions differ in what they let a reply score. So take what the
 * instruction added to the same student's answer without one:
 *
 * <pre>{@code
 * RewardFunction reward = Rewards.of(PreferenceReward.of(preferenceModel))
 *         .minusBaseline(StudentAccess.of(student, executor));
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
        float[][] features;
        try {
            features = model.features(List.of(text(attempt)));
        } catch (RuntimeException e) {
            // The client may throw anything; what it says is the reason.
            return Reward.unavailable("the embedding model failed: " + ChatCall.failure(e));
        }
        return Reward.of(model.scores(features)[0]);
    }

    /** Embeds the batch at once; where that fails each attempt alone, so that none takes the others with it. */
    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        float[][] features;
        try {
            features =
                    model.features(attempts.stream().map(PreferenceReward::text).toList());
        } catch (RuntimeException e) {
            return RewardFunction.super.scoreAll(attempts);
        }
        double[] scores = model.scores(features);
        return CompletableFuture.completedFuture(
                Arrays.stream(scores).mapToObj(Reward::of).toList());
    }

    private static Embedder.Text text(Attempt attempt) {
        return new Embedder.Text(attempt.task().prompt(), attempt.answer().text());
    }

    @Override
    public String toString() {
        return "PreferenceReward[" + model + "]";
    }
}
