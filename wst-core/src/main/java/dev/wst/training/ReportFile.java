package dev.wst.training;

import dev.wst.StepMetrics;
import dev.wst.Validation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of report.json: what was asked for, with what versions, and what came out.
 *
 * @param failure why the run ended early, or what could not be put away at its end
 * @param during what was under way when it ended
 */
record ReportFile(RunPlan plan, RunRecord record, boolean interrupted, Optional<Throwable> failure, String during) {

    Map<String, Object> content() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("configuration", configuration());
        report.put("versions", Versions.all());
        report.put("steps", record.steps().size());
        report.put("interrupted", interrupted);
        failure.ifPresent(e -> report.put("error", error(e)));
        report.put(
                "validation",
                record.validations().stream().map(ReportFile::summary).toList());
        List<StepMetrics> steps = record.steps();
        report.put(
                "last_step",
                steps.isEmpty() ? Map.of() : steps.get(steps.size() - 1).values());
        return report;
    }

    private Map<String, Object> configuration() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("teacher", plan.teacher().description());
        all.put("student", name(plan.student()));
        all.put("reward", name(plan.reward()));
        if (plan.algorithm().usesCritic()) {
            all.put("critic", plan.givenCritic().map(ReportFile::name).orElse("DeepCritic, as by default"));
        }
        all.put("algorithm", plan.algorithm().name());
        all.put("algorithm_options", plan.algorithm().toString());
        all.put("seed", plan.seed());
        all.put("steps", plan.steps());
        all.put("batch", plan.batch());
        all.put("samples", plan.samples());
        all.put("sampling", plan.sampling().toString());
        all.put("tasks", plan.tasks().size());
        all.put("validation_tasks", plan.validation().size());
        all.put("validate_every", plan.validateEvery());
        all.put("student_concurrency", plan.limits().concurrency());
        all.put("student_timeout_seconds", plan.limits().timeout().toMillis() / 1000.0);
        all.put("student_retries", plan.limits().retries());
        return all;
    }

    /** What a part says of itself, if it says anything. */
    private static String name(Object part) {
        String text = part.toString();
        String identity = part.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(part));
        return text.equals(identity) ? part.getClass().getName().replaceAll("/0x.*", "") : text;
    }

    private Map<String, Object> error(Throwable e) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", e.getClass().getName());
        error.put("message", String.valueOf(e.getMessage()));
        error.put("during", during);
        return error;
    }

    private static Map<String, Object> summary(Validation validation) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("step", validation.step());
        validation.meanReward().ifPresent(mean -> one.put("mean_reward", mean));
        one.put("questions", validation.rollouts().size());
        one.put("unscored", validation.unscored());
        return one;
    }
}
