package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.evaluation.NearCopies;
import dev.wst.rl.Optimization;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        Warnings warnings = new Warnings(true);
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
        Warnings warnings = new Warnings(true);
        warnings.after(new StepMetrics(1, Map.of()), rewarded(1e100, -1e100));
        assertThat(logged()).isEmpty();
        for (int step = 2; step < 5; step++) {
            warnings.after(new StepMetrics(step, Map.of()), rewarded(1e200, -1e200));
        }
        assertThat(logged()).singleElement().asString().contains("step 2: rewards spread from -1.0E200 to 1.0E200");
    }

    @Test
    void a_divergence_beyond_two_nats_a_token() {
        Warnings warnings = new Warnings(false);
        warnings.after(new StepMetrics(1, Map.of("objective/kl", 30.0, "completions/mean_length", 20.0)), rewarded(1));
        assertThat(logged()).isEmpty();
        warnings.after(new StepMetrics(2, Map.of("objective/kl", 60.0, "completions/mean_length", 20.0)), rewarded(1));
        warnings.after(new StepMetrics(3, Map.of("kl", 2.5)), rewarded(1));
        assertThat(logged()).singleElement().asString().contains("step 2").contains("3.0 nats a token");
    }

    @Test
    void twenty_steps_without_a_signal_in_a_row() {
        Warnings warnings = new Warnings(true);
        for (int step = 1; step <= 19; step++) {
            warnings.after(new StepMetrics(step, Map.of("frac_reward_zero_std", 1.0)), rewarded(0, 0));
        }
        warnings.after(new StepMetrics(20, Map.of("frac_reward_zero_std", 0.5)), rewarded(0, 1));
        for (int step = 21; step <= 39; step++) {
            warnings.after(new StepMetrics(step, Map.of("frac_reward_zero_std", 1.0)), rewarded(0, 0));
        }
        assertThat(logged()).isEmpty();
        for (int step = 40; step <= 80; step++) {
            warnings.after(new StepMetrics(step, Map.of("frac_reward_zero_std", 1.0)), rewarded(0, 0));
        }
        assertThat(logged()).singleElement().asString().contains("no group of the last 20 steps");
    }

    @Test
    void rewards_of_one_value_however_large_do_not_spread() {
        Warnings warnings = new Warnings(true);
        warnings.after(new StepMetrics(1, Map.of()), rewarded(1e200, 1e200));
        warnings.after(new StepMetrics(2, Map.of()), List.of());
        assertThat(logged()).isEmpty();
        // A square that a double just holds, but not for two of them.
        warnings.after(new StepMetrics(3, Map.of()), rewarded(0, 1.2e154));
        assertThat(logged()).singleElement().asString().contains("step 3: rewards spread from 0.0 to 1.2E154");
    }

    @Test
    void a_divergence_of_two_nats_a_token_is_not_beyond_them() {
        Warnings warnings = new Warnings(true);
        warnings.after(new StepMetrics(1, Map.of("kl", 2.0)), rewarded(0, 1));
        warnings.after(new StepMetrics(2, Map.of("objective/kl", 1.9, "completions/mean_length", 0.5)), rewarded(0, 1));
        assertThat(logged()).isEmpty();
        warnings.after(new StepMetrics(3, Map.of("objective/kl", 2.1)), rewarded(0, 1));
        assertThat(logged()).singleElement().asString().contains("step 3").contains("2.1 nats a token");
    }

    @Test
    void a_batch_without_a_signal_is_one_of_equal_rewards_where_groups_are_not_compared() {
        Warnings warnings = new Warnings(false);
        for (int step = 1; step <= 20; step++) {
            warnings.after(
                    new StepMetrics(step, Map.of("frac_reward_zero_std", 1.0, "reward_std", 0.1)), rewarded(0, 1));
            warnings.after(new StepMetrics(step, Map.of()), rewarded(0, 1));
        }
        assertThat(logged()).isEmpty();
        for (int step = 21; step <= 40; step++) {
            warnings.after(new StepMetrics(step, Map.of("reward_std", 1e-12)), rewarded(0, 0));
        }
        assertThat(logged()).singleElement().asString().contains("no batch of the last 20 steps");
    }

    @Test
    void groups_that_were_not_counted_are_no_sign() {
        Warnings warnings = new Warnings(true);
        for (int step = 1; step <= 20; step++) {
            warnings.after(new StepMetrics(step, Map.of("reward_std", 0.0)), rewarded(0, 0));
        }
        assertThat(logged()).isEmpty();
    }

    @Test
    void questions_of_the_validation_that_are_trained_on_are_named_once() {
        Warnings warnings = new Warnings(true);
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
        new Warnings(true)
                .copies(NearCopies.between(
                        List.of(Task.of("a", "What is 6 times 7?")), List.of(Task.of("b", "What is 6 times 8?"))));
        assertThat(logged()).isEmpty();
    }
}
