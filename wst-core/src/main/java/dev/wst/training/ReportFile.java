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
        report.put("versions", versions());
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
        all.put("student_concurrency", options.concurrency);
        all.put("student_timeout_seconds", options.timeout.toMillis() / 1000.0);
        return all;
    }

    private static Map<String, Object> versions() {
        String own = WstTrainer.class.getPackage().getImplementationVersion();
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("wst", own == null ? "unpackaged" : own);
        versions.put("java", System.getProperty("java.version", "unknown"));
        versions.put("os", System.getProperty("os.name", "unknown") + " " + System.getProperty("os.arch", ""));
        return versions;
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
