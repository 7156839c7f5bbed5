package dev.wst.examples.cli;

import com.google.common.collect.Streams;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.calls.Verdicts;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

    @Option(names = "--reward", required = true, description = "as of the command train")
    private String reward = "";

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        List<RecordedRollout> recorded = RunReader.open(run).rollouts();
        List<Attempt> attempts =
                recorded.stream().map(one -> one.rollout().attempt()).toList();
        List<Reward> rewards = new Verdicts(TaskOptions.reward(reward), TIME).of(attempts);
        Map<String, List<Rollout>> before = new LinkedHashMap<>();
        Map<String, List<Rollout>> after = new LinkedHashMap<>();
        Streams.forEachPair(recorded.stream(), rewards.stream(), (one, again) -> {
            String where = one.split() + " " + one.step();
            before.computeIfAbsent(where, key -> new ArrayList<>()).add(one.rollout());
            after.computeIfAbsent(where, key -> new ArrayList<>())
                    .add(new Rollout(one.rollout().attempt(), again));
        });
        out.println("mean rewards of " + recorded.size() + " recorded answers: the run's own, and by " + reward);
        before.forEach((where, own) -> out.printf(
                Locale.ROOT, "  %-16s %s  %s%n", where, mean(own), mean(after.getOrDefault(where, List.of()))));
        return 0;
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
