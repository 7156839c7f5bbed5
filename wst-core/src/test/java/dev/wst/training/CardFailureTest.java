package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Answer;
import dev.wst.EnvironmentException;
import dev.wst.Precision;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.TrainingListener;
import dev.wst.WstException;
import dev.wst.engine.KernelNames;
import dev.wst.engine.model.TinyModel;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.DeviceMemoryException;
import dev.wst.engine.tensor.cuda.CardOnCpu;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on a card that fails under way, or has too little memory. */
class CardFailureTest {
    @TempDir
    private Path directory;

    private final CardOnCpu card = new CardOnCpu();
    private Path model;

    @BeforeEach
    void prepare() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
    }

    @AfterEach
    void nothing_is_left() {
        card.reset();
        for (String what : List.of("blocks", "contexts", "held", "graphs", "executables")) {
            assertThat(card.count(what)).as(what).isZero();
        }
    }

    private TransformerTeacher teacher() {
        return KernelNames.with(
                "cuda",
                () -> TransformerTeacher.builder(model)
                        .prompt(TeacherPrompt.bare("{question}"))
                        .kernels("cuda")
                        .precision(Precision.FP32)
                        .lora(4, 8)
                        .seed(3)
                        .build());
    }

    private Path run() {
        return directory.resolve("run");
    }

    private WstTrainerBuilder trainer(TransformerTeacher teacher, Algorithm algorithm) {
        return configured(WstTrainer.builder(), teacher, algorithm).runDirectory(run());
    }

    private static WstTrainerBuilder configured(
            WstTrainerBuilder trainer, TransformerTeacher teacher, Algorithm algorithm) {
        return trainer.teacher(teacher)
                .student(advice -> Answer.of(advice.instruction().text()))
                .reward(attempt -> Reward.of(attempt.answer().text().length() % 5))
                .tasks(List.of(Task.of("a", "w5 w9"), Task.of("b", "w3"), Task.of("c", "w5 w9 w2")))
                .algorithm(algorithm)
                .sampling(Sampling.defaults().withMaxTokens(6))
                .batch(2)
                .samples(3)
                .seed(7)
                .steps(3);
    }

    /** Tells the card to fail in the third step, after so many per cent of the launches that the second took. */
    private TrainingListener failing(int percent) {
        AtomicLong before = new AtomicLong();
        return new TrainingListener() {
            @Override
            public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
                long launches = card.count("launches");
                if (metrics.step() == 2) {
                    card.with("fail_launch", 1 + (launches - before.get()) * percent / 100);
                }
                before.set(launches);
            }
        };
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(run().resolve("report.json").toFile());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 40, 60})
    void a_launch_that_fails_ends_the_run_and_keeps_what_was_learned(int percent) throws IOException {
        try (TransformerTeacher teacher = teacher()) {
            BackendException failure = catchThrowableOfType(
                    BackendException.class,
                    () -> trainer(teacher, Grpo.defaults())
                            .listener(failing(percent))
                            .build()
                            .fit());
            assertThat(failure)
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageStartingWith("CUDA: launching ")
                    .hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED")
                    .hasNoSuppressedExceptions();
            assertThat(teacher.updates()).isBetween(2, 3);
        }
        assertThat(Files.readAllLines(run().resolve("metrics.jsonl"))).hasSize(2);
        assertThat(run().resolve("adapter/adapter_model.safetensors")).exists();
        assertThat(report().path("steps").asInt()).isEqualTo(2);
        assertThat(report().at("/error/type").asText()).isEqualTo(BackendException.class.getName());
        assertThat(report().at("/error/during").asText()).isEqualTo("step 3");
        TransformerTeacher again = KernelNames.with(
                "cuda",
                () -> TransformerTeacher.builder(model)
                        .prompt(TeacherPrompt.bare("{question}"))
                        .kernels("cuda")
                        .adapter(run().resolve("adapter"))
                        .build());
        again.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 60})
    void a_card_that_is_lost_ends_the_run_and_what_was_learned_is_saved_from_the_hosts_memory(int percent)
            throws IOException {
        card.with("lost_by_failure", 1);
        try (TransformerTeacher teacher = teacher()) {
            BackendException failure = catchThrowableOfType(
                    BackendException.class,
                    () -> trainer(teacher, Grpo.defaults())
                            .listener(failing(percent))
                            .build()
                            .fit());
            assertThat(failure)
                    .hasMessageStartingWith("CUDA: launching ")
                    .hasMessageContaining("start it again")
                    .hasNoSuppressedExceptions();
        }
        assertThat(Files.readAllLines(run().resolve("metrics.jsonl"))).hasSize(2);
        assertThat(Files.readAllLines(run().resolve("rollouts.jsonl"))).hasSizeGreaterThanOrEqualTo(12);
        assertThat(report().at("/error/message").asText()).startsWith("CUDA: launching ");
        card.reset();
        assertThat(adapter(run())).isEqualTo(adapterAfter(2));
        try (TransformerTeacher next = teacher()) {
            assertThat(configured(WstTrainer.resume(run()), next, Grpo.defaults())
                            .build()
                            .fit()
                            .steps())
                    .hasSize(3);
        }
        assertThat(adapter(run())).isEqualTo(adapterAfter(3));
    }

    @Test
    void a_mean_of_weights_goes_on_where_it_was_though_the_card_was_lost_while_it_was_measured() throws IOException {
        card.with("lost_by_failure", 1);
        try (TransformerTeacher teacher = teacher()) {
            BackendException failure = catchThrowableOfType(
                    BackendException.class,
                    () -> averaged(WstTrainer.builder().runDirectory(run()), teacher)
                            .listener(failing(20))
                            .build()
                            .fit());
            assertThat(failure).hasMessageStartingWith("CUDA: launching ");
        }
        card.reset();
        Path other = directory.resolve("undisturbed");
        try (TransformerTeacher next = teacher();
                TransformerTeacher undisturbed = teacher()) {
            averaged(WstTrainer.resume(run()), next).build().fit();
            averaged(WstTrainer.builder().runDirectory(other), undisturbed)
                    .build()
                    .fit();
        }
        assertThat(adapter(run())).isEqualTo(adapter(other));
    }

    private static WstTrainerBuilder averaged(WstTrainerBuilder trainer, TransformerTeacher teacher) {
        return configured(trainer, teacher, Grpo.defaults())
                .averageWeights(2)
                .validation(List.of(Task.of("d", "w9 w2")))
                .validateEvery(1);
    }

    /** What a run that nothing disturbs has learned by then. */
    private byte[] adapterAfter(int steps) throws IOException {
        Path other = directory.resolve("undisturbed-" + steps);
        try (TransformerTeacher teacher = teacher()) {
            WstTrainerBuilder trainer =
                    configured(WstTrainer.builder(), teacher, Grpo.defaults()).runDirectory(other);
            trainer.listener(stopping(steps)).build().fit();
        } finally {
            Thread.interrupted();
        }
        return adapter(other);
    }

    private static TrainingListener stopping(int step) {
        return new TrainingListener() {
            @Override
            public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
                if (metrics.step() == step) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private static byte[] adapter(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("adapter/adapter_model.safetensors"));
    }

    @Test
    void of_a_lost_card_whose_model_is_trained_whole_it_is_said_what_could_not_be_saved() throws IOException {
        card.with("lost_by_failure", 1);
        try (TransformerTeacher teacher = KernelNames.with(
                "cuda",
                () -> TransformerTeacher.builder(model)
                        .prompt(TeacherPrompt.bare("{question}"))
                        .kernels("cuda")
                        .fullFineTuning()
                        .seed(3)
                        .build())) {
            BackendException failure = catchThrowableOfType(
                    BackendException.class,
                    () -> trainer(teacher, Grpo.defaults())
                            .listener(failing(60))
                            .build()
                            .fit());
            assertThat(failure.getSuppressed()).isNotEmpty().allMatch(WstException.class::isInstance);
        }
        assertThat(report().at("/error/message").asText()).startsWith("CUDA: launching ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_whole_run_leaves_nothing_on_the_card(boolean ppo) {
        try (TransformerTeacher teacher = teacher()) {
            trainer(teacher, ppo ? Ppo.defaults() : Grpo.defaults().withKlCoefficient(0.04))
                    .build()
                    .fit();
            assertThat(card.count("blocks")).isPositive();
            assertThat(card.count("executables")).isPositive();
        }
    }

    @Test
    void a_student_that_fails_in_between_leaves_nothing_on_the_card() {
        AtomicLong asked = new AtomicLong();
        try (TransformerTeacher teacher = teacher()) {
            WstTrainerBuilder trainer = trainer(teacher, Grpo.defaults())
                    .outageLimit(Duration.ZERO)
                    .student(advice -> {
                        if (asked.incrementAndGet() > 9) {
                            throw new IllegalStateException("no more answers");
                        }
                        return Answer.of("an answer");
                    });
            assertThatThrownBy(() -> trainer.build().fit()).isInstanceOf(WstException.class);
        }
    }

    /** Wherever memory ends while a model is loaded, the model is refused, and loads once there is enough. */
    @Test
    void a_model_that_does_not_fit_is_refused_and_loads_when_there_is_room() {
        long needed;
        try (TransformerTeacher teacher = teacher()) {
            assertThat(teacher.updates()).isZero();
            needed = card.count("taken");
        }
        long ofModel = needed - (32 << 20);
        for (int percent : new int[] {10, 30, 50, 70, 85}) {
            card.with("memory", needed - ofModel * (100 - percent) / 100);
            assertThatThrownBy(this::teacher)
                    .isExactlyInstanceOf(DeviceMemoryException.class)
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContainingAll("the card has no room for ", "(free: ", "lower the batch");
            nothing_is_left();
        }
        card.with("memory", needed);
        teacher().close();
    }

    @Test
    void a_step_that_does_not_fit_is_refused_and_the_teacher_goes_on() throws IOException {
        try (TransformerTeacher teacher = teacher()) {
            card.with("memory", card.count("taken"));
            DeviceMemoryException failure = catchThrowableOfType(
                    DeviceMemoryException.class,
                    () -> trainer(teacher, Grpo.defaults()).build().fit());
            assertThat(failure).hasMessageContaining("lower the batch, the samples, the tokens to be written");
            assertThat(report().at("/error/type").asText()).isEqualTo(DeviceMemoryException.class.getName());
            card.reset();
            assertThat(configured(WstTrainer.builder(), teacher, Grpo.defaults())
                            .runDirectory(directory.resolve("second"))
                            .build()
                            .fit()
                            .steps())
                    .hasSize(3);
        }
    }
}
