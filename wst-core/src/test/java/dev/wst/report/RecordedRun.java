package dev.wst.report;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Ending;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import dev.wst.budget.Cost;
import dev.wst.evaluation.Comparison;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RunDescription;
import dev.wst.metrics.RunDirectory;
import dev.wst.metrics.RunReader;
import dev.wst.metrics.RunReport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The directory of a run that was never made, written as a run writes it. */
final class RecordedRun {
    static final int VALIDATED = 30;

    private final Path directory;
    private final Map<String, String> configuration = new LinkedHashMap<>(Map.of("seed", "17"));
    private final List<Task> training = new ArrayList<>();
    private final List<Task> validation = new ArrayList<>();
    private Instructing instruction = (way, number) -> "Work it out, way " + way % 3 + ".";
    private IntFunction<Answer> answer = i -> Answer.of("So it is " + i + ".");
    private String question = "What is number ";

    RecordedRun(Path directory) {
        this.directory = directory;
        configuration.put("algorithm", "ppo");
        configuration.put("steps", "20");
        configuration.put("batch", "2");
        configuration.put("samples", "2");
        configuration.put("reward", "MatchReward[exact]");
        configuration.put("tasks", "20 (SHA-256 abc)");
        configuration.put("texts", "written");
    }

    RecordedRun configured(String name, String value) {
        configuration.put(name, value);
        return this;
    }

    RecordedRun asking(String text) {
        question = text;
        return this;
    }

    /** What is written for the task of a number. */
    @FunctionalInterface
    interface Instructing {
        String text(int way, int number);
    }

    RecordedRun instructing(Instructing texts) {
        instruction = texts;
        return this;
    }

    RecordedRun answering(IntFunction<Answer> answers) {
        answer = answers;
        return this;
    }

    private Task task(String id, int i) {
        return Task.of(id + i, question + i + "?", "the answer " + i);
    }

    /**
     * Writes it.
     *
     * @param steps finished
     * @param validated share of right validation tasks, by the step after which they were asked
     */
    RunReader write(int steps, Map<Integer, Double> validated, Optional<Ending> ending) {
        for (int i = 0; i < 20; i++) {
            training.add(task("t", i));
        }
        for (int i = 0; i < VALIDATED; i++) {
            validation.add(task("v", i));
        }
        RunDirectory.Detail detail = "redacted".equals(configuration.get("texts"))
                ? RunDirectory.Detail.REDACTED
                : RunDirectory.Detail.TEXTS;
        RunDescription description = new RunDescription(configuration, Map.of("java", "17"));
        try (RunDirectory run = RunDirectory.create(directory, description, training, validation, detail)) {
            List<RunReport.Mean> means = new ArrayList<>();
            for (int step = 0; step <= steps; step++) {
                if (step > 0) {
                    run.write(metrics(step), rollouts(step));
                }
                if (validated.containsKey(step)) {
                    Validation done = validation(step, validated.getOrDefault(step, 0.0));
                    run.write(done);
                    means.add(RunReport.Mean.of(done));
                }
            }
            ending.ifPresent(how -> run.writeReport(report(description, steps, how, means)));
        }
        return RunReader.open(directory);
    }

    private static RunReport report(RunDescription description, int steps, Ending how, List<RunReport.Mean> means) {
        return new RunReport(
                description,
                Map.of("student_retries", "3"),
                steps,
                how,
                how == Ending.FAILED
                        ? Optional.of(new RunReport.Failure("dev.wst.RewardException", "no such column", "step 4"))
                        : Optional.empty(),
                means,
                Map.of(),
                Optional.of(new RunReport.Bill(
                        new Cost(1234, 45_678, 9_012, new BigDecimal("1.25"), 0), Optional.of("USD"))),
                List.of());
    }

    private static StepMetrics metrics(int step) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("rollouts/unscored", 0.0);
        values.put("rollouts/failed_answers", step % 7 == 0 ? 1.0 : 0.0);
        values.put("reward", 0.3 + 0.02 * step);
        values.put("reward_std", 0.4);
        values.put("frac_reward_zero_std", 0.25);
        values.put("rewards/right/mean", 0.3 + 0.02 * step);
        values.put("completions/mean_length", 7.0);
        values.put("objective/kl", 0.1 * step);
        values.put("policy/entropy_avg", 0.4);
        values.put("loss/value_avg", 0.05);
        values.put("num_tokens", 100.0 * step);
        values.put("step_time", 2.0);
        return new StepMetrics(step, values);
    }

    private List<Rollout> rollouts(int step) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = (step * 2 + i / 2) % 20;
            rollouts.add(new Rollout(
                    attempt(training.get(number), step + i, number),
                    Reward.of(i % 2, Map.of("right", (double) (i % 2)))));
        }
        return rollouts;
    }

    private Attempt attempt(Task task, int way, int number) {
        return Attempt.of(task, Instruction.fixed(instruction.text(way, number)), answer.apply(number));
    }

    private Validation validation(int step, double share) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < VALIDATED; i++) {
            rollouts.add(
                    new Rollout(attempt(validation.get(i), step, i), Reward.of(i < VALIDATED * share - 1e-9 ? 1 : 0)));
        }
        return new Validation(step, rollouts);
    }

    /** Compares on so many questions: right so often alone, always told the same, and taught. */
    static void compare(Path directory, int questions, double alone, double fixed, double taught) {
        new KeptComparison(
                        new Comparison(List.of(
                                result("student alone", questions, alone, i -> ""),
                                result("untrained teacher", questions, alone, i -> "Hm, " + i + "."),
                                result("always \"Think.\"", questions, fixed, i -> "Think."),
                                result("trained teacher", questions, taught, i -> "Do it in way " + i % 3 + "."))),
                        "trained teacher",
                        Optional.of("untrained teacher"))
                .write(directory);
    }

    private static Comparison.Result result(String name, int questions, double share, IntFunction<String> instruction) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            Attempt attempt = Attempt.of(
                    new Task(
                            "q" + i,
                            "Question " + i + "?",
                            Optional.of("" + i),
                            Map.of("kind", i % 2 == 0 ? "even" : "odd")),
                    Instruction.fixed(instruction.apply(i)),
                    Answer.of(name + " led to this."));
            rollouts.add(new Rollout(attempt, Reward.of(i < questions * share - 1e-9 ? 1 : 0)));
        }
        return new Comparison.Result(name, rollouts);
    }
}
