package dev.wst.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Advice;
import dev.wst.OptimizerStep;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TokenSlopes;
import dev.wst.engine.model.TinyModel;
import dev.wst.engine.weights.Safetensors;
import dev.wst.engine.weights.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mean of a teacher's weights over training. */
class MeanWeightsTest {
    private static final OptimizerStep STEP = new OptimizerStep(1e-2, 0.9, 0.999, 1e-8, 0, 1);

    @TempDir
    Path directory;

    private Path model;

    @BeforeEach
    void prepare() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
    }

    private TransformerTeacher teacher(boolean whole) {
        TransformerTeacherBuilder builder = TransformerTeacher.builder(model).prompt(TeacherPrompt.bare("{question}"));
        return (whole ? builder.fullFineTuning() : builder.lora(4, 8).seed(3)).build();
    }

    private static List<Advice> written(TransformerTeacher teacher) {
        return teacher.write(
                List.of(Situation.of(Task.of("a", "w5 w9"), 0), Situation.of(Task.of("b", "w3"), 0)),
                Sampling.defaults().withMaxTokens(6),
                new Seed(3));
    }

    private static void update(TransformerTeacher teacher, List<Advice> batch) {
        teacher.update(
                batch,
                (index, scores) -> {
                    double[] slopes = new double[scores.length()];
                    Arrays.fill(slopes, index - 0.5);
                    return new TokenSlopes(0, slopes, new double[0], new double[0]);
                },
                1,
                STEP);
    }

    private static double[] read(TransformerTeacher teacher, List<Advice> batch) {
        return teacher.read(batch, 1).stream()
                .flatMapToDouble(one -> Arrays.stream(one.scores().logProbabilities()))
                .toArray();
    }

    private static float[] tensor(TensorSource file, String name) {
        int[] shape = file.shape(name);
        return file.read(name, shape[0], shape[1]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_share_moves_the_mean_so_far_to_the_weights(boolean whole) {
        try (TransformerTeacher teacher = teacher(whole)) {
            List<Advice> batch = written(teacher);
            update(teacher, batch);
            // The first weights are the mean whatever their share.
            teacher.includeInMean(0.5);
            teacher.saveState(directory.resolve("one"));
            update(teacher, batch);
            teacher.includeInMean(0.25);
            teacher.saveState(directory.resolve("two"));
        }
        try (TensorSource one = Safetensors.open(directory.resolve("one/state.safetensors"));
                TensorSource two = Safetensors.open(directory.resolve("two/state.safetensors"))) {
            List<String> means =
                    two.names().stream().filter(name -> name.endsWith(".mean")).toList();
            assertThat(means).hasSize(two.names().size() / 4);
            for (String name : means) {
                float[] mean = tensor(two, name);
                float[] first = tensor(one, name.replace(".mean", ""));
                float[] second = tensor(two, name.replace(".mean", ""));
                IntStream.range(0, mean.length)
                        .forEach(i -> assertThat(mean[i])
                                .as(name)
                                .isCloseTo((float) (0.75 * first[i] + 0.25 * second[i]), within(1e-7f)));
            }
        }
    }

    @Test
    void the_mean_takes_the_place_of_the_weights_for_a_while_or_for_good() {
        try (TransformerTeacher teacher = teacher(false)) {
            List<Advice> batch = written(teacher);
            update(teacher, batch);
            teacher.includeInMean(1);
            double[] early = read(teacher, batch);
            update(teacher, batch);
            double[] late = read(teacher, batch);
            assertThat(late).isNotEqualTo(early);
            assertThat(teacher.withMean(() -> read(teacher, batch))).containsExactly(early);
            assertThat(read(teacher, batch)).containsExactly(late);
            assertThatThrownBy(() -> teacher.withMean(() -> {
                        throw new IllegalStateException("no student");
                    }))
                    .hasMessage("no student");
            assertThat(read(teacher, batch)).containsExactly(late);
            teacher.adoptMean();
            assertThat(read(teacher, batch)).containsExactly(early);
            // It stays, and may be adopted again.
            teacher.adoptMean();
            assertThat(read(teacher, batch)).containsExactly(early);
        }
    }

    @Test
    void a_state_brings_its_mean_back_or_none() {
        List<Advice> batch;
        double[] mean;
        try (TransformerTeacher teacher = teacher(false)) {
            batch = written(teacher);
            update(teacher, batch);
            teacher.saveState(directory.resolve("without"));
            teacher.includeInMean(1);
            mean = read(teacher, batch);
            update(teacher, batch);
            teacher.saveState(directory.resolve("with"));
        }
        try (TransformerTeacher teacher = teacher(false)) {
            teacher.restoreState(directory.resolve("with"));
            assertThat(teacher.withMean(() -> read(teacher, batch))).containsExactly(mean);
            teacher.restoreState(directory.resolve("without"));
            assertThat(read(teacher, batch)).containsExactly(mean);
            update(teacher, batch);
            double[] weights = read(teacher, batch);
            assertThat(teacher.withMean(() -> read(teacher, batch))).containsExactly(weights);
            teacher.adoptMean();
            assertThat(read(teacher, batch)).containsExactly(weights);
        }
    }

    @Test
    void shares_are_above_0_and_at_most_1() {
        try (TransformerTeacher teacher = teacher(false)) {
            assertThatThrownBy(() -> teacher.includeInMean(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a share of a mean must be above 0 and at most 1, got 0.0");
            assertThatThrownBy(() -> teacher.includeInMean(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
