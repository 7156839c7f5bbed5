package dev.wst.training;

import dev.wst.Seed;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.List;

/** Tasks in an order drawn anew for each pass over them; what a step gets depends on the seed and its number only. */
final class TaskStream {
    private final List<Task> tasks;
    private final int batch;
    private final Seed seed;

    TaskStream(List<Task> tasks, int batch, Seed seed) {
        this.tasks = tasks;
        this.batch = batch;
        this.seed = seed;
    }

    /** The tasks of a step, from 1. A task comes twice in a step only if there are fewer tasks than B. */
    List<Task> at(int step) {
        List<Task> chosen = new ArrayList<>();
        long first = (step - 1L) * batch;
        for (long i = first; i < first + batch; i++) {
            int[] order = order(i / tasks.size());
            chosen.add(tasks.get(order[(int) (i % tasks.size())]));
        }
        return chosen;
    }

    private int[] order(long pass) {
        return Shuffle.of(tasks.size(), seed.derive(pass));
    }
}
