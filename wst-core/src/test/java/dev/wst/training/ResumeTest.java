package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Ending;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.StepMetrics;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.Transfer;
import dev.wst.UnavailableException;
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
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is resumed ends as one that never stopped. */
class ResumeTest {
    private static final int STEPS = 5;

    @TempDir
    Path directory;

    private Path model;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
    }

    private TransformerTeacher teacher(boolean whole) {
        TransformerTeacherBuilder builder = TransformerTeacher.builder(model).prompt(TeacherPrompt.bare("{question}"));
        return (whole ? builder.fullFineTuning() : builder.lora(2, 4).seed(3)).build();
    }

    private static List<Task> tasks(int from, int to) {
        List<Task> tasks = new ArrayList<>();
        for (int i = from; i < to; i++) {
            tasks.add(Task.of("t" + i, "w" + i % 90 + " w" + i * 7 % 90));
        }
        return tasks;
    }

    private static Algorithm algorithm(String name) {
        return name.equals("ppo")
                ? Ppo.defaults().withLearningRate(1e-2).withAdaptiveKl(1, 50).withMinibatches(2)
                : Grpo.defaults().withLearningRate(1e-2).withKlCoefficient(0.1).withIterations(2);
    }

    private static WstTrainerBuilder configured(WstTrainerBuilder begun, TransformerTeacher teacher, String algorithm) {
        return withoutStudent(begun, teacher, algorithm)
                .student(advice -> Answer.of("answer to " + advice.instruction().text()));
    }

    /** Three answers of each of two students, and one more in validations. */
    private static WstTrainerBuilder severalStudents(
            WstTrainerBuilder begun, TransformerTeacher teacher, String algorithm) {
        return withoutStudent(begun, teacher, algorithm)
                .answersPerInstruction(3)
                .student("a", student("a"))
                .student("b", student("b"))
                .validationStudent("c", student("c"));
    }

    private static StudentClient student(String name) {
        return advice -> Answer.of(
                name + advice.situation().sample() + advice.instruction().text());
    }

    private static WstTrainerBuilder withoutStudent(
            WstTrainerBuilder begun, TransformerTeacher teacher, String algorithm) {
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

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is left of a run that is killed now: its files, and the beginning of a line. */
    private Path killed(Path run, String when) {
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
    private static TrainingListener listener(Consumer<String> told) {
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
    private static void assertSameMetrics(Path run, Path expected) throws IOException {
        assertThat(outcomes(run)).isNotEmpty().isEqualTo(outcomes(expected));
    }

    private static List<String> outcomes(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceFirst(",\"step_time\":.*", "}"))
                .toList();
    }

    private static void assertSame(Path run, Path expected) throws IOException {
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

    private static void assertSameReport(RunReport found, RunReport expected) {
        assertThat(found.description()).isEqualTo(expected.description());
        assertThat(found.ending()).isEqualTo(expected.ending());
        assertThat(found.validations()).isEqualTo(expected.validations());
        assertThat(new StepMetrics(found.steps(), found.lastStep()).outcome())
                .isEqualTo(new StepMetrics(expected.steps(), expected.lastStep()).outcome());
        assertThat(found.bill()).isEqualTo(expected.bill());
    }

    @ParameterizedTest
    @CsvSource({"ppo, false", "ppo, true", "grpo, false", "grpo, true"})
    void a_run_that_was_killed_goes_on_as_if_it_never_stopped(String algorithm, boolean whole) throws IOException {
        Path run = directory.resolve("run");
        List<Path> killed = new ArrayList<>();
        List<String> moments =
                whole ? List.of("in step 3") : List.of("in validation 0", "in step 3", "in validation 5");
        List<StepMetrics> steps;
        try (TransformerTeacher teacher = teacher(whole)) {
            steps = configured(WstTrainer.builder(), teacher, algorithm)
                    .runDirectory(run)
                    .listener(listener(when -> {
                        if (moments.contains(when)) {
                            killed.add(killed(run, when));
                        }
                    }))
                    .build()
                    .fit()
                    .steps();
        }
        assertThat(killed).hasSameSizeAs(moments);
        for (Path left : killed) {
            try (TransformerTeacher teacher = teacher(whole)) {
                TrainingReport report = configured(WstTrainer.resume(left), teacher, algorithm)
                        .build()
                        .fit();
                assertThat(report.steps())
                        .extracting(StepMetrics::outcome)
                        .isEqualTo(steps.stream().map(StepMetrics::outcome).toList());
                assertThat(report.validations()).extracting(Validation::step).containsExactly(0, 2, 4, 5);
                assertThat(report.ending()).isEqualTo(Ending.FINISHED);
            }
            assertSame(left, run);
        }
    }

    @Test
    void a_run_with_several_students_goes_on_as_if_it_never_stopped() throws IOException {
        Path run = directory.resolve("run");
        List<Path> killed = new ArrayList<>();
        TrainingReport whole;
        try (TransformerTeacher teacher = teacher(false)) {
            whole = severalStudents(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(run)
                    .listener(listener(when -> {
                        if (List.of("in step 3", "in validation 4").contains(when)) {
                            killed.add(killed(run, when));
                        }
                    }))
                    .build()
                    .fit();
        }
        assertThat(whole.transfer()).extracting(Transfer::student).containsExactly("c");
        assertThat(killed).hasSize(2);
        for (Path left : killed) {
            try (TransformerTeacher teacher = teacher(false)) {
                TrainingReport report = severalStudents(WstTrainer.resume(left), teacher, "grpo")
                        .build()
                        .fit();
                assertThat(report.steps())
                        .extracting(StepMetrics::outcome)
                        .isEqualTo(
                                whole.steps().stream().map(StepMetrics::outcome).toList());
                assertThat(report.transfer()).isEqualTo(whole.transfer());
            }
            assertSame(left, run);
        }
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer other = configured(WstTrainer.resume(killed.get(0)), teacher, "grpo")
                    .build();
            assertThatThrownBy(other::fit).isInstanceOf(InvalidInputException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in step 1", "in validation 2", "in step 4", "in validation 5"})
    void a_run_that_was_interrupted_goes_on_as_if_it_never_stopped(String where) throws IOException {
        Path whole = directory.resolve("whole");
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(whole)
                    .build()
                    .fit();
        }
        try (TransformerTeacher teacher = teacher(false)) {
            TrainingReport report = configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(run)
                    .checkpointEvery(100)
                    .listener(listener(when -> {
                        if (when.equals(where)) {
                            Thread.currentThread().interrupt();
                        }
                    }))
                    .build()
                    .fit();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(report.ending()).isEqualTo(where.endsWith("5") ? Ending.FINISHED : Ending.INTERRUPTED);
        }
        if (!where.endsWith("5")) {
            try (TransformerTeacher teacher = teacher(false)) {
                configured(WstTrainer.resume(run), teacher, "grpo").build().fit();
            }
        }
        assertSameMetrics(run, whole);
        for (String name : List.of("rollouts.jsonl", "adapter/adapter_model.safetensors")) {
            assertThat(run.resolve(name)).as(name).hasSameBinaryContentAs(whole.resolve(name));
        }
    }

    private Path finished(WstTrainerBuilder trainer) {
        Path run = directory.resolve("run");
        trainer.runDirectory(run).build().fit();
        return run;
    }

    private Path failed(String where) {
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

    private void assertRefused(Path run, Class<? extends Exception> type, String message) {
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer trainer =
                    configured(WstTrainer.resume(run), teacher, "grpo").build();
            assertThatThrownBy(trainer::fit).isInstanceOf(type).hasMessage(message);
        }
    }

    @Test
    void listeners_of_a_resumed_run_learn_what_stands_before_its_first_step() {
        Path run = failed("in step 4");
        List<String> told = new ArrayList<>();
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.resume(run), teacher, "grpo")
                    .listener(new TrainingListener() {
                        @Override
                        public void onResume(List<StepMetrics> steps, List<Validation> validations) {
                            told.add("resumed after " + steps.size() + " steps and " + validations.size()
                                    + " validations");
                        }

                        @Override
                        public void onStart(int steps) {
                            told.add("start of " + steps);
                        }

                        @Override
                        public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
                            told.add("step " + metrics.step() + ", " + metrics.value("answers/kept") + " kept");
                        }
                    })
                    .build()
                    .fit();
        }
        assertThat(told)
                .containsExactly(
                        "resumed after 2 steps and 2 validations",
                        "start of 5",
                        "step 3, 9.0 kept",
                        "step 4, 9.0 kept",
                        "step 5, 0.0 kept");
    }

    @Test
    void a_run_that_is_complete_is_not_resumed() throws IOException {
        Path run;
        try (TransformerTeacher teacher = teacher(false)) {
            run = finished(configured(WstTrainer.builder(), teacher, "grpo"));
        }
        byte[] report = Files.readAllBytes(run.resolve("report.json"));
        assertRefused(
                run,
                InvalidInputException.class,
                "the run in " + run + " is complete after 5 steps; to train further, begin a new run with its adapter");
        assertThat(run.resolve("report.json")).hasBinaryContent(report);
    }

    @Test
    void a_directory_that_is_none_of_a_run_is_not_resumed() throws IOException {
        Path missing = directory.resolve("missing");
        assertRefused(missing, InvalidInputException.class, missing + " is no directory; name the directory of a run");
        Path other = Files.createDirectory(directory.resolve("other"));
        assertRefused(
                other, InvalidInputException.class, other + " holds no run.json: it is not the directory of a run");
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void a_run_of_another_version_is_not_resumed() throws IOException {
        Path run = failed("in validation 2");
        Path description = run.resolve("run.json");
        Files.writeString(description, Files.readString(description).replace("\"format\" : 1", "\"format\" : 7"));
        assertRefused(
                run,
                InvalidInputException.class,
                description
                        + " is of format 7, and this version reads 1; resume the run with the version of the library"
                        + " that began it");
    }

    @Test
    void a_run_with_another_configuration_is_not_resumed() {
        Path run = failed("in validation 2");
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer trainer = configured(WstTrainer.resume(run), teacher, "grpo")
                    .seed(12)
                    .batch(2)
                    .build();
            assertThatThrownBy(trainer::fit)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "the run in " + run + " was begun with another configuration; resume it with the same, or"
                                    + " begin a new run:\n  batch: 3 then, 2 now\n  seed: 11 then, 12 now");
        }
        try (TransformerTeacher teacher = teacher(true)) {
            WstTrainer trainer =
                    configured(WstTrainer.resume(run), teacher, "grpo").build();
            assertThatThrownBy(trainer::fit)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("\n  teacher.trained: ");
        }
    }

    @Test
    void a_run_that_another_writes_is_not_resumed() throws IOException {
        Path run = directory.resolve("run");
        List<Throwable> refused = new ArrayList<>();
        try (TransformerTeacher teacher = teacher(false);
                TransformerTeacher other = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(run)
                    .listener(listener(when -> {
                        try {
                            configured(WstTrainer.resume(run), other, "grpo")
                                    .build()
                                    .fit();
                        } catch (UnavailableException e) {
                            refused.add(e);
                        }
                    }))
                    .build()
                    .fit();
        }
        assertThat(refused)
                .hasSize(STEPS + 4)
                .allSatisfy(e -> assertThat(e)
                        .hasMessage(run + " is being written by another run (this process); wait for its end or choose"
                                + " another directory"));
    }

    /** Damages one byte of each file of the newest checkpoint in turn: the one before it is taken, and the run ends the same. */
    @Test
    void a_damaged_checkpoint_is_passed_over() throws IOException {
        Path whole = directory.resolve("whole");
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(whole)
                    .build()
                    .fit();
        }
        Path run = failed("in validation 4");
        Path newest = run.resolve("checkpoints/step-000004");
        List<Path> files;
        try (Stream<Path> all = Files.walk(newest)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files)
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactly("SHA256SUMS", "manifest.json", "state.json", "state.safetensors");
        SplittableRandom random = new SplittableRandom(5);
        for (Path file : files) {
            Path damaged = directory.resolve("damaged " + file.getFileName());
            copy(run, damaged);
            flip(damaged.resolve(run.relativize(file).toString()), random);
            try (TransformerTeacher teacher = teacher(false)) {
                configured(WstTrainer.resume(damaged), teacher, "grpo").build().fit();
            }
            assertSameMetrics(damaged, whole);
            for (String name : List.of("rollouts.jsonl", "adapter/adapter_model.safetensors")) {
                assertThat(damaged.resolve(name)).as(name).hasSameBinaryContentAs(whole.resolve(name));
            }
        }
    }

    /** A line that belongs to a checkpoint and is not as it was written: the checkpoint before the line is taken. */
    @ParameterizedTest
    @ValueSource(strings = {"metrics.jsonl", "rollouts.jsonl"})
    void a_checkpoint_whose_lines_were_changed_is_passed_over(String name) throws IOException {
        Path whole = directory.resolve("whole");
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(whole)
                    .build()
                    .fit();
        }
        Path run = failed("in validation 4");
        Path file = run.resolve(name);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        int last = lines.size() - 1;
        lines.set(last, lines.get(last).replace('1', '7'));
        Files.write(file, lines);
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.resume(run), teacher, "grpo").build().fit();
        }
        assertSameMetrics(run, whole);
        assertThat(run.resolve("rollouts.jsonl")).hasSameBinaryContentAs(whole.resolve("rollouts.jsonl"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_tasks_of_a_run_are_written_anew_where_they_are_damaged(boolean missing) throws IOException {
        Path run = failed("in validation 2");
        Path tasks = run.resolve("tasks.jsonl");
        String expected = Files.readString(tasks);
        if (missing) {
            Files.delete(tasks);
        } else {
            Files.writeString(tasks, expected.replace("w1", "w2"));
        }
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.resume(run), teacher, "grpo").build().fit();
        }
        assertThat(tasks).hasContent(expected);
    }

    @Test
    void a_run_whose_description_was_changed_is_not_resumed() throws IOException {
        Path run = failed("in validation 2");
        Path description = run.resolve("run.json");
        Files.writeString(description, Files.readString(description).replace("\"11\"", "\"12\""));
        assertRefused(
                run,
                InvalidInputException.class,
                description + " is damaged: its configuration is not that of " + run.resolve("checkpoints/step-000002")
                        + "; put back what it was, or begin a new run");
    }

    @Test
    void a_run_that_was_refused_can_be_resumed_when_its_files_are_back() throws IOException {
        Path run = failed("in validation 2");
        Path metrics = run.resolve("metrics.jsonl");
        Path away = Files.move(metrics, directory.resolve("away"));
        assertRefused(
                run,
                EnvironmentException.class,
                "the run directory " + run + " cannot be written: java.nio.file.NoSuchFileException: " + metrics);
        Files.move(away, metrics);
        try (TransformerTeacher teacher = teacher(false)) {
            TrainingReport report =
                    configured(WstTrainer.resume(run), teacher, "grpo").build().fit();
            assertThat(report.ending()).isEqualTo(Ending.FINISHED);
        }
    }

    private static void flip(Path file, SplittableRandom random) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long place = random.nextLong(bytes.length());
            bytes.seek(place);
            int old = bytes.read();
            bytes.seek(place);
            bytes.write(old ^ 1 << random.nextInt(8));
        }
    }

    @Test
    void a_run_without_an_intact_checkpoint_is_not_resumed() throws IOException {
        Path run = failed("in validation 2");
        try (Stream<Path> all = Files.list(run.resolve("checkpoints"))) {
            for (Path one : all.toList()) {
                Files.delete(one.resolve("manifest.json"));
            }
        }
        assertRefused(
                run,
                InvalidInputException.class,
                "the run in " + run + " cannot be resumed: none of its checkpoints is intact; begin a new run");
    }

    @Test
    void a_run_killed_before_its_first_checkpoint_begins_anew() throws IOException {
        Path whole = directory.resolve("whole");
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(whole)
                    .build()
                    .fit();
        }
        Files.createDirectory(run);
        for (String name : List.of("run.json", "tasks.jsonl")) {
            Files.copy(whole.resolve(name), run.resolve(name));
        }
        Files.createFile(run.resolve("metrics.jsonl"));
        Files.createFile(run.resolve("rollouts.jsonl"));
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.resume(run), teacher, "grpo").build().fit();
        }
        assertSame(run, whole);
    }

    @Test
    void a_run_stops_when_validations_get_no_better_and_gives_back_the_best_teacher() throws IOException {
        Path run = directory.resolve("run");
        List<String> told = new ArrayList<>();
        byte[] best;
        try (TransformerTeacher teacher = teacher(false)) {
            // The second and third validation of six: 2 is the best, then 1 and 1.
            int[] rewards = {1, 2, 1, 1, 9, 9};
            AtomicInteger validations = new AtomicInteger();
            TrainingReport report = configured(WstTrainer.builder(), teacher, "grpo")
                    .steps(10)
                    .reward(attempt -> Reward.of(
                            attempt.task().id().startsWith("t10")
                                    ? rewards[validations.getAndIncrement() / 2]
                                    : attempt.instruction().tokenCount()))
                    .runDirectory(run)
                    .stopEarly(2)
                    .listener(listener(told::add))
                    .build()
                    .fit();
            assertThat(report.ending()).isEqualTo(Ending.STOPPED_EARLY);
            assertThat(report.steps()).hasSize(6);
            teacher.saveState(directory.resolve("now"));
            best = Files.readAllBytes(directory.resolve("now/state.safetensors"));
        }
        assertThat(told).last().isEqualTo("in validation 6");
        assertThat(run.resolve("checkpoints/step-000002/teacher/state.safetensors"))
                .hasBinaryContent(best);
        try (Stream<Path> kept = Files.list(run.resolve("checkpoints"))) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .contains("step-000002")
                    .hasSize(3);
        }
    }

    @Test
    void redacted_texts_are_nowhere_in_the_run_directory() throws IOException {
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .redactTexts()
                    .runDirectory(run)
                    .build()
                    .fit();
        }
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".safetensors")) {
                    assertThat(file).content().doesNotContain("answer to").doesNotContain("w3 w21");
                }
            }
        }
        assertThat(Files.readAllLines(run.resolve("rollouts.jsonl")).get(0))
                .containsPattern("\"answer\":\"\\[\\d+ characters, SHA-256 [0-9a-f]{16}]\"");
    }

    @Test
    void what_a_builder_cannot_do_is_refused_at_the_call() {
        WstTrainerBuilder resumed = WstTrainer.resume(directory);
        assertThatThrownBy(() -> resumed.runDirectory(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a run is resumed in its own directory; begin another with WstTrainer.builder() to write"
                        + " elsewhere");
        WstTrainerBuilder fresh = WstTrainer.builder();
        assertThatThrownBy(() -> fresh.checkpointEvery(0)).hasMessage("checkpointEvery must be at least 1, got 0");
        assertThatThrownBy(() -> fresh.checkpointEvery(Duration.ZERO))
                .hasMessage("the time between checkpoints must be positive, got PT0S");
        assertThatThrownBy(() -> fresh.stopEarly(0)).hasMessage("the patience of stopEarly must be at least 1, got 0");
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainerBuilder without =
                    configured(WstTrainer.builder(), teacher, "grpo").stopEarly(1);
            assertThatThrownBy(without::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("stopping early needs validation tasks and a run directory: call validation(...) and"
                            + " runDirectory(...), or leave stopEarly out");
        }
    }
}
