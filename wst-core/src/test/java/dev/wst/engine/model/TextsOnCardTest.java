package dev.wst.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Sampling;
import dev.wst.engine.KernelNames;
import dev.wst.engine.nn.LoraConfig;
import dev.wst.engine.nn.Parameter;
import dev.wst.engine.tensor.cuda.CardOnCpu;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model on a card writes the texts that it writes on a processor, for the same seeds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextsOnCardTest {
    private static final int[] BEGINNING = {5, 9, 13, 2, 7, 41, 3, 3, 60, 8, 90, 11};
    private static final Sampling FREE = Sampling.defaults().withMaxTokens(20);

    private LanguageModel card;
    private LanguageModel host;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        Path model = TinyModel.in(directory);
        card = LanguageModel.open(model, KernelNames.load("cuda"));
        host = LanguageModel.open(model, KernelNames.load("onednn"));
        for (LanguageModel each : List.of(card, host)) {
            each.decoder().adapt(new LoraConfig(4, 8, Set.copyOf(LoraConfig.ALL_LINEAR)), 1);
            SplittableRandom random = new SplittableRandom(2);
            for (Parameter parameter : each.decoder().parameters()) {
                float[] values = parameter.value().toArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] += (float) random.nextDouble(-0.1, 0.1);
                }
                parameter.value().write(values);
            }
            each.decoder().refresh();
        }
    }

    @AfterAll
    void close() {
        card.close();
        host.close();
        assertThat(new CardOnCpu().count("blocks")).isZero();
        assertThat(new CardOnCpu().count("executables")).isZero();
    }

    /** So many texts of prompts that begin alike, of prompts of their own, and of one of a single token. */
    private static List<int[]> prompts(int count) {
        List<int[]> kinds = new ArrayList<>();
        kinds.add(BEGINNING);
        kinds.add(Arrays.copyOf(BEGINNING, 13));
        kinds.add(Arrays.copyOf(BEGINNING, 40));
        kinds.add(new int[] {1});
        kinds.add(new int[] {88, 4, 17, 17, 30});
        return IntStream.range(0, count)
                .mapToObj(i -> kinds.get(i * 7 % kinds.size()))
                .toList();
    }

    private void assertSame(List<int[]> prompts, Sampling sampling, boolean adapted) {
        long[] seeds = IntStream.range(0, prompts.size())
                .mapToLong(i -> 0x9E3779B97F4A7C15L * (i + 1))
                .toArray();
        List<Continuation> expected = host.generate(prompts, sampling, seeds, adapted);
        List<Continuation> actual = card.generate(prompts, sampling, seeds, adapted);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Continuation one = actual.get(i);
            assertThat(one.tokens()).as("text %d", i).isEqualTo(expected.get(i).tokens());
            assertThat(one.text()).isEqualTo(expected.get(i).text());
            assertThat(one.ended()).isEqualTo(expected.get(i).ended());
            assertThat(one.logProbabilities()).containsExactly(expected.get(i).logProbabilities(), within(2e-4));
        }
    }

    static Stream<Arguments> samplings() {
        return Stream.of(
                Arguments.of("greedy", Sampling.greedy(20)),
                Arguments.of("free", FREE),
                Arguments.of("one token", FREE.withMaxTokens(1)),
                Arguments.of("hot", FREE.withTemperature(1.7)),
                Arguments.of(
                        "filtered",
                        FREE.withTemperature(0.8).withTopK(30).withTopP(0.9).withMinP(0.01)),
                Arguments.of("stopped", FREE.withStopStrings(List.of("w1", "w7 w"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samplings")
    void the_same_seeds_write_the_same_texts(String name, Sampling sampling) {
        assertSame(prompts(9), sampling, false);
        assertSame(prompts(9), sampling, true);
    }

    @Test
    void more_texts_than_are_written_at_once_are_written_alike() {
        assertSame(prompts(150), FREE.withMaxTokens(6).withStopStrings(List.of("w2", "w5")), true);
    }

    @Test
    void texts_that_leave_one_after_the_other_do_not_disturb_the_rest() {
        Sampling leaving = FREE.withMaxTokens(80).withStopStrings(List.of("w33", "w44", "w55"));
        List<int[]> prompts = prompts(30);
        assertSame(prompts, leaving, false);
        long[] seeds = new long[prompts.size()];
        Arrays.setAll(seeds, i -> i);
        assertThat(card.generate(prompts, leaving, seeds, false).stream()
                        .map(text -> text.tokens().length)
                        .distinct())
                .as("lengths")
                .hasSizeGreaterThan(10);
    }

    @Test
    void a_text_does_not_depend_on_those_beside_it() {
        List<int[]> prompts = prompts(7);
        long[] seeds = {1, 2, 3, 4, 5, 6, 7};
        List<Continuation> together = card.generate(prompts, FREE, seeds, true);
        for (int i = 0; i < seeds.length; i++) {
            assertThat(card.generate(List.of(prompts.get(i)), FREE, new long[] {seeds[i]}, true)
                            .get(0)
                            .tokens())
                    .isEqualTo(together.get(i).tokens());
        }
    }

    /** Adapters that were changed in place, and others' turns at the card, reach a step that was recorded before. */
    @Test
    void a_recorded_step_uses_what_was_learned_since() {
        assertSame(prompts(5), FREE, true);
        for (LanguageModel each : List.of(card, host)) {
            for (Parameter parameter : each.decoder().parameters()) {
                float[] values = parameter.value().toArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] *= -1.5f;
                }
                parameter.value().write(values);
            }
            each.decoder().refresh();
        }
        assertSame(prompts(5), FREE, true);
    }
}
