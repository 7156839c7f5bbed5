package dev.wst.rewards.judge;

import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.WstException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A judge grades the answer by a rubric. The value is the score as a share of the scale: 0 the worst, 1 the best.
 *
 * <pre>{@code
 * RewardFunction reward = RubricReward.of(judge, Rubric.of("The answer is correct.").guidedByReference());
 * }</pre>
 *
 * <p>Parts: {@code score} on the rubric's own scale, {@code votes} that came, and {@code spread}, the greatest score among
 * them minus the least. An answer that is blank or nothing but thinking is not shown to the judge: it has the worst score,
 * and the part {@code blank} is 1 there and 0 elsewhere. Unscored where fewer votes came than the judge's options ask for.
 *
 * <p>Single scores are easier to inflate than comparisons, and drift between versions of a model; where a second answer is
 * at hand prefer {@link PairwiseReward}.
 */
public final class RubricReward implements RewardFunction {
    private final Judge judge;
    private final Rubric rubric;

    private RubricReward(Judge judge, Rubric rubric) {
        this.judge = Objects.requireNonNull(judge, "judge");
        this.rubric = Objects.requireNonNull(rubric, "rubric");
    }

    public static RubricReward of(Judge judge, Rubric rubric) {
        return new RubricReward(judge, rubric);
    }

    /** @throws IllegalArgumentException if the rubric is guided by a reference that the task does not have */
    @Override
    public Reward score(Attempt attempt) {
        return WstException.resultOf(begin(attempt));
    }

    /** All attempts are under way at once, as far as the judge's concurrency allows. */
    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        return RewardFunction.async(this::begin).scoreAll(attempts);
    }

    @Override
    public List<ModelCall> calls(Attempt attempt) {
        return judge.calls(rubric.brief(attempt.task(), attempt.answer().text()));
    }

    private CompletableFuture<Reward> begin(Attempt attempt) {
        Brief brief = rubric.brief(attempt.task(), attempt.answer().text());
        if (brief.exhibits().get(brief.exhibits().size() - 1).text().isEmpty()) {
            return CompletableFuture.completedFuture(reward(rubric.lowest(), 0, 0, true));
        }
        return judge.rule(brief).thenApply(rulings -> reward(Ballot.of(rulings)));
    }

    private Reward reward(Ballot ballot) {
        if (!ballot.isEnough(judge.options())) {
            return ballot.unscored(judge);
        }
        return reward(judge.options().tally().of(ballot.votes()), ballot.votes().size(), ballot.spread(), false);
    }

    private Reward reward(double score, int votes, double spread, boolean blank) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("score", score);
        parts.put("votes", (double) votes);
        parts.put("spread", spread);
        parts.put("blank", blank ? 1.0 : 0.0);
        return Reward.of(rubric.share(score), parts);
    }

    @Override
    public String toString() {
        return "RubricReward[" + judge + ", " + rubric + "]";
    }
}
