package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Seed;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskStreamTest {
    @ParameterizedTest
    @CsvSource({"10, 4", "10, 10", "10, 9", "5, 3", "7, 2", "12, 4", "3, 1"})
    void a_step_holds_distinct_tasks_and_a_pass_every_task_once(int count, int batch) {
        List<Task> tasks = Fixtures.tasks(count);
        for (long seed = 0; seed < 20; seed++) {
            TaskStream stream = new TaskStream(tasks, batch, new Seed(seed));
            List<Task> all = new ArrayList<>();
            for (int step = 1; step <= 3 * count; step++) {
                assertThat(stream.at(step)).hasSize(batch).doesNotHaveDuplicates();
                all.addAll(stream.at(step));
            }
            for (int pass = 0; pass < 3 * batch; pass++) {
                assertThat(all.subList(pass * count, (pass + 1) * count)).containsExactlyInAnyOrderElementsOf(tasks);
            }
            assertThat(Collections.frequency(all, tasks.get(0))).isEqualTo(3 * batch);
        }
    }

    @Test
    void a_pass_keeps_its_drawn_order_but_for_what_a_step_would_hold_twice() {
        List<Task> tasks = Fixtures.tasks(5);
        for (long value = 0; value < 20; value++) {
            Seed seed = new Seed(value);
            TaskStream stream = new TaskStream(tasks, 3, seed);
            List<Task> all = new ArrayList<>();
            for (int step = 1; step <= 4; step++) {
                all.addAll(stream.at(step));
            }
            // The second step holds the last two of the first pass and one of the second.
            List<Task> last = all.subList(3, 5);
            List<Task> expected = new ArrayList<>();
            for (int number : seed.derive(1).order(5)) {
                expected.add(tasks.get(number));
            }
            Task first = expected.stream()
                    .filter(task -> !last.contains(task))
                    .findFirst()
                    .orElseThrow();
            expected.remove(first);
            expected.add(0, first);
            assertThat(all.subList(5, 10)).isEqualTo(expected);
        }
    }
}
