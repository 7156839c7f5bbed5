package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Seed;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
}
