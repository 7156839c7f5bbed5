package dev.wst.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;
    private final ConsoleProgress progress =
            new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> now);

    private String printed() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    @Test
    void a_step_shows_reward_divergence_speed_and_time_left() {
        progress.onStart(10);
        now = now.plusSeconds(30);
        progress.onStep(
                new StepMetrics(1, Map.of("reward", 0.25, "kl", 0.0125, "num_tokens", 600.0, "step_time", 30.0)),
                List.of());
        assertThat(printed()).isEqualTo("\rstep 1/10  reward 0.250  kl 0.013  20 tokens/s  4:30 left");
        now = now.plusSeconds(10);
        progress.onStep(
                new StepMetrics(2, Map.of("reward", 0.5, "objective/kl", 1.0, "num_tokens", 1000.0, "step_time", 10.0)),
                List.of());
        assertThat(printed()).isEqualTo("\rstep 2/10  reward 0.500  kl 1.000  40 tokens/s  2:40 left");
    }

    @Test
    void a_validation_counts_what_has_no_verdict() {
        Attempt attempt = Attempt.of(Task.of("t", "q"), Instruction.none(), Answer.of("a"));
        progress.onValidation(new Validation(
                4, List.of(new Rollout(attempt, Reward.of(1)), new Rollout(attempt, Reward.unscored("no judge")))));
        assertThat(printed())
                .isEqualToNormalizingNewlines("\rvalidation after step 4: mean reward 1.000 over 1 questions"
                        + " (missing: 1 of 2 without a verdict)\n");
    }

    private String line(Map<String, Double> values) {
        progress.onStart(10);
        progress.onStep(new StepMetrics(1, values), List.of());
        return printed();
    }

    @Test
    void cost_is_shown_by_what_the_budget_bounds() {
        Map<String, Double> cost = Map.of("cost/calls", 40.0, "cost/tokens", 1200.0, "cost/money", 0.126);
        assertThat(line(cost)).isEqualTo("\rstep 1/10  reward -  0.13 paid  0:00 left");
        assertThat(line(Map.of("cost/calls", 40.0, "cost/tokens", 1200.0)))
                .isEqualTo("\rstep 1/10  reward -  40 calls  0:00 left ");
        Map<String, Double> bounded = new HashMap<>(cost);
        bounded.put("budget/tokens", 5000.0);
        bounded.put("budget/money", 2.5);
        assertThat(line(bounded)).isEqualTo("\rstep 1/10  reward -  1200 of 5000 tokens  0.13 of 2.50 paid  0:00 left");
    }

    @Test
    void failures_are_counted_over_all_steps() {
        Attempt asked = Attempt.of(Task.of("t", "q"), Instruction.none(), Answer.of("a"));
        List<Rollout> batch =
                List.of(new Rollout(asked, Reward.of(1)), new Rollout(asked, Reward.unscored("no judge")));
        progress.onStart(3);
        progress.onStep(new StepMetrics(1, Map.of()), batch);
        progress.onStep(new StepMetrics(2, Map.of()), batch);
        progress.onStep(new StepMetrics(3, Map.of()), List.of());
        assertThat(printed())
                .contains("step 1/3  reward - (missing: 1 of 2 without a verdict)  1 missing so far  0:00 left")
                .contains("step 2/3  reward - (missing: 1 of 2 without a verdict)  2 missing so far  0:00 left")
                .contains("step 3/3  reward -  2 missing so far  0:00 left");
    }

    @Test
    void a_run_that_goes_on_is_timed_by_the_steps_of_this_process() {
        progress.onResume(List.of(new StepMetrics(6, Map.of("num_tokens", 5000.0))), List.of());
        progress.onStart(10);
        now = now.plusSeconds(30);
        progress.onStep(new StepMetrics(7, Map.of("num_tokens", 5600.0, "step_time", 30.0)), List.of());
        assertThat(printed()).isEqualTo("\rstep 7/10  reward -  20 tokens/s  1:30 left");
    }

    @Test
    void a_validation_tells_its_students_apart() {
        Attempt attempt = Attempt.of(Task.of("t", "q"), Instruction.none(), Answer.of("a"));
        progress.onValidation(new Validation(
                4,
                List.of(
                        new Rollout(attempt.from(Optional.of("a"), OptionalInt.empty()), Reward.of(1)),
                        new Rollout(attempt.from(Optional.of("b"), OptionalInt.empty()), Reward.of(0))),
                List.of(new Rollout(
                        attempt.from(Optional.of("c"), OptionalInt.empty()), Reward.unscored("no judge")))));
        assertThat(printed())
                .isEqualToNormalizingNewlines("\rvalidation after step 4: mean reward 0.500 over 1 questions,"
                        + " with a 1.000, with b 0.000, with c unknown (missing: 1 of 1 without a verdict)\n");
    }
}
