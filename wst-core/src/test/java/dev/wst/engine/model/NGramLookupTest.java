package dev.wst.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Sampling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NGramLookupTest {
    private static final int[] NONE = {};

    private final NGramLookup lookup = new NGramLookup();

    @Test
    void it_guesses_what_followed_the_last_three_tokens_or_two() {
        lookup.add(List.of(1, 2, 3, 4, 5));
        lookup.add(List.of(9, 2, 3, 6));
        assertThat(lookup.guess(List.of(7, 1, 2, 3), 7)).as("three").containsExactly(4, 5);
        assertThat(lookup.guess(List.of(7, 7, 2, 3), 7)).as("two, the latest").containsExactly(6);
        assertThat(lookup.guess(List.of(7, 1, 2, 3), 1)).containsExactly(4);
        assertThat(lookup.guess(List.of(7, 1, 2, 3), 0)).isEmpty();
        assertThat(lookup.guess(List.of(1), 7)).as("the beginning").containsExactly(2, 3, 4, 5);
        assertThat(lookup.guess(List.of(7, 5), 7)).isEqualTo(NONE);
        assertThat(lookup.guess(List.of(4, 5), 7)).as("the end of a text").isEqualTo(NONE);
    }

    @Test
    void the_more_guesses_hold_the_more_are_worthwhile() {
        assertThat(lookup.worthwhile(1)).isEqualTo(1);
        lookup.tell(100, 100);
        assertThat(lookup.worthwhile(1)).isEqualTo(7);
        assertThat(lookup.worthwhile(16)).as("no more than 64 rows").isEqualTo(3);
        assertThat(lookup.worthwhile(64)).isZero();
        assertThat(lookup.worthwhile(200)).isZero();
        lookup.tell(100, 50);
        assertThat(lookup.worthwhile(1)).isEqualTo(3);
        lookup.tell(1000, 0);
        assertThat(lookup.worthwhile(1)).isZero();
    }

    @Test
    void what_was_seen_long_ago_counts_less_and_less() {
        lookup.tell(1000, 0);
        for (int i = 0; i < 400; i++) {
            lookup.add(List.of(i));
        }
        assertThat(lookup.worthwhile(1)).as("tried again").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void texts_are_those_that_would_be_written_without_guesses(boolean greedy, @TempDir Path directory)
            throws Exception {
        Sampling sampling = greedy ? Sampling.greedy(40) : Sampling.greedy(40).withTemperature(0.7);
        List<int[]> prompts = List.of(new int[] {3, 4}, new int[] {3, 4}, new int[] {5, 9, 3});
        try (LanguageModel model = LanguageModel.open(TinyModel.in(directory), KernelChoice.named("host"))) {
            List<Continuation> plain = model.generate(prompts, sampling, new long[] {1, 2, 3}, false);
            for (int time = 0; time < 3; time++) {
                List<Continuation> guessed =
                        model.generate(prompts, sampling, new long[] {1, 2, 3}, false, Optional.of(lookup));
                for (int i = 0; i < plain.size(); i++) {
                    assertThat(guessed.get(i).tokens())
                            .containsExactly(plain.get(i).tokens());
                    assertThat(guessed.get(i).logProbabilities())
                            .containsExactly(plain.get(i).logProbabilities(), within(1e-5));
                }
            }
            assertThat(lookup.worthwhile(1)).as("the same texts again").isEqualTo(7);
        }
    }
}
