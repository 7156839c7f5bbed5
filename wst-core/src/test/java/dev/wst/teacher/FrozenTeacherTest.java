package dev.wst.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.ClosedException;
import dev.wst.InterruptedRunException;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.engine.model.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nothing of the trainer is in memory; what it writes is tested where it is served. */
class FrozenTeacherTest {
    private static final Sampling SHORT = Sampling.greedy(4);

    @TempDir
    Path directory;

    private Path model;
    private Path saved;

    @BeforeEach
    void save() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
        saved = directory.resolve("adapter");
        try (TransformerTeacher teacher =
                TransformerTeacher.builder(model).lora(4, 8).build()) {
            Map<String, Long> training = teacher.memory();
            assertThat(training).containsKey("trained");
            teacher.save(saved);
        }
    }

    private FrozenTeacher open() {
        return FrozenTeacher.open(model, Optional.empty());
    }

    @Test
    void an_adapter_takes_its_own_numbers_and_nothing_for_training() {
        long numbers;
        try (TransformerTeacher teacher =
                TransformerTeacher.builder(model).adapter(saved).build()) {
            // Values, gradients and two moments.
            numbers = teacher.memory().getOrDefault("trained", 0L) / 4;
        }
        assertThat(numbers).isPositive();
        try (FrozenTeacher base = open()) {
            Map<String, Long> before = base.memory();
            try (FrozenTeacher.Adapter one = base.adapter(saved, Optional.empty());
                    FrozenTeacher.Adapter two = base.adapter(saved, Optional.empty())) {
                assertThat(one.version()).isEqualTo(two.version());
                assertThat(base.memory())
                        .doesNotContainKey("trained")
                        .containsEntry("adapters", 2 * numbers)
                        .containsEntry("weights_forward", before.getOrDefault("weights_forward", -1L));
            }
            assertThat(base.memory()).containsEntry("adapters", 0L);
        }
    }

    @Test
    void writing_keeps_no_weight_in_a_form_for_the_way_back() {
        try (FrozenTeacher base = open()) {
            FrozenTeacher.Adapter adapter = base.adapter(saved, Optional.empty());
            assertThat(base.write(adapter, List.of("w5 w9", "w7"), SHORT, new Seed(1)))
                    .hasSize(2)
                    .allMatch(Optional::isPresent);
            assertThat(base.memory().getOrDefault("weights_backward", 0L)).isZero();
        }
    }

    private static List<String> texts(FrozenTeacher base, FrozenTeacher.Adapter adapter, String... questions) {
        return base.write(adapter, List.of(questions), SHORT, new Seed(1)).stream()
                .map(one -> one.orElseThrow().text())
                .toList();
    }

    @Test
    void what_it_writes_depends_on_nothing_that_was_written_before() {
        try (FrozenTeacher base = open()) {
            FrozenTeacher.Adapter adapter = base.adapter(saved, Optional.empty());
            for (String question : List.of("w5 w9", "w7", "w7 w8 w2", "w3", "w5 w9")) {
                try (FrozenTeacher.Adapter fresh = base.adapter(saved, Optional.empty())) {
                    assertThat(texts(base, adapter, question, "w1 w2"))
                            .isEqualTo(texts(base, fresh, question, "w1 w2"));
                    assertThat(texts(base, adapter, question)).isEqualTo(texts(base, fresh, question));
                }
            }
            assertThat(base.memory().getOrDefault("beginnings", 0L)).isPositive();
            adapter.close();
            assertThat(base.memory()).containsEntry("beginnings", 0L);
        }
    }

    @Test
    void a_writing_that_was_interrupted_leaves_nothing_behind() {
        try (FrozenTeacher base = open()) {
            FrozenTeacher.Adapter adapter = base.adapter(saved, Optional.empty());
            List<String> expected = texts(base, adapter, "w5 w9", "w7");
            for (int time = 0; time < 3; time++) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> texts(base, adapter, "w5 w9", "w7"))
                        .isInstanceOf(InterruptedRunException.class)
                        .hasMessage("interrupted between two tokens");
                assertThat(Thread.interrupted()).isTrue();
                assertThat(texts(base, adapter, "w5 w9", "w7")).isEqualTo(expected);
            }
        }
    }

    @Test
    void closing_frees_what_is_left_and_may_be_repeated() {
        FrozenTeacher base = open();
        FrozenTeacher.Adapter adapter = base.adapter(saved, Optional.empty());
        FrozenTeacher.Adapter gone = base.adapter(saved, Optional.empty());
        gone.close();
        gone.close();
        base.close();
        base.close();
        adapter.close();
        assertThatThrownBy(() -> base.write(adapter, List.of("w5"), SHORT, new Seed(1)))
                .isInstanceOf(ClosedException.class)
                .hasMessage("the model of " + model + " is closed");
    }
}
