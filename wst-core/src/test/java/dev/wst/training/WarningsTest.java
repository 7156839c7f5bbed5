package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.evaluation.NearCopies;
import dev.wst.rl.Optimization;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is logged goes to the error stream here. */
class WarningsTest {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
    }

    private List<String> logged() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static List<Rollout> rewarded(double... values) {
        Attempt attempt = Attempt.of(Task.of("t", "q"), Instruction.none(), Answer.of("a"));
        return Arrays.stream(values)
                .mapToObj(value -> new Rollout(attempt, Reward.of(value)))
                .toList();
    }

    @Test
    void a_warm_up_longer_than_the_run() {
        Warnings warnings = new Warnings();
        warnings.start(Optimization.defaults().withSchedule(Optimization.Schedule.LINEAR, 10), 10);
        assertThat(logged()).isEmpty();
        warnings.start(Optimization.defaults().withSchedule(Optimization.Schedule.LINEAR, 11), 10);
        assertThat(logged())
                .singleElement()
                .asString()
                .contains("the warm-up of 11 steps is longer than the run of 10");
    }

    @Test
    void rewards_that_spread_beyond_a_double_are_told_once() {
        Warnings warnings = new Warnings();
        warnings.after(1, rewarded(1e100, -1e100));
        assertThat(logged()).isEmpty();
        for (int step = 2; step < 5; step++) {
            warnings.after(step, rewarded(1e200, -1e200));
        }
        assertThat(logged()).singleElement().asString().contains("step 2: rewards spread from -1.0E200 to 1.0E200");
    }

    @Test
    void rewards_of_one_value_however_large_do_not_spread() {
        Warnings warnings = new Warnings();
        warnings.after(1, rewarded(1e200, 1e200));
        warnings.after(2, List.of());
        assertThat(logged()).isEmpty();
        // A square that a double just holds, but not for two of them.
        warnings.after(3, rewarded(0, 1.2e154));
        assertThat(logged()).singleElement().asString().contains("step 3: rewards spread from 0.0 to 1.2E154");
    }

    @Test
    void questions_of_the_validation_that_are_trained_on_are_named_once() {
        Warnings warnings = new Warnings();
        NearCopies copies = NearCopies.between(
                List.of(Task.of("a", "What is 6 times 7?")), List.of(Task.of("b", "what is  6 times 7")));
        warnings.copies(copies);
        warnings.copies(copies);
        assertThat(String.join("\n", logged()))
                .containsOnlyOnce("1 of 1 validation questions are, or nearly are, training questions")
                .contains("b is like a of training (100 %)");
    }

    @Test
    void other_questions_are_no_warning() {
        new Warnings()
                .copies(NearCopies.between(
                        List.of(Task.of("a", "What is 6 times 7?")), List.of(Task.of("b", "What is 6 times 8?"))));
        assertThat(logged()).isEmpty();
    }
}
