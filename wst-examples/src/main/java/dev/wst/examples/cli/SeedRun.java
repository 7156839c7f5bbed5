package dev.wst.examples.cli;

import dev.wst.Validation;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunReader;
import dev.wst.metrics.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The run of one of several seeds, as its directory tells of it. */
record SeedRun(Path directory) {

    /** Whether it was begun. */
    boolean exists() {
        return Files.exists(directory.resolve("run.json"));
    }

    /** Whether nothing is left to be done. */
    boolean isComplete() {
        return report().filter(report -> report.ending().isComplete()).isPresent();
    }

    /** Steps that were made. */
    int steps() {
        return report().map(RunReport::steps).orElse(0);
    }

    private Optional<RunReport> report() {
        return exists() ? RunReader.open(directory).report() : Optional.empty();
    }

    /**
     * The first and the last validation's mean reward, where there are validations; the last step's otherwise.
     *
     * @param reach a mean reward: how many answers the training took until a validation showed it, if one did
     */
    Map<String, Double> numbers(Optional<Double> reach) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        report().ifPresent(report -> {
            List<RunReport.Mean> means = report.validations();
            if (!means.isEmpty()) {
                means.get(0).meanReward().ifPresent(mean -> numbers.put("validation before training", mean));
                means.get(means.size() - 1).meanReward().ifPresent(mean -> numbers.put("last validation", mean));
            } else {
                Optional.ofNullable(report.lastStep().get("reward"))
                        .ifPresent(mean -> numbers.put("reward of the last step (no --validation)", mean));
            }
            reach.ifPresent(goal -> reached(RunReader.open(directory), goal)
                    .ifPresent(calls ->
                            numbers.put("student calls of training until a validation showed " + goal, calls)));
        });
        return numbers;
    }

    /** The calls until the first validation that can be compared with the others and has this mean reward. */
    private static Optional<Double> reached(RunReader run, double goal) {
        return Validation.comparable(run.validations()).stream()
                .filter(one -> one.meanReward().orElse(Double.NEGATIVE_INFINITY) >= goal)
                .findFirst()
                .map(one -> calls(run, one.step()));
    }

    /** Answers in training until the end of a step; drafts count too. */
    private static double calls(RunReader run, int step) {
        return run.rollouts().stream()
                .filter(one -> one.split().equals(RecordedRollout.TRAIN) && one.step() <= step)
                .mapToInt(one -> one.rollout().attempt().withDrafts().size())
                .sum();
    }
}
