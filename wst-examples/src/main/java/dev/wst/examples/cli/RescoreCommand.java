package dev.wst.examples.cli;

import com.google.common.collect.Streams;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.calls.Accounts;
import dev.wst.calls.Verdicts;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Applies another reward to every answer that a run recorded. */
@Command(
        name = "rescore",
        description =
                "Applies a reward to every answer that a run has recorded, without one call of the student, and prints"
                        + " its mean beside that of the run's own, step by step.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RescoreCommand implements Callable<Integer> {
    private static final Duration TIME = Duration.ofMinutes(10);

    @Parameters(paramLabel = "RUN", description = "directory of the run")
    private Path run = Path.of("");

    @Mixin
    private RewardOptions reward = new RewardOptions();

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        List<RecordedRollout> recorded = RunReader.open(run).rollouts();
        List<Attempt> attempts =
                recorded.stream().map(one -> one.rollout().attempt()).toList();
        List<Reward> rewards = rewards(attempts);
        Map<String, List<Rollout>> before = new LinkedHashMap<>();
        Map<String, List<Rollout>> after = new LinkedHashMap<>();
        Streams.forEachPair(recorded.stream(), rewards.stream(), (one, again) -> {
            String where = one.split() + " " + one.step();
            before.computeIfAbsent(where, key -> new ArrayList<>()).add(one.rollout());
            after.computeIfAbsent(where, key -> new ArrayList<>())
                    .add(new Rollout(one.rollout().attempt(), again));
        });
        out.println("mean rewards of " + recorded.size() + " recorded answers: the run's own, and by " + reward.text());
        before.forEach((where, own) -> out.printf(
                Locale.ROOT, "  %-16s %s  %s%n", where, mean(own), mean(after.getOrDefault(where, List.of()))));
        return 0;
    }

    /** What a judge replies is kept with the run's answers, where it has them. */
    private List<Reward> rewards(List<Attempt> attempts) {
        Optional<Path> kept =
                Optional.of(run.resolve("answers.sqlite")).filter(file -> reward.asks() && Files.exists(file));
        try (RewardOptions.Open judging = reward.open();
                Answers answers = Answers.open(kept)) {
            Accounts accounts =
                    answers.store().map(Accounts.none()::withAnswers).orElse(Accounts.none());
            return new Verdicts(judging.made().apply(accounts), TIME).of(attempts);
        }
    }

    private static String mean(List<Rollout> rollouts) {
        List<Double> values = rollouts.stream()
                .map(Rollout::reward)
                .filter(Reward::isScored)
                .map(Reward::value)
                .toList();
        OptionalDouble mean = values.stream().mapToDouble(v -> v).average();
        String missing = values.size() < rollouts.size() ? " (" + (rollouts.size() - values.size()) + " unscored)" : "";
        return (mean.isPresent() ? String.format(Locale.ROOT, "%.3f", mean.getAsDouble()) : "  -  ") + missing;
    }
}
