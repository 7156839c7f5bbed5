package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;

/**
 * A value that falls with the length of the text, in characters unless told otherwise. The part {@code length} keeps the
 * length.
 *
 * <pre>{@code
 * RewardFunction brief = LengthReward.softOverlong(300, 100).in(LengthUnit.TOKENS).on(ScoredText.INSTRUCTION);
 * }</pre>
 */
public final class LengthReward implements RewardFunction {
    private final String curve;
    private final IntToDoubleFunction worth;
    private final LengthUnit unit;
    private final ScoredText side;

    private LengthReward(String curve, IntToDoubleFunction worth, LengthUnit unit, ScoredText side) {
        this.curve = curve;
        this.worth = worth;
        this.unit = unit;
        this.side = side;
    }

    /**
     * Soft overlong punishment (DAPO, arXiv 2503.14476, eq. 13): 0 up to {@code limit - margin}, from there falling in a
     * straight line to -1 at the limit, -1 beyond.
     *
     * @param limit the length that should not be passed (L_max), at least 1
     * @param margin over how much the punishment grows (L_cache), from 1 to the limit
     */
    public static LengthReward softOverlong(int limit, int margin) {
        requireLimit(limit);
        if (margin < 1 || margin > limit) {
            throw new IllegalArgumentException("margin must be from 1 to the limit of " + limit + ", got " + margin);
        }
        double free = (double) limit - margin;
        return of(
                "soft overlong " + limit + ", margin " + margin,
                length -> length <= free ? 0 : Math.max(-1, (free - length) / margin));
    }

    /** Half a cosine: 1 for nothing, 1/2 at half the limit, 0 at the limit and beyond. */
    public static LengthReward cosine(int limit) {
        requireLimit(limit);
        return of("cosine " + limit, length -> Cosine.between(1, 0, (double) length / limit));
    }

    private static LengthReward of(String curve, IntToDoubleFunction worth) {
        return new LengthReward(curve, worth, LengthUnit.CHARACTERS, ScoredText.ANSWER);
    }

    /** The same, counted in another unit. */
    public LengthReward in(LengthUnit other) {
        return new LengthReward(curve, worth, other, side);
    }

    /** The same on another text of the attempt. */
    public LengthReward on(ScoredText text) {
        return new LengthReward(curve, worth, unit, text);
    }

    @Override
    public Reward score(Attempt attempt) {
        OptionalInt length = unit.length(attempt, side);
        if (length.isEmpty()) {
            return uncounted(side);
        }
        return Reward.of(worth.applyAsDouble(length.getAsInt()), Map.of("length", (double) length.getAsInt()));
    }

    static Reward uncounted(ScoredText side) {
        return Reward.unscored(
                side == ScoredText.ANSWER
                        ? "the student did not report how many tokens its answer has"
                        : "the instruction was not sampled, so nobody counted its tokens");
    }

    static void requireLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, got " + limit);
        }
    }

    @Override
    public String toString() {
        return "LengthReward[" + curve + " " + unit + " on " + side + "]";
    }
}
