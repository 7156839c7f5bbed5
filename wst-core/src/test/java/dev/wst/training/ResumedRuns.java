package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.StepMetrics;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TrainingListener;
import dev.wst.Validation;
import dev.wst.engine.model.TinyModel;
import dev.wst.metrics.RunReader;
import dev.wst.metrics.RunReport;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.teacher.TransformerTeacherBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Small runs of a tiny teacher, to be killed and resumed, and what two of them must have in common. */
abstract class ResumedRuns {
    static final int STEPS = 5;

    @TempDir
    Path directory;

    Path model;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
    }

    TransformerTeacher teacher(boolean whole) {
        TransformerTeacherBuilder builder = TransformerTeacher.builder(model).prompt(TeacherPrompt.bare("{question}"));
        return (whole ? builder.fullFineTuning() : builder.lora(2, 4).seed(3)).build();
    }

    static List<Task> tasks(int from, int to) {
        List<Task> tasks = new ArrayList<>();
        for (int i = from; i < to; i++) {
            tasks.add(Task.of("t" + i, "w" + i % 90 + " w" + i * 7 % 90));
        }
        return tasks;
    }

    static Algorithm algorithm(String name) {
        return name.equals("ppo")
                ? Ppo.defaults().withLearningRate(1e-2).withAdaptiveKl(1, 50).withMinibatches(2)
                : Grpo.defaults().withLearningRate(1e-2).withKlCoefficient(0.1).withIterations(2);
    }

    static WstTrainerBuilder configured(WstTrainerBuilder begun, TransformerTeacher teacher, String algorithm) {
        return withoutStudent(begun, teacher, algorithm)
                .student(advice -> Answer.of("answer to " + advice.instruction().text()));
    }

    /** Three answers of each of two students, and one more in validations. */
    static WstTrainerBuilder severalStudents(WstTrainerBuilder begun, TransformerTeacher teacher, String algorithm) {
        return withoutStudent(begun, teacher, algorithm)
                .answersPerInstruction(3)
                .student("a", student("a"))
                .student("b", student("b"))
                .validationStudent("c", student("c"));
    }

    static StudentClient student(String name) {
        return advice -> Answer.of(
                name + advice.situation().sample() + advice.instruction().text());
    }

    static WstTrainerBuilder withoutStudent(WstTrainerBuilder begun, TransformerTeacher teacher, String algorithm) {
        return begun.teacher(teacher)
                .reward(attempt -> Reward.of(attempt.answer().text().hashCode() % 7))
                .tasks(tasks(0, 7))
                .validation(tasks(100, 102))
                .validateEvery(2)
                .algorithm(algorithm(algorithm))
                .sampling(Sampling.defaults().withMaxTokens(5))
                .batch(3)
                .samples(3)
                .steps(STEPS)
                .seed(11)
                .clock(() -> Instant.EPOCH)
                .checkpointEvery(2);
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is left of a run that is killed now: its files, and the beginning of a line. */
    Path killed(Path run, String when) {
        Path left = directory.resolve("killed " + when);
        copy(run, left);
        for (String name : List.of("metrics.jsonl", "rollouts.jsonl")) {
            try {
                Files.writeString(left.resolve(name), "{\"step\":9,\"re", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return left;
    }

    /** Tells of every step and validation. */
    static TrainingListener listener(Consumer<String> told) {
        return new TrainingListener() {
            @Override
            public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
                told.accept("in step " + metrics.step());
            }

            @Override
            public void onValidation(Validation validation) {
                told.accept("in validation " + validation.step());
            }
        };
    }

    /** Times, cost and kept answers, which stand last in a line, aside. */
    static void assertSameMetrics(Path run, Path expected) throws IOException {
        assertThat(outcomes(run)).isNotEmpty().isEqualTo(outcomes(expected));
    }

    static List<String> outcomes(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceFirst(",\"step_time\":.*", "}"))
                .toList();
    }

    static void assertSame(Path run, Path expected) throws IOException {
        assertSameMetrics(run, expected);
        for (String name : List.of("rollouts.jsonl", "run.json", "tasks.jsonl")) {
            assertThat(run.resolve(name)).as(name).hasSameBinaryContentAs(expected.resolve(name));
        }
        assertSameReport(
                RunReader.open(run).report().orElseThrow(),
                RunReader.open(expected).report().orElseThrow());
        for (String name : List.of("adapter", "checkpoints")) {
            try (Stream<Path> files = Files.walk(expected.resolve(name))) {
                // The manifest says how long metrics.jsonl was, cost included.
                List<Path> all = files.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("manifest.json") && !file.endsWith("SHA256SUMS"))
                        .toList();
                assertThat(all).isNotEmpty();
                for (Path file : all) {
                    assertThat(run.resolve(expected.relativize(file).toString()))
                            .hasSameBinaryContentAs(file);
                }
            }
        }
    }

    /**
     * A run that is killed at some moments, and resumed from each, comes to what it comes to undisturbed, and leaves the same files.
     *
     * @param configured all of the run but its directory
     * @return the outcomes of its steps
     */
    List<StepMetrics> assertGoesOn(
            BiFunction<WstTrainerBuilder, TransformerTeacher, WstTrainerBuilder> configured, List<String> moments)
            throws IOException {
        Path run = directory.resolve("run");
        List<Path> killed = new ArrayList<>();
        List<StepMetrics> outcomes;
        try (TransformerTeacher teacher = teacher(false)) {
            outcomes = outcomes(configured
                    .apply(WstTrainer.builder(), teacher)
                    .runDirectory(run)
                    .listener(listener(when -> {
                        if (moments.contains(when)) {
                            killed.add(killed(run, when));
                        }
                    })));
        }
        assertThat(killed).hasSameSizeAs(moments);
        for (Path left : killed) {
            try (TransformerTeacher teacher = teacher(false)) {
                assertThat(outcomes(configured.apply(WstTrainer.resume(left), teacher)))
                        .isEqualTo(outcomes);
            }
            assertSame(left, run);
        }
        return outcomes;
    }

    private static List<StepMetrics> outcomes(WstTrainerBuilder trainer) {
        return trainer.build().fit().steps().stream().map(StepMetrics::outcome).toList();
    }

    static void assertSameReport(RunReport found, RunReport expected) {
        assertThat(found.description()).isEqualTo(expected.description());
        assertThat(found.ending()).isEqualTo(expected.ending());
        assertThat(found.validations()).isEqualTo(expected.validations());
        assertThat(new StepMetrics(found.steps(), found.lastStep()).outcome())
                .isEqualTo(new StepMetrics(expected.steps(), expected.lastStep()).outcome());
        assertThat(found.bill()).isEqualTo(expected.bill());
    }

    Path finished(WstTrainerBuilder trainer) {
        Path run = directory.resolve("run");
        trainer.runDirectory(run).build().fit();
        return run;
    }

    Path failed(String where) {
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer trainer = configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(run)
                    .listener(listener(when -> {
                        if (when.equals(where)) {
                            throw new IllegalStateException("no more");
                        }
                    }))
                    .build();
            assertThatThrownBy(trainer::fit).hasMessage("no more");
        }
        return run;
    }

    void assertRefused(Path run, Class<? extends Exception> type, String message) {
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer trainer =
                    configured(WstTrainer.resume(run), teacher, "grpo").build();
            assertThatThrownBy(trainer::fit).isInstanceOf(type).hasMessage(message);
        }
    }
}
