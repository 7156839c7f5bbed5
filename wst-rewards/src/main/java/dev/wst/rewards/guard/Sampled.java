package dev.wst.rewards.guard;

import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.RewardFunction;
import dev.wst.Seed;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * A guard that looks at a share of the attempts only, for those that cost a call of the student each. Its rate is then an
 * estimate: the part is missing where it did not look. Which attempts it looks at follows from the seed, the task, the
 * number of the sample and the instruction, so a run repeats, whatever the batches.
 *
 * <pre>{@code
 * RewardFunction guarded = GuardedReward.of(reward).with(new Sampled(new BlindProbe(probe), 0.05, 17), Policy.LOG);
 * }</pre>
 *
 * @param guard looks at what is drawn; a {@link SwapProbe} lends among that
 * @param share of the attempts, above 0 and at most 1
 * @param seed of the draw
 */
public record Sampled(Guard guard, double share, long seed) implements Guard {

    public Sampled {
        Objects.requireNonNull(guard, "guard");
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share must be above 0 and at most 1, got " + share);
        }
    }

    @Override
    public String name() {
        return guard.name();
    }

    @Override
    public void check(Task task) {
        guard.check(task);
    }

    /** {@inheritDoc} As many as without a draw, which depends on what the teacher will write. */
    @Override
    public List<ModelCall> calls(Attempt attempt) {
        return guard.calls(attempt);
    }

    @Override
    public Finding inspect(Attempt attempt) {
        return isDrawn(attempt) ? guard.inspect(attempt) : leftOut();
    }

    @Override
    public CompletionStage<List<Finding>> inspectAll(List<Attempt> attempts) {
        List<Attempt> drawn = attempts.stream().filter(this::isDrawn).toList();
        return guard.inspectAll(drawn)
                .thenApply(found -> woven(attempts, GuardedReward.complete(guard, found, drawn.size())));
    }

    private List<Finding> woven(List<Attempt> attempts, List<Finding> found) {
        Iterator<Finding> next = found.iterator();
        List<Finding> all = new ArrayList<>();
        for (Attempt attempt : attempts) {
            all.add(isDrawn(attempt) ? next.next() : leftOut());
        }
        return all;
    }

    private boolean isDrawn(Attempt attempt) {
        long drawn = new Seed(seed)
                .derive(attempt.task().id())
                .derive(attempt.sample())
                .derive(attempt.instruction().text())
                .value();
        return (drawn >>> 11) * 0x1p-53 < share;
    }

    private static Finding leftOut() {
        return Finding.notInspected("left out of the sample");
    }

    @Override
    public String toString() {
        return "Sampled[" + RewardFunction.describe(guard) + ", share " + share + ", seed " + seed + "]";
    }
}
