package dev.wst.rewards;

import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.calls.Verdicts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Several named rewards as one: their weighted sum or minimum. All parts judge a batch at once. Each part's value is kept,
 * unweighted, under its name, and its own parts under {@code NAME/PART}.
 *
 * <pre>{@code
 * RewardFunction reward = Rewards.sum()
 *         .add("right", MatchReward.exact())
 *         .add("short", 0.1, LengthReward.softOverlong(2000, 500))
 *         .add("words", 0, RepetitionReward.nGrams(3));       // weight 0: only logged
 * }</pre>
 */
public final class CombinedReward implements ComposableReward {
    private final Combination combination;
    private final Map<String, Part> parts;
    private final MissingVerdict missing;

    private record Part(double weight, RewardFunction reward) {
        @Override
        public String toString() {
            return weight + " * " + RewardFunction.describe(reward);
        }
    }

    private CombinedReward(Combination combination, Map<String, Part> parts, MissingVerdict missing) {
        this.combination = combination;
        this.parts = parts;
        this.missing = missing;
    }

    static CombinedReward of(Combination combination) {
        return new CombinedReward(combination, Map.of(), MissingVerdict.UNSCORED);
    }

    /** With one more part, of weight 1. */
    public CombinedReward add(String name, RewardFunction reward) {
        return add(name, 1, reward);
    }

    /**
     * With one more part.
     *
     * @param name under which its value is logged; not blank, not used yet
     * @param weight finite; negative for a penalty, 0 for a part that is only logged and whose missing verdict does not count
     */
    public CombinedReward add(String name, double weight, RewardFunction reward) {
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("the weight of part " + name + " must be finite, got " + weight);
        }
        Map<String, Part> more = new LinkedHashMap<>(parts);
        if (more.put(Parts.requireName(name), new Part(weight, reward)) != null) {
            throw new IllegalArgumentException("there is a part named " + name + " already");
        }
        return new CombinedReward(combination, Collections.unmodifiableMap(more), missing);
    }

    /** With another rule for parts without verdict; {@link MissingVerdict#UNSCORED} unless set. */
    public CombinedReward missing(MissingVerdict rule) {
        return new CombinedReward(combination, parts, rule);
    }

    private List<RewardFunction> rewards() {
        return parts.values().stream().map(Part::reward).toList();
    }

    @Override
    public void check(Task task) {
        rewards().forEach(reward -> reward.check(task));
    }

    @Override
    public List<ModelCall> calls(Attempt attempt) {
        return rewards().stream()
                .flatMap(reward -> reward.calls(attempt).stream())
                .toList();
    }

    /** @throws IllegalStateException if no part of a weight other than 0 was added */
    @Override
    public Reward score(Attempt attempt) {
        return batched().score(attempt);
    }

    /** @throws IllegalStateException if no part of a weight other than 0 was added */
    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        return batched().scoreAll(attempts);
    }

    private BatchReward batched() {
        if (parts.values().stream().allMatch(part -> part.weight() == 0)) {
            throw new IllegalStateException("a combined reward needs a part that counts; it has " + parts.keySet());
        }
        return new BatchReward(toString(), this::combined, rewards());
    }

    private CompletableFuture<List<Reward>> combined(List<Attempt> attempts) {
        List<CompletableFuture<List<Reward>>> pending = parts.values().stream()
                .map(part -> Verdicts.of(part.reward(), attempts))
                .toList();
        return Pending.all(pending).thenApply(byPart -> {
            List<Reward> whole = new ArrayList<>();
            for (int i = 0; i < attempts.size(); i++) {
                int at = i;
                whole.add(combine(
                        byPart.stream().map(verdicts -> verdicts.get(at)).toList()));
            }
            return whole;
        });
    }

    private Reward combine(List<Reward> verdicts) {
        Parts log = new Parts();
        List<Double> counted = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        boolean passing = false;
        int next = 0;
        for (Map.Entry<String, Part> entry : parts.entrySet()) {
            String name = entry.getKey();
            double weight = entry.getValue().weight();
            Reward verdict = verdicts.get(next++);
            boolean optional = weight == 0 || missing == MissingVerdict.LEFT_OUT;
            if (optional) {
                log.put(name + "/unscored", verdict.isScored() ? 0 : 1);
            }
            if (verdict.isScored()) {
                log.under(name, verdict);
                if (weight != 0) {
                    counted.add(weight * verdict.value());
                }
            } else if (optional) {
                log.below(name, verdict);
                reasons.add(name + ": " + verdict.reason());
                passing |= verdict.isTemporary();
            } else {
                return Parts.without(name, verdict);
            }
        }
        if (!counted.isEmpty()) {
            return log.worth(combination.of(counted));
        }
        String none = "no part has a verdict: " + String.join("; ", reasons);
        return passing ? Reward.unavailable(none) : Reward.unscored(none);
    }

    @Override
    public String toString() {
        return combination + parts.toString() + (missing == MissingVerdict.UNSCORED ? "" : ", missing " + missing);
    }
}
