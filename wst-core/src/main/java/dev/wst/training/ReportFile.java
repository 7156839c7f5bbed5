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
record ReportFile(
        WstTrainerBuilder options, RunRecord record, boolean interrupted, Optional<Throwable> failure, String during) {

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
        all.put("teacher", options.teacher().description());
        all.put("student", name(options.student()));
        all.put("reward", name(options.reward()));
        if (options.algorithm().usesCritic()) {
            all.put("critic", options.givenCritic().map(ReportFile::name).orElse("DeepCritic, as by default"));
        }
        all.put("algorithm", options.algorithm().name());
        all.put("algorithm_options", options.algorithm().toString());
        all.put("seed", options.seed);
        all.put("steps", options.steps);
        all.put("batch", options.batch);
        all.put("samples", options.samples());
        all.put("sampling", options.sampling.toString());
        all.put("tasks", options.tasks.size());
        all.put("validation_tasks", options.validation.size());
        all.put("validate_every", options.validateEvery);
        all.put("student_concurrency", options.limits.concurrency());
        all.put("student_timeout_seconds", options.limits.timeout().toMillis() / 1000.0);
        all.put("student_retries", options.limits.retries());
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
