package dev.wst.rewards.text;

import com.google.common.collect.Streams;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.calls.Verdicts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * Cosine length scaling (Yeo et al., arXiv 2502.03373, section 4.2): what a right or wrong answer is worth changes with its
 * length along half a cosine, so that right answers should be short while wrong ones are excused for having tried longer.
 * Defaults, from open-r1: a right answer falls from 1 to 0.5, a wrong one rises from -1 to -0.5, and whatever reaches the limit
 * is worth as much as at the limit.
 *
 * <pre>{@code
 * RewardFunction reward = CosineLengthReward.of(MatchReward.exact(), 2000).right(1, 0.2);
 * }</pre>
 */
public final class CosineLengthReward implements RewardFunction {
    private final RewardFunction grader;
    private final int limit;
    private final LengthUnit unit;
    private final Range right;
    private final Range wrong;

    private record Range(double start, double end) {
        Range {
            if (!Double.isFinite(start) || !Double.isFinite(end)) {
                throw new IllegalArgumentException("both values must be finite, got " + start + " and " + end);
            }
        }
    }

    private CosineLengthReward(RewardFunction grader, int limit, LengthUnit unit, Range right, Range wrong) {
        this.grader = grader;
        this.limit = limit;
        this.unit = unit;
        this.right = right;
        this.wrong = wrong;
    }

    /**
     * A grader's verdict, scaled.
     *
     * @param grader the answer is right where this is above 0; its verdict is kept as the part {@code right}
     * @param limit the length of the answer at which the scale ends, in characters unless told otherwise; at least 1
     */
    public static CosineLengthReward of(RewardFunction grader, int limit) {
        LengthReward.requireLimit(limit);
        return new CosineLengthReward(grader, limit, LengthUnit.CHARACTERS, new Range(1, 0.5), new Range(-1, -0.5));
    }

    /** The same, counted in another unit. */
    public CosineLengthReward in(LengthUnit other) {
        return new CosineLengthReward(grader, limit, other, right, wrong);
    }

    /** The same, with what a right answer is worth at length 0 and at the limit. */
    public CosineLengthReward right(double atOnce, double atLimit) {
        return new CosineLengthReward(grader, limit, unit, new Range(atOnce, atLimit), wrong);
    }

    /** The same, with what a wrong answer is worth at length 0 and at the limit. */
    public CosineLengthReward wrong(double atOnce, double atLimit) {
        return new CosineLengthReward(grader, limit, unit, right, new Range(atOnce, atLimit));
    }

    @Override
    public void check(Task task) {
        grader.check(task);
    }

    @Override
    public Reward score(Attempt attempt) {
        return scaled(attempt, grader.score(attempt));
    }

    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        return Verdicts.of(grader, attempts)
                .thenApply(graded -> Streams.zip(attempts.stream(), graded.stream(), this::scaled)
                        .toList());
    }

    private Reward scaled(Attempt attempt, Reward verdict) {
        if (!verdict.isScored()) {
            return verdict;
        }
        OptionalInt length = unit.length(attempt, ScoredText.ANSWER);
        if (length.isEmpty()) {
            return LengthReward.uncounted(ScoredText.ANSWER);
        }
        Map<String, Double> parts = new LinkedHashMap<>();
        verdict.parts().forEach((name, value) -> parts.put("right/" + name, value));
        parts.put("right", verdict.value());
        parts.put("length", (double) length.getAsInt());
        Range range = verdict.value() > 0 ? right : wrong;
        return Reward.of(Cosine.between(range.start(), range.end(), (double) length.getAsInt() / limit), parts);
    }

    @Override
    public String toString() {
        return "CosineLengthReward[" + RewardFunction.describe(grader) + ", " + limit + " " + unit + ", right " + right
                + ", wrong " + wrong + "]";
    }
}
