package dev.wst.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import dev.wst.serving.ServingListener.Event;
import dev.wst.serving.ServingListener.Outcome;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerMetrics listener = MicrometerMetrics.in(registry);

    private static Rollout rollout(Answer answer, Reward reward) {
        return new Rollout(Attempt.of(Task.of("t", "q"), Instruction.none(), answer), reward);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    @Test
    void the_last_value_of_each_metric_is_a_gauge() {
        listener.onStep(new StepMetrics(1, Map.of("objective/kl", 0.5, "reward", 1.0)), List.of());
        listener.onStep(new StepMetrics(2, Map.of("objective/kl", 0.25)), List.of());
        listener.onValidation(new Validation(2, List.of(rollout(Answer.of("a"), Reward.of(3)))));
        System.gc();
        assertThat(gauge("wst.objective.kl")).isEqualTo(0.25);
        assertThat(gauge("wst.reward")).isEqualTo(1);
        assertThat(gauge("wst.eval.reward")).isEqualTo(3);
        assertThat(gauge("wst.eval.unscored")).isZero();
    }

    @Test
    void steps_rollouts_failures_and_cost_are_counted() {
        List<Rollout> batch = List.of(
                rollout(Answer.of("a"), Reward.of(1)),
                rollout(Answer.of("a"), Reward.unscored("no judge")),
                rollout(Answer.failed(Answer.FailureKind.RATE_LIMIT, "429"), Reward.unscored("no answer")));
        listener.onStep(new StepMetrics(1, Map.of("cost/calls", 3.0, "cost/tokens", 90.0)), batch);
        listener.onStep(new StepMetrics(2, Map.of("cost/calls", 8.0, "cost/tokens", 100.0)), batch);
        assertThat(counter("wst.steps")).isEqualTo(2);
        assertThat(counter("wst.rollouts")).isEqualTo(6);
        assertThat(counter("wst.failures", "kind", "rate_limit")).isEqualTo(2);
        assertThat(counter("wst.failures", "kind", "unscored")).isEqualTo(2);
        assertThat(counter("wst.calls")).isEqualTo(8);
        assertThat(counter("wst.tokens")).isEqualTo(100);
        assertThat(registry.find("wst.money").counter()).as("no prices").isNull();
    }

    @Test
    void a_run_that_goes_on_counts_what_was_paid_since() {
        listener.onResume(List.of(new StepMetrics(4, Map.of("reward", 0.5, "cost/calls", 40.0))), List.of());
        assertThat(gauge("wst.reward")).isEqualTo(0.5);
        listener.onStep(new StepMetrics(5, Map.of("cost/calls", 50.0)), List.of());
        assertThat(counter("wst.calls")).isEqualTo(10);
        assertThat(counter("wst.steps")).isEqualTo(1);
    }

    @Test
    void what_becomes_of_served_requests_is_timed_by_outcome_and_version() {
        Duration took = Duration.ofMillis(30);
        listener.onServed(new Event("q", Outcome.TAUGHT, "do so", "0a", took));
        listener.onServed(new Event("q", Outcome.TAUGHT, "do so", "0b", took));
        listener.onServed(new Event("q", Outcome.TAUGHT, "do so", "0a", took));
        listener.onServed(new Event("", Outcome.NO_QUESTION, "", "", Duration.ofMillis(1)));
        Timer first = registry.get("wst.serving")
                .tags("outcome", "taught", "version", "0a")
                .timer();
        assertThat(first.count()).isEqualTo(2);
        assertThat(first.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(60);
        assertThat(registry.get("wst.serving")
                        .tags("outcome", "no_question", "version", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("wst.serving").timers()).hasSize(3);
    }
}
