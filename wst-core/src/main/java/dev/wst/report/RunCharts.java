package dev.wst.report;

import dev.wst.Rollout;
import dev.wst.Validation;
import dev.wst.evaluation.Interval;
import dev.wst.report.Chart.Point;
import dev.wst.report.Chart.Series;
import dev.wst.report.Chart.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** How a run went, as charts; those without a number are left out. */
final class RunCharts {
    /** Steps of a trailing mean. */
    static final int WINDOW = 10;

    private RunCharts() {}

    static List<Chart> of(RunFacts run) {
        List<Series> reward = new ArrayList<>(lines(run, "reward", "a training step", 0));
        reward.add(validations(run, "validation", 1));
        List<Chart> all = List.of(
                new Chart("Reward", "mean reward", reward),
                divergence(run),
                entropy(run),
                new Chart("Length of instructions", "tokens", lines(run, "completions/mean_length", "a step", 0)),
                new Chart("Length of answers", "characters", withMean(answerLengths(run), "a step")),
                new Chart(
                        "Tasks without signal",
                        "share with equal rewards",
                        lines(run, "frac_reward_zero_std", "a step", 0)),
                new Chart(
                        "Failures",
                        "answers a step",
                        List.of(
                                new Series("without verdict", Style.LINE, 0, run.points("rollouts/unscored")),
                                new Series("failed", Style.LINE, 1, run.points("rollouts/failed_answers")))));
        return all.stream().filter(chart -> !chart.isEmpty()).toList();
    }

    private static Chart divergence(RunFacts run) {
        boolean isOfInstructions = !run.points("objective/kl").isEmpty();
        return new Chart(
                "Divergence from the untrained teacher",
                isOfInstructions ? "KL, nats an instruction" : "KL, nats a token",
                lines(run, isOfInstructions ? "objective/kl" : "kl", "a step", 0));
    }

    private static Chart entropy(RunFacts run) {
        String metric = run.points("policy/entropy_avg").isEmpty() ? "entropy" : "policy/entropy_avg";
        return new Chart("Entropy", "nats a token", lines(run, metric, "a step", 0));
    }

    private static List<Series> lines(RunFacts run, String metric, String name, int color) {
        return withMean(new Series(name, Style.FAINT, color, run.points(metric)), name);
    }

    private static List<Series> withMean(Series steps, String name) {
        return steps.points().size() < WINDOW
                ? List.of(new Series(name, Style.LINE, steps.color(), steps.points()))
                : List.of(
                        new Series(name, Style.FAINT, steps.color(), steps.points()),
                        steps.trailing("mean of " + WINDOW, WINDOW));
    }

    /** Validations with their intervals. */
    static Series validations(RunFacts run, String name, int color) {
        List<Point> points = new ArrayList<>();
        for (Validation validation : run.validations()) {
            double[] rewards = Rollout.perInstruction(validation.rollouts()).stream()
                    .filter(one -> one.reward().isScored())
                    .mapToDouble(one -> one.reward().value())
                    .toArray();
            if (rewards.length > 0) {
                Interval interval = Interval.of(rewards);
                points.add(new Point(
                        validation.step(),
                        interval.mean(),
                        Optional.of(interval).filter(i -> Double.isFinite(i.low()))));
            }
        }
        return new Series(name, Style.DOTS, color, points);
    }

    private static Series answerLengths(RunFacts run) {
        if (run.isRedacted()) {
            return new Series("a step", Style.FAINT, 0, List.of());
        }
        Map<Integer, List<Integer>> lengths = new TreeMap<>();
        run.training().stream()
                .filter(one -> one.rollout().attempt().answer().hasArrived() && one.step() <= run.lastStep())
                .forEach(one -> lengths.computeIfAbsent(one.step(), step -> new ArrayList<>())
                        .add(one.rollout().attempt().answer().text().strip().length()));
        List<Point> points = new ArrayList<>();
        lengths.forEach((step, all) -> {
            OptionalDouble mean = all.stream().mapToInt(length -> length).average();
            mean.ifPresent(value -> points.add(Point.of(step, value)));
        });
        return new Series("a step", Style.FAINT, 0, points);
    }
}
