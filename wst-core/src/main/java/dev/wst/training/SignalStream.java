package dev.wst.training;

import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.rl.Deviation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tasks in passes, as {@link TaskStream} has them, but with fewer of those that last taught nothing: a task whose instructions all
 * earned the same takes part in a pass with a probability of one quarter. It still does now and then, since the teacher changes.
 * Choosing tasks by the spread of their rewards follows DAPO's dynamic sampling (arXiv 2503.14476, section 3.2), which asks first and
 * throws away; here nothing that was paid for is.
 */
final class SignalStream implements TaskOrder {
    /** A pass leaves out so many of four tasks without signal. */
    private static final int OF_FOUR = 4;

    private final List<Task> tasks;
    private final int batch;
    private final Seed seed;
    private final Set<String> silent = new HashSet<>();
    private final Deque<Integer> left = new ArrayDeque<>();
    private long pass;

    /** @param batch B, at most the number of tasks */
    SignalStream(List<Task> tasks, int batch, Seed seed) {
        this.tasks = tasks;
        this.batch = batch;
        this.seed = seed;
    }

    @Override
    public List<Task> at(int step) {
        Set<Integer> drawn = new LinkedHashSet<>();
        while (drawn.size() < batch) {
            if (left.isEmpty()) {
                left.addAll(nextPass(drawn));
            }
            drawn.add(left.remove());
        }
        return drawn.stream().map(tasks::get).toList();
    }

    /** @param drawn tasks of the step that the last pass ended with: they stand behind all others */
    private List<Integer> nextPass(Set<Integer> drawn) {
        Seed own = seed.derive(pass++);
        List<Integer> taken = new ArrayList<>();
        List<Integer> again = new ArrayList<>();
        List<Integer> leftOut = new ArrayList<>();
        for (int number : own.order(tasks.size())) {
            if (silent.contains(tasks.get(number).id()) && isLeftOut(own, number)) {
                leftOut.add(number);
            } else {
                (drawn.contains(number) ? again : taken).add(number);
            }
        }
        for (int number : leftOut) {
            if (taken.size() + drawn.size() < batch && !drawn.contains(number)) {
                taken.add(number);
            }
        }
        taken.addAll(again);
        return taken;
    }

    private static boolean isLeftOut(Seed pass, int number) {
        return pass.derive("left out").derive(number).order(OF_FOUR)[0] != 0;
    }

    @Override
    public void after(List<Rollout> rollouts) {
        Map<String, List<Double>> rewards = new HashMap<>();
        for (Rollout rollout : rollouts) {
            if (rollout.reward().isScored()) {
                rewards.computeIfAbsent(rollout.attempt().task().id(), task -> new ArrayList<>())
                        .add(rollout.reward().value());
            }
        }
        rewards.forEach((task, values) -> {
            // A single verdict says nothing of the others.
            boolean isSilent = values.size() > 1
                    && Deviation.isZero(
                            values.stream().mapToDouble(Double::doubleValue).toArray());
            if (isSilent) {
                silent.add(task);
            } else {
                silent.remove(task);
            }
        });
    }
}
