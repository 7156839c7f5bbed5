package dev.wst.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.engine.weights.ModelConfig;
import dev.wst.teacher.TransformerTeacher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomModelTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"llama, false", "qwen2, true"})
    void it_loads_in_its_shape_and_writes_after_prompts_that_differ(String family, boolean bias) throws Exception {
        Work work = new Work(3, 1);
        RandomModel.write(new Shape("tiny", family, 32, 2, 4, 2, 48, 300, 1e4), work, directory);
        ModelConfig config = ModelConfig.ofDirectory(directory);
        assertThat(config.decoder().attentionBias()).isEqualTo(bias);
        assertThat(config.decoder().tiedEmbeddings()).isTrue();
        try (TransformerTeacher teacher = TransformerTeacher.builder(directory).build()) {
            List<Situation> situations = work.situations();
            List<Advice> written = teacher.write(situations, Sampling.defaults().withMaxTokens(5), new Seed(1));
            assertThat(written).allMatch(advice -> advice.instruction().tokenCount() > 0);
            assertThat(teacher.promptTokens(situations.get(0))).isBetween(80, 130);
            double[] first = teacher.read(written, 1).get(0).scores().logProbabilities();
            assertThat(Arrays.stream(first).allMatch(logP -> logP < 0 && logP > -30))
                    .isTrue();
        }
    }

    @Test
    void its_words_keep_the_questions_apart() throws Exception {
        Work work = new Work(2, 1);
        RandomModel.write(new Shape("tiny", "llama", 32, 1, 4, 2, 48, 300, 1e4), work, directory);
        try (TransformerTeacher teacher = TransformerTeacher.builder(directory).build()) {
            List<Advice> written =
                    teacher.write(work.situations(), Sampling.defaults().withMaxTokens(8), new Seed(1));
            List<Advice> exchanged =
                    List.of(new Advice(work.situations().get(1), written.get(0).instruction()));
            assertThat(teacher.read(exchanged, 1).get(0).scores().logProbabilities())
                    .isNotEqualTo(teacher.read(written.subList(0, 1), 1)
                            .get(0)
                            .scores()
                            .logProbabilities());
        }
    }

    @Test
    void sizes_are_those_of_the_published_models() {
        assertThat(parameters("smollm2-135m")).isEqualTo(134_479_872);
        assertThat(parameters("qwen2.5-0.5b")).isEqualTo(493_961_216);
        assertThat(parameters("qwen2.5-1.5b")).isEqualTo(1_543_569_408);
        assertThatThrownBy(() -> Shape.named("llama"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shapes are smollm2-135m, qwen2.5-0.5b, qwen2.5-1.5b; got \"llama\"");
    }

    /** Without norms and biases. */
    private static long parameters(String name) {
        Shape shape = Shape.named(name);
        return shape.layers() * shape.layerWeights() + (long) shape.vocabulary() * shape.width();
    }
}
