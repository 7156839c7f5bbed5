package dev.wst.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.ClosedException;
import dev.wst.InterruptedRunException;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Reward;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TokenSlopes;
import dev.wst.UnavailableException;
import dev.wst.critic.DeepCritic;
import dev.wst.engine.KernelNames;
import dev.wst.engine.model.TinyModel;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import dev.wst.student.TransformerChatModel;
import dev.wst.training.WstTrainer;
import dev.wst.training.WstTrainerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kind: memory outside the heap that is freed twice, freed under a running call, or used by two calls at once. Each of
 * these ended the JVM or gave silently wrong texts.
 */
class ThreadsAndClosingTest {
    private static final Sampling SHORT = Sampling.greedy(6);
    private static final OptimizerStep STEP = new OptimizerStep(1e-2, 0.9, 0.999, 1e-8, 0, 1);
    private static final Objective NOTHING =
            (index, scores) -> new TokenSlopes(0, new double[0], new double[0], new double[0]);

    @TempDir
    Path directory;

    private Path model;

    @BeforeEach
    void prepare() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
    }

    private TransformerTeacherBuilder builder() {
        return TransformerTeacher.builder(model).prompt(TeacherPrompt.bare("{question}"));
    }

    private static List<Situation> asked(int first) {
        return List.of(Situation.of(Task.of("t" + first, "w" + first + " w9 w" + (first + 6)), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "host", "portable", "cuda"})
    void closing_twice_does_nothing_and_use_afterwards_is_refused(String kernels) {
        TransformerTeacher teacher =
                KernelNames.with(kernels, () -> builder().kernels(kernels).build());
        List<Advice> sampled = teacher.write(asked(3), SHORT, new Seed(1));
        teacher.close();
        teacher.close();
        assertThatThrownBy(() -> teacher.write(asked(3), SHORT, new Seed(1)))
                .isInstanceOf(ClosedException.class)
                .hasMessageContaining("model");
        assertThatThrownBy(() -> teacher.read(sampled, 1)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> teacher.scoreReference(sampled, 1)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> teacher.update(sampled, NOTHING, 1, STEP)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> teacher.check(asked(3).get(0).task(), SHORT)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> teacher.promptTokens(asked(3).get(0))).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> teacher.save(directory.resolve("saved"))).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> teacher.saveMerged(directory.resolve("saved"))).isInstanceOf(ClosedException.class);
        assertThat(directory.resolve("saved")).doesNotExist();
    }

    @Test
    void a_teacher_trained_as_a_whole_closes_twice_with_its_reference() {
        TransformerTeacher teacher = builder().fullFineTuning().build();
        teacher.close();
        teacher.close();
        assertThatThrownBy(() -> teacher.scoreReference(List.of(), 1)).isInstanceOf(ClosedException.class);
    }

    @Test
    void a_chat_model_closes_twice_and_refuses_use_afterwards() {
        TransformerChatModel chat = TransformerChatModel.open(model, SHORT);
        chat.close();
        chat.close();
        assertThatThrownBy(() -> chat.chat("w3 w4")).isInstanceOf(ClosedException.class);
    }

    @Test
    void a_critic_closes_twice_and_refuses_use_afterwards() {
        DeepCritic critic = DeepCritic.of(4, 1);
        critic.close();
        critic.close();
        assertThatThrownBy(() -> critic.values(List.<float[][]>of(new float[2][4])))
                .isInstanceOf(ClosedException.class);
    }

    @ParameterizedTest
    @CsvSource({"onednn, 400", "host, 400", "cuda, 96"})
    void eight_threads_get_the_texts_that_one_gets(String kernels, int count) throws Exception {
        try (TransformerTeacher teacher =
                KernelNames.with(kernels, () -> builder().kernels(kernels).build())) {
            List<List<Advice>> alone = IntStream.range(0, 8)
                    .mapToObj(i -> teacher.write(asked(i), SHORT, new Seed(1)))
                    .toList();
            List<Callable<List<Advice>>> calls = IntStream.range(0, count)
                    .mapToObj(i -> (Callable<List<Advice>>) () -> teacher.write(asked(i % 8), SHORT, new Seed(1)))
                    .toList();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<List<Advice>>> together = threads.invokeAll(calls);
                for (int i = 0; i < together.size(); i++) {
                    assertThat(together.get(i).get()).isEqualTo(alone.get(i % 8));
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void closing_waits_for_the_call_under_way() throws Exception {
        TransformerTeacher teacher = builder().build();
        List<Advice> sampled = teacher.write(asked(3), SHORT, new Seed(1));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread updating = new Thread(() -> {
            try {
                teacher.update(sampled, waiting(inside, goOn), 1, STEP);
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        updating.start();
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(teacher::close);
        closing.start();
        closing.join(200);
        assertThat(closing.isAlive()).isTrue();
        goOn.countDown();
        updating.join();
        closing.join();
        assertThat(failure.get()).isNull();
        assertThatThrownBy(() -> teacher.read(sampled, 1)).isInstanceOf(ClosedException.class);
    }

    private static Objective waiting(CountDownLatch inside, CountDownLatch goOn) {
        return (index, scores) -> {
            inside.countDown();
            try {
                assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return NOTHING.at(index, scores);
        };
    }

    @Test
    void closing_from_inside_a_call_takes_effect_at_its_end() {
        TransformerTeacher teacher = builder().build();
        List<Advice> sampled = teacher.write(asked(3), SHORT, new Seed(1));
        teacher.update(
                sampled,
                (index, scores) -> {
                    teacher.close();
                    return NOTHING.at(index, scores);
                },
                1,
                STEP);
        assertThatThrownBy(() -> teacher.read(sampled, 1)).isInstanceOf(ClosedException.class);
    }

    @Test
    void whoever_waits_for_its_turn_can_be_interrupted() throws Exception {
        try (TransformerTeacher teacher = builder().build()) {
            List<Advice> sampled = teacher.write(asked(3), SHORT, new Seed(1));
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Thread updating = new Thread(() -> teacher.update(sampled, waiting(inside, goOn), 1, STEP));
            updating.start();
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread second = new Thread(() -> {
                try {
                    teacher.write(asked(4), SHORT, new Seed(1));
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            second.start();
            second.interrupt();
            second.join();
            assertThat(failure.get()).isInstanceOf(InterruptedRunException.class);
            goOn.countDown();
            updating.join();
        }
    }

    private WstTrainerBuilder run(TransformerTeacher teacher, StudentClient student) {
        return WstTrainer.builder()
                .teacher(teacher)
                .student(student)
                .reward(attempt -> Reward.of(attempt.answer().text().length()))
                .tasks(List.of(Task.of("a", "w3 w4"), Task.of("b", "w5 w6")))
                .algorithm(Grpo.defaults())
                .sampling(Sampling.defaults().withMaxTokens(4))
                .batch(2)
                .samples(2)
                .steps(1);
    }

    @Test
    void a_second_run_on_a_teacher_in_training_is_refused() {
        try (TransformerTeacher teacher = builder().build()) {
            StudentClient student = advice -> Answer.of(advice.instruction().text() + ".");
            StudentClient meddling = advice -> {
                assertThatThrownBy(() -> run(teacher, student).build().fit())
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageContaining("is being trained by another run");
                return Answer.of("right");
            };
            assertThat(run(teacher, meddling).build().fit().steps()).hasSize(1);
            assertThat(run(teacher, student).build().fit().steps()).hasSize(1);
        }
    }

    @Test
    void a_second_run_on_a_critic_in_training_is_refused_and_leaves_its_teacher_free() {
        try (TransformerTeacher teacher = builder().build();
                DeepCritic critic = DeepCritic.of(teacher.width(), 1)) {
            StudentClient student = advice -> Answer.of("right");
            WstTrainerBuilder second =
                    run(teacher, student).algorithm(Ppo.defaults()).critic(critic);
            critic.beginTraining();
            assertThatThrownBy(() -> second.build().fit()).isInstanceOf(UnavailableException.class);
            critic.endTraining();
            assertThat(second.build().fit().steps()).hasSize(1);
        }
    }
}
