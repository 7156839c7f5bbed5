package dev.wst.training;

import dev.wst.Task;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a run is measured on, and when.
 *
 * @param tasks none of which is trained on; may be empty
 * @param every steps between validations; 0 for before the first and after the last only
 * @param patience validations in a row that may be no better than the best before; empty for any number
 */
record Measuring(List<Task> tasks, int every, OptionalInt patience) {
    Measuring {
        tasks = List.copyOf(tasks);
    }
}
