package dev.wst.training;

import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tasks in an order drawn anew for each pass over them; what a step gets depends on the seed and its number only. No task
 * comes twice in a step: tasks with which one pass ends stand further back in the next if a step spans both.
 */
final class TaskStream implements TaskOrder {
    private final List<Task> tasks;
    private final int batch;
    private final Seed seed;

    /** @param batch B, at most the number of tasks */
    TaskStream(List<Task> tasks, int batch, Seed seed) {
        this.tasks = tasks;
        this.batch = batch;
        this.seed = seed;
    }

    @Override
    public List<Task> at(int step) {
        long first = (step - 1L) * batch;
        long pass = first / tasks.size();
        int from = (int) (first % tasks.size());
        int here = Math.min(batch, tasks.size() - from);
        List<Integer> numbers = new ArrayList<>(order(pass).subList(from, from + here));
        if (here < batch) {
            numbers.addAll(order(pass + 1).subList(0, batch - here));
        }
        return numbers.stream().map(tasks::get).toList();
    }

    @Override
    public void after(List<Rollout> rollouts) {}

    private List<Integer> order(long pass) {
        List<Integer> drawn = new ArrayList<>();
        for (int number : seed.derive(pass).order(tasks.size())) {
            drawn.add(number);
        }
        int before = (int) (pass * tasks.size() % batch);
        return before == 0 ? drawn : distinct(drawn, batch - before, last(before, order(pass - 1)));
    }

    private static Set<Integer> last(int count, List<Integer> order) {
        return new HashSet<>(order.subList(order.size() - count, order.size()));
    }

    /** The same order, but with none of {@code taken} among the first {@code count}. */
    private static List<Integer> distinct(List<Integer> drawn, int count, Set<Integer> taken) {
        List<Integer> order = new ArrayList<>(
                drawn.stream().filter(n -> !taken.contains(n)).limit(count).toList());
        Set<Integer> placed = Set.copyOf(order);
        drawn.stream().filter(n -> !placed.contains(n)).forEach(order::add);
        return order;
    }
}
