package dev.wst.rewards;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.calls.Verdicts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A reward behind a condition; see {@link ComposableReward#onlyIf}. */
record Gate(RewardFunction reward, String name, RewardFunction condition, double otherwise) {
    Gate {
        Parts.requireName(name);
        Pointwise.requireFinite("the value behind a closed gate", otherwise);
    }

    ComposableReward asReward() {
        return new BatchReward(
                RewardFunction.describe(reward) + " only if " + name + ": " + RewardFunction.describe(condition)
                        + ", otherwise " + otherwise,
                this::verdicts,
                List.of(reward, condition));
    }

    private CompletableFuture<List<Reward>> verdicts(List<Attempt> attempts) {
        return Verdicts.of(condition, attempts).thenCompose(conditions -> {
            List<Attempt> passed = new ArrayList<>();
            for (int i = 0; i < attempts.size(); i++) {
                if (holds(conditions.get(i))) {
                    passed.add(attempts.get(i));
                }
            }
            return Verdicts.of(reward, passed).thenApply(verdicts -> join(conditions, verdicts.iterator()));
        });
    }

    private List<Reward> join(List<Reward> conditions, Iterator<Reward> passed) {
        List<Reward> whole = new ArrayList<>();
        for (Reward verdict : conditions) {
            if (!verdict.isScored()) {
                whole.add(Parts.without(name, verdict));
            } else if (holds(verdict)) {
                whole.add(open(verdict, passed.next()));
            } else {
                whole.add(new Parts().under(name, verdict).worth(otherwise));
            }
        }
        return whole;
    }

    private Reward open(Reward verdict, Reward inner) {
        return inner.isScored() ? Parts.of(inner).under(name, verdict).worth(inner.value()) : inner;
    }

    private static boolean holds(Reward verdict) {
        return verdict.isScored() && verdict.value() > 0;
    }
}
