package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalStreamTest {
    private static Rollout rollout(Task task, Reward reward) {
        return new Rollout(Advice.of(task, Instruction.fixed("go")).answered(Answer.of("a")), reward);
    }

    private static List<Rollout> rollouts(List<Task> tasks, Set<String> silent) {
        return tasks.stream()
                .flatMap(task -> Stream.of(
                        rollout(task, Reward.of(1)), rollout(task, Reward.of(silent.contains(task.id()) ? 1 : 0))))
                .toList();
    }

    private static List<Task> drawn(SignalStream stream, int steps, Set<String> silent) {
        List<Task> all = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            List<Task> now = stream.at(step);
            assertThat(now).doesNotHaveDuplicates();
            all.addAll(now);
            stream.after(rollouts(now, silent));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"10, 4", "10, 10", "7, 2", "12, 4", "3, 1", "5, 3"})
    void while_all_teach_something_a_pass_holds_every_task_once(int count, int batch) {
        List<Task> tasks = Fixtures.tasks(count);
        for (long seed = 0; seed < 20; seed++) {
            List<Task> all = drawn(new SignalStream(tasks, batch, new Seed(seed)), 3 * count, Set.of());
            assertThat(all).hasSize(3 * count * batch);
            assertThat(all.subList(0, count)).containsExactlyInAnyOrderElementsOf(tasks);
            for (Task task : tasks) {
                assertThat(Collections.frequency(all, task)).isEqualTo(3 * batch);
            }
        }
    }

    @Test
    void tasks_that_taught_nothing_come_in_one_pass_of_four() {
        List<Task> tasks = Fixtures.tasks(40);
        Set<String> silent =
                Set.copyOf(tasks.subList(0, 20).stream().map(Task::id).toList());
        List<Task> all = drawn(new SignalStream(tasks, 8, new Seed(5)), 500, silent);
        double quiet = all.stream().filter(task -> silent.contains(task.id())).count();
        assertThat(quiet / (all.size() - quiet)).isBetween(0.22, 0.29);
    }

    @Test
    void a_task_that_teaches_again_is_drawn_as_before() {
        List<Task> tasks = Fixtures.tasks(16);
        SignalStream stream = new SignalStream(tasks, 4, new Seed(1));
        stream.after(rollouts(tasks, Set.of(tasks.get(0).id())));
        stream.after(rollouts(tasks, Set.of()));
        assertThat(Collections.frequency(drawn(stream, 80, Set.of()), tasks.get(0)))
                .isEqualTo(20);
    }

    @Test
    void a_step_is_full_though_all_teach_nothing() {
        List<Task> tasks = Fixtures.tasks(5);
        Set<String> all = Set.copyOf(tasks.stream().map(Task::id).toList());
        for (long seed = 0; seed < 20; seed++) {
            SignalStream stream = new SignalStream(tasks, 4, new Seed(seed));
            for (int step = 1; step <= 30; step++) {
                List<Task> now = stream.at(step);
                assertThat(now).hasSize(4).doesNotHaveDuplicates();
                stream.after(rollouts(now, all));
            }
        }
    }

    @Test
    void what_has_no_verdict_or_a_single_one_is_not_taken_for_silent() {
        List<Task> tasks = Fixtures.tasks(16);
        SignalStream stream = new SignalStream(tasks, 4, new Seed(2));
        List<Task> all = new ArrayList<>();
        for (int step = 1; step <= 80; step++) {
            List<Task> now = stream.at(step);
            all.addAll(now);
            stream.after(List.of(
                    rollout(now.get(0), Reward.of(1)),
                    rollout(now.get(1), Reward.unscored("no verdict")),
                    rollout(now.get(1), Reward.unscored("no verdict")),
                    rollout(now.get(2), Reward.of(1)),
                    rollout(now.get(2), Reward.unscored("no verdict"))));
        }
        assertThat(tasks)
                .allSatisfy(task -> assertThat(Collections.frequency(all, task)).isEqualTo(20));
    }
}
