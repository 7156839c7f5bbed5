package dev.wst.report;

import dev.wst.Ending;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import dev.wst.diagnosis.Diagnosis;
import dev.wst.diagnosis.Symptom;
import dev.wst.evaluation.Comparison;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunDescription;
import dev.wst.metrics.RunReader;
import dev.wst.metrics.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run's directory holds, read once.
 *
 * @param name of the directory
 * @param report empty while the run is under way, and where it was killed
 * @param training every rollout of a step
 */
record RunFacts(
        String name,
        RunDescription description,
        List<StepMetrics> steps,
        List<Validation> validations,
        List<RecordedRollout> training,
        Optional<RunReport> report,
        Optional<KeptComparison> comparison,
        Diagnosis diagnosis) {
    static RunFacts of(RunReader run) {
        return new RunFacts(
                String.valueOf(run.path().toAbsolutePath().normalize().getFileName()),
                run.description(),
                run.steps(),
                run.validations(),
                run.rollouts().stream()
                        .filter(one -> one.split().equals(RecordedRollout.TRAIN))
                        .toList(),
                run.report(),
                run.comparison(),
                Diagnosis.of(run));
    }

    String configured(String name) {
        return description.configuration().getOrDefault(name, "not known");
    }

    int lastStep() {
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).step();
    }

    /** What makes its rewards worthless, where something does. */
    Optional<Diagnosis.Finding> cheating() {
        return diagnosis.standing().stream()
                .filter(finding -> finding.symptom().severity() == Symptom.Severity.CHEATING)
                .findFirst();
    }

    /** How it ended, in a word or two. */
    String state() {
        return report.map(one -> one.ending().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("under way, or killed");
    }

    /** How it ended, in words. */
    String ending() {
        return report.map(one -> switch (one.ending()) {
                    case FINISHED -> "finished";
                    case STOPPED_EARLY -> "stopped early, since validations got no better";
                    case INTERRUPTED -> "interrupted; it can be resumed";
                    case BUDGET_SPENT -> "ended when its budget was spent; it can be resumed";
                    case FAILED -> "failed";
                })
                .orElse("under way, or killed");
    }

    /** The comparison if there is one, the validations before and after training otherwise; empty where there is neither. */
    Optional<Sides> sides() {
        return comparison.map(RunFacts::ofComparison).or(this::ofValidations);
    }

    private static Sides ofComparison(KeptComparison kept) {
        Comparison all = kept.comparison();
        Optional<String> alone = all.results().stream()
                .filter(one -> one.rollouts().stream()
                        .allMatch(rollout -> rollout.attempt().instruction().isEmpty()))
                .map(Comparison.Result::name)
                .filter(name -> !name.equals(kept.trained()))
                .findFirst();
        List<String> shown = new ArrayList<>();
        alone.ifPresent(shown::add);
        kept.untrained().ifPresent(shown::add);
        if (shown.isEmpty()) {
            all.results().stream()
                    .map(Comparison.Result::name)
                    .filter(name -> !name.equals(kept.trained()))
                    .findFirst()
                    .ifPresent(shown::add);
        }
        Optional<String> baseline = shown.stream().findFirst();
        shown.add(kept.trained());
        return new Sides(all, kept.trained(), baseline, shown);
    }

    private Optional<Sides> ofValidations() {
        if (validations.isEmpty()) {
            return Optional.empty();
        }
        Validation first = validations.get(0);
        Validation last =
                report.filter(one -> one.ending() == Ending.STOPPED_EARLY).isPresent()
                        ? Validation.best(validations).orElse(first)
                        : validations.get(validations.size() - 1);
        Map<String, Rollout> before = byTask(first);
        Map<String, Rollout> after = byTask(last);
        List<String> both = after.keySet().stream().filter(before::containsKey).toList();
        if (both.isEmpty()) {
            return Optional.empty();
        }
        String then = name(first);
        String now = name(last);
        List<Comparison.Result> results = new ArrayList<>();
        results.add(new Comparison.Result(then, both.stream().map(before::get).toList()));
        if (first.step() == last.step()) {
            return Optional.of(new Sides(new Comparison(results), then, Optional.empty(), List.of(then)));
        }
        results.add(new Comparison.Result(now, both.stream().map(after::get).toList()));
        return Optional.of(new Sides(new Comparison(results), now, Optional.of(then), List.of(then, now)));
    }

    private static String name(Validation validation) {
        return validation.step() == 0 ? "before training" : "after step " + validation.step();
    }

    private static Map<String, Rollout> byTask(Validation validation) {
        Map<String, Rollout> byTask = new LinkedHashMap<>();
        Rollout.perInstruction(validation.rollouts())
                .forEach(one -> byTask.put(one.attempt().task().id(), one));
        return byTask;
    }

    /** The last instruction that was written for each task in training, with what came of it. */
    Map<String, Rollout> lastInTraining() {
        Map<String, Rollout> last = new LinkedHashMap<>();
        training.forEach(one -> last.put(one.rollout().attempt().task().id(), one.rollout()));
        return last;
    }

    /** A number of all steps that have it. */
    List<Chart.Point> points(String metric) {
        return steps.stream()
                .filter(step -> step.values().containsKey(metric))
                .map(step -> Chart.Point.of(step.step(), step.value(metric)))
                .filter(point -> Double.isFinite(point.value()))
                .toList();
    }

    /** Values of a number in so many steps from the beginning, or to the end. */
    double[] values(String metric, int count, boolean isAtEnd) {
        List<Chart.Point> points = points(metric);
        int from = isAtEnd ? Math.max(0, points.size() - count) : 0;
        return points.subList(from, Math.min(points.size(), from + count)).stream()
                .mapToDouble(Chart.Point::value)
                .toArray();
    }

    OptionalDouble last(String metric) {
        List<Chart.Point> points = points(metric);
        return points.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(points.get(points.size() - 1).value());
    }

    double seconds() {
        return points("step_time").stream().mapToDouble(Chart.Point::value).sum();
    }

    boolean isRedacted() {
        return description.isRedacted();
    }

    /** The tasks that a run was validated or compared on, with what its teacher wrote for them in the end. */
    Map<String, Rollout> taught() {
        Map<String, Rollout> taught = new LinkedHashMap<>();
        Optional<Sides> sides = sides();
        sides.ifPresent(all -> all.comparison()
                .result(all.result())
                .rollouts()
                .forEach(one -> taught.put(key(one.attempt().task()), one)));
        if (sides.isEmpty()) {
            lastInTraining()
                    .values()
                    .forEach(one -> taught.put(key(one.attempt().task()), one));
        }
        return taught;
    }

    private static String key(Task task) {
        return task.id() + "\n" + task.prompt();
    }
}
