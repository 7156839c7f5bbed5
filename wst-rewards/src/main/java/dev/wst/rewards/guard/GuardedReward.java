package dev.wst.rewards.guard;

import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.calls.Verdicts;
import dev.wst.rewards.Pending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A reward with guards around it. Batches go to the reward and to the guards as batches, all at once.
 *
 * <p>Parts: {@code guard_NAME} is 1 where the guard found something and 0 where it did not, so the mean over a batch is its
 * rate; the part is missing where the guard did not look. {@code unguarded} is the reward before penalties. A rollout that
 * {@link Policy#UNSCORE} takes out keeps the guards' parts only; it is counted as unscored and its reason begins with the
 * guard's name. What has no verdict before the guards keeps its reason and has their parts as well.
 *
 * <pre>{@code
 * RewardFunction reward = GuardedReward.of(MathReward.gsm8k())
 *         .with(AnswerLeak.standard(), Policy.PENALISE)
 *         .with(DegenerateText.defaults(), Policy.LOG);
 * }</pre>
 */
public final class GuardedReward implements RewardFunction {
    private static final double PENALTY = 1;

    private final RewardFunction reward;
    private final List<Post> posts;
    private final double penalty;

    private record Post(Guard guard, Policy policy) {
        @Override
        public String toString() {
            return policy + " " + RewardFunction.describe(guard);
        }
    }

    private GuardedReward(RewardFunction reward, List<Post> posts, double penalty) {
        this.reward = reward;
        this.posts = List.copyOf(posts);
        this.penalty = penalty;
    }

    /** A reward without guards yet; the penalty is 1. */
    public static GuardedReward of(RewardFunction reward) {
        return new GuardedReward(Objects.requireNonNull(reward, "reward"), List.of(), PENALTY);
    }

    /**
     * The same with one more guard.
     *
     * @throws IllegalArgumentException if there is a guard of that name already
     */
    public GuardedReward with(Guard guard, Policy policy) {
        Objects.requireNonNull(policy, "policy");
        if (posts.stream().anyMatch(post -> post.guard.name().equals(guard.name()))) {
            throw new IllegalArgumentException("there is a guard " + guard.name() + " already");
        }
        List<Post> longer = new ArrayList<>(posts);
        longer.add(new Post(guard, policy));
        return new GuardedReward(reward, longer, penalty);
    }

    /**
     * The same with another penalty.
     *
     * @param amount in the reward's unit, taken off once for each guard with {@link Policy#PENALISE} that found something;
     *     not negative
     */
    public GuardedReward withPenalty(double amount) {
        if (!(amount >= 0) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException("the penalty must be a number of at least 0, got " + amount);
        }
        return new GuardedReward(reward, posts, amount);
    }

    @Override
    public void check(Task task) {
        reward.check(task);
        posts.forEach(post -> post.guard.check(task));
    }

    @Override
    public List<ModelCall> calls(Attempt attempt) {
        return Stream.concat(
                        reward.calls(attempt).stream(),
                        posts.stream().flatMap(post -> post.guard.calls(attempt).stream()))
                .toList();
    }

    @Override
    public Reward score(Attempt attempt) {
        return judged(
                reward.score(attempt),
                posts.stream().map(post -> post.guard.inspect(attempt)).toList());
    }

    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        CompletableFuture<List<Reward>> verdicts = Verdicts.of(reward, attempts);
        List<CompletableFuture<List<Finding>>> findings = posts.stream()
                .map(post -> post.guard
                        .inspectAll(attempts)
                        .toCompletableFuture()
                        .thenApply(found -> complete(post.guard, found, attempts.size())))
                .toList();
        return Pending.all(findings).thenCombine(verdicts, (found, given) -> merge(given, found));
    }

    static List<Finding> complete(Guard guard, List<Finding> findings, int attempts) {
        if (findings.size() != attempts) {
            throw new RewardException("the guard " + guard.name() + " gave " + findings.size() + " findings for "
                    + attempts + " attempts");
        }
        return findings;
    }

    private List<Reward> merge(List<Reward> given, List<List<Finding>> findings) {
        List<Reward> guarded = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            int at = i;
            List<Finding> ofThis = findings.stream().map(all -> all.get(at)).toList();
            guarded.add(judged(given.get(i), ofThis));
        }
        return guarded;
    }

    private Reward judged(Reward before, List<Finding> findings) {
        Map<String, Double> seen = new LinkedHashMap<>();
        List<String> unscoring = new ArrayList<>();
        double penalties = 0;
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            Post post = posts.get(i);
            if (finding.state() != Finding.State.NOT_INSPECTED) {
                seen.put("guard_" + post.guard.name(), finding.isFound() ? 1.0 : 0.0);
            }
            if (finding.isFound() && post.policy == Policy.UNSCORE) {
                unscoring.add(post.guard.name() + ": " + finding.evidence());
            }
            if (finding.isFound() && post.policy == Policy.PENALISE) {
                penalties += penalty;
            }
        }
        if (!before.isScored()) {
            return before.missing(before.reason(), joined(before.parts(), seen));
        }
        if (!unscoring.isEmpty()) {
            return Reward.unscored(unscoring.get(0), seen);
        }
        Map<String, Double> own = joined(before.parts(), Map.of("unguarded", before.value()));
        return Reward.of(before.value() - penalties, joined(own, seen));
    }

    private static Map<String, Double> joined(Map<String, Double> some, Map<String, Double> more) {
        Map<String, Double> all = new LinkedHashMap<>(some);
        more.forEach((name, value) -> {
            if (all.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("the guarded reward has a part " + name
                        + " already, and one of the two would be lost; put all guards around it at once");
            }
        });
        return all;
    }

    @Override
    public String toString() {
        return "GuardedReward[" + RewardFunction.describe(reward) + ", " + posts + ", penalty " + penalty + "]";
    }
}
