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

    private final EarlierTexts earlier = new EarlierTexts();
    private final NGramLookup lookup = earlier.lookup();

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
        lookup.tell(100, 50);
        assertThat(lookup.worthwhile(1)).isEqualTo(3);
        lookup.tell(1000, 0);
        assertThat(lookup.worthwhile(1)).isZero();
    }

    @Test
    void no_more_than_64_tokens_are_read_at_once() {
        lookup.tell(100, 100);
        for (int texts = 1; texts <= 200; texts++) {
            int guesses = lookup.worthwhile(texts);
            assertThat(guesses).isIn(0, 1, 3, 7);
            assertThat(guesses == 0 ? 0 : texts * (1 + guesses)).isLessThanOrEqualTo(64);
        }
        assertThat(lookup.worthwhile(8)).isEqualTo(7);
        assertThat(lookup.worthwhile(9)).isEqualTo(3);
        assertThat(lookup.worthwhile(32)).isEqualTo(1);
    }

    @Test
    void where_nothing_was_worthwhile_one_guess_is_tried_again() {
        lookup.tell(1000, 0);
        for (int i = 0; i < 250; i++) {
            assertThat(lookup.worthwhile(1)).isLessThanOrEqualTo(1);
            lookup.add(List.of(i));
        }
        assertThat(lookup.worthwhile(1)).isEqualTo(1);
        lookup.tell(50, 50);
        assertThat(lookup.worthwhile(1)).isEqualTo(7);
    }

    @Test
    void what_was_not_met_for_longest_is_forgotten() {
        lookup.add(List.of(1, 2, 3));
        for (int i = 0; i < 4100; i++) {
            lookup.add(List.of(10 + i, 20_000 + i, 3));
            assertThat(lookup.guess(List.of(1, 2), 1)).as("met now and then").containsExactly(3);
        }
        assertThat(lookup.guess(List.of(10, 20_000), 1)).isEmpty();
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
                        model.generate(prompts, sampling, new long[] {1, 2, 3}, false, Optional.of(earlier));
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

    @Test
    void a_stop_string_among_guesses_ends_the_text_as_without(@TempDir Path directory) throws Exception {
        List<int[]> prompts = List.of(new int[] {3, 4}, new int[] {5, 9, 3});
        long[] seeds = {1, 2};
        try (LanguageModel model = LanguageModel.open(TinyModel.in(directory), KernelChoice.named("host"))) {
            Sampling free = Sampling.greedy(40).withTemperature(0.7).withTopP(0.9);
            List<Continuation> whole = model.generate(prompts, free, seeds, false);
            String stop = "w" + whole.get(0).tokens()[20];
            Sampling stopped = free.withStopStrings(List.of(stop));
            List<Continuation> plain = model.generate(prompts, stopped, seeds, false);
            model.generate(prompts, free, seeds, false, Optional.of(earlier));
            for (int time = 0; time < 2; time++) {
                List<Continuation> guessed = model.generate(prompts, stopped, seeds, false, Optional.of(earlier));
                for (int i = 0; i < plain.size(); i++) {
                    assertThat(guessed.get(i).text()).isEqualTo(plain.get(i).text());
                    assertThat(guessed.get(i).tokens())
                            .containsExactly(plain.get(i).tokens());
                }
            }
            assertThat(plain.get(0).tokens()).hasSizeLessThan(40);
        }
    }
}
