package dev.wst.metrics.micrometer;

import com.google.common.util.concurrent.AtomicDouble;
import dev.wst.Answer;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.Validation;
import dev.wst.serving.ServingListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Shows a run, or a served teacher, in a Micrometer registry, and so in Prometheus, Datadog and others.
 *
 * <pre>{@code
 * MeterRegistry registry = new SimpleMeterRegistry();   // or the one of your application
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(student).reward(reward).tasks(tasks)
 *         .listener(MicrometerMetrics.in(registry))
 *         .build();
 * }</pre>
 *
 * <p>A gauge has the last value of each metric, under its name with dots, such as {@code wst.objective.kl}; validations are
 * {@code wst.eval.reward} and {@code wst.eval.unscored}. Counters of this process are {@code wst.steps}; {@code wst.rollouts};
 * {@code wst.failures} with the tag {@code kind}, that of an answer that did not arrive, in small letters, or {@code unscored};
 * {@code wst.calls}, {@code wst.tokens} and, where calls have prices, {@code wst.money}: what was paid, since the checkpoint where
 * a run is resumed.
 *
 * <p>Of a served teacher, whose {@link dev.wst.serving.Teaching} has it as a listener, there are the timer {@code wst.serving},
 * what a request waited for its instruction, with the tags {@code outcome}, as {@link dev.wst.serving.ServingListener.Outcome} in
 * small letters, and {@code version}, that of the teacher that wrote, or {@code none}.
 *
 * <pre>{@code
 * Teaching counted = Teaching.builder(served).listener(MicrometerMetrics.in(new SimpleMeterRegistry())).build();
 * }</pre>
 */
public final class MicrometerMetrics implements TrainingListener, ServingListener {
    private static final String PREFIX = "wst.";
    private static final List<String> COST = List.of("calls", "tokens", "money");

    private final MeterRegistry registry;
    private final Map<String, AtomicDouble> last = new HashMap<>();
    private final Map<String, Double> paid = new HashMap<>();

    private MicrometerMetrics(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /** Shows a run there; one listener for each run, and one run at a time in a registry. */
    public static MicrometerMetrics in(MeterRegistry registry) {
        return new MicrometerMetrics(registry);
    }

    @Override
    public void onResume(List<StepMetrics> steps, List<Validation> validations) {
        if (!steps.isEmpty()) {
            Map<String, Double> values = steps.get(steps.size() - 1).values();
            values.forEach(this::show);
            COST.forEach(what -> paid.put(what, values.getOrDefault("cost/" + what, 0.0)));
        }
        if (!validations.isEmpty()) {
            show(validations.get(validations.size() - 1));
        }
    }

    @Override
    public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
        metrics.values().forEach(this::show);
        registry.counter(PREFIX + "steps").increment();
        registry.counter(PREFIX + "rollouts").increment(rollouts.size());
        for (Rollout rollout : rollouts) {
            if (!rollout.reward().isScored()) {
                registry.counter(PREFIX + "failures", "kind", kind(rollout)).increment();
            }
        }
        for (String what : COST) {
            Double now = metrics.values().get("cost/" + what);
            if (now != null) {
                Double before = paid.put(what, now);
                registry.counter(PREFIX + what).increment(Math.max(0, now - (before == null ? 0 : before)));
            }
        }
    }

    private static String kind(Rollout rollout) {
        return rollout.attempt()
                .answer()
                .failure()
                .map(Answer.Failure::kind)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .orElse("unscored");
    }

    @Override
    public void onValidation(Validation validation) {
        show(validation);
    }

    @Override
    public void onServed(Event event) {
        registry.timer(
                        PREFIX + "serving",
                        "outcome",
                        event.outcome().name().toLowerCase(Locale.ROOT),
                        "version",
                        event.version().isEmpty() ? "none" : event.version())
                .record(event.took());
    }

    private void show(Validation validation) {
        validation.meanReward().ifPresent(mean -> show("eval/reward", mean));
        show("eval/unscored", validation.unscored());
    }

    private void show(String metric, double value) {
        last.computeIfAbsent(metric, this::gauge).set(value);
    }

    private AtomicDouble gauge(String metric) {
        AtomicDouble value = new AtomicDouble();
        Gauge.builder(PREFIX + metric.replace('/', '.'), value, AtomicDouble::get)
                .strongReference(true)
                .register(registry);
        return value;
    }
}
