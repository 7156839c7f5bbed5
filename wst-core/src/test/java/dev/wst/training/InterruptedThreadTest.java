package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Ending;
import dev.wst.InterruptedRunException;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.Sampling;
import dev.wst.Task;
import dev.wst.answers.AnswerKey;
import dev.wst.answers.AnswerStore;
import dev.wst.engine.model.TinyModel;
import dev.wst.metrics.RunReader;
import dev.wst.rl.Grpo;
import dev.wst.serving.ServedTeacher;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.teacher.TransformerTeacherBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an app does on a thread that was interrupted, as one is after a run that was stopped so. */
class InterruptedThreadTest {
    @TempDir
    private Path directory;

    private Path model;
    private TransformerTeacher teacher;

    @BeforeEach
    void prepare() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
        teacher = builder().lora(4, 8).build();
        teacher.save(directory.resolve("adapter"));
        Thread.currentThread().interrupt();
    }

    @AfterEach
    void close() {
        Thread.interrupted();
        teacher.close();
    }

    private TransformerTeacherBuilder builder() {
        return TransformerTeacher.builder(model).prompt(TeacherPrompt.bare("{question}"));
    }

    private WstTrainer trainer(WstTrainerBuilder begun) {
        return begun.teacher(teacher)
                .student(advice -> Answer.of(advice.instruction().text()))
                .reward(attempt -> Reward.of(attempt.answer().text().length() % 5))
                .tasks(List.of(Task.of("a", "w5 w9"), Task.of("b", "w3")))
                .algorithm(Grpo.defaults())
                .sampling(Sampling.defaults().withMaxTokens(6))
                .batch(2)
                .samples(3)
                .steps(2)
                .build();
    }

    @Test
    void what_was_learned_is_saved_in_every_form() {
        List<Consumer<Path>> forms = List.of(teacher::save, teacher::saveState, teacher::saveMerged);
        for (int i = 0; i < forms.size(); i++) {
            Path place = directory.resolve("saved-" + i);
            forms.get(i).accept(place);
            assertThat(place).isNotEmptyDirectory();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
    }

    @Test
    void loading_ends_as_all_that_takes_long_does_and_blames_no_file() {
        List<Runnable> loads = List.of(
                () -> builder().build(),
                () -> builder().adapter(directory.resolve("adapter")).build(),
                () -> ServedTeacher.load(model, directory.resolve("adapter")));
        for (Runnable load : loads) {
            assertThatThrownBy(load::run)
                    .isInstanceOf(InterruptedRunException.class)
                    .hasMessageStartingWith("interrupted while ")
                    .hasMessageEndingWith(".safetensors was opened");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
    }

    @Test
    void a_run_ends_as_interrupted_and_can_be_resumed() {
        Path run = directory.resolve("run");
        assertThat(trainer(WstTrainer.builder().runDirectory(run)).fit().ending())
                .isEqualTo(Ending.INTERRUPTED);
        assertThat(trainer(WstTrainer.resume(run)).fit().ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(RunReader.open(run).report().orElseThrow().ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(trainer(WstTrainer.resume(run)).fit().ending()).isEqualTo(Ending.FINISHED);
    }

    @Test
    void answers_are_kept_and_the_interrupt_is_not_forgotten() {
        try (AnswerStore store = AnswerStore.open(directory.resolve("answers.sqlite"))) {
            AnswerKey key = AnswerKey.of("student", new ModelCall("m", "6 times 7", 20, OptionalInt.of(9)), 0);
            assertThat(store.keep(key, "42")).isEqualTo("42");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
    }
}
