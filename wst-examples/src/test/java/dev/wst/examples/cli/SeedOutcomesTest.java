package dev.wst.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedOutcomesTest {
    private static String printed(SeedOutcomes outcomes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        outcomes.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    @Test
    void the_spread_of_seeds_is_told_with_each_and_a_failed_one_as_failed() {
        SeedOutcomes outcomes = new SeedOutcomes();
        outcomes.ended(1, Map.of("reward", 0.5));
        outcomes.ended(2, Map.of("reward", 0.7));
        outcomes.ended(4, Map.of());
        outcomes.failed(3, new IllegalStateException("diverged"));
        assertThat(outcomes.hasFailures()).isTrue();
        assertThat(printed(outcomes)).isEqualTo("""
                        3 of 4 seeds came to their end; the others failed:
                          reward: mean 0.600, standard deviation 0.141, from 0.500 to 0.700
                            seed 1 0.500, seed 2 0.700, seed 4 none
                          seed 3 FAILED: diverged
                        """);
    }

    @Test
    void one_seed_has_no_spread() {
        SeedOutcomes outcomes = new SeedOutcomes();
        outcomes.ended(7, Map.of("reward", 0.5));
        assertThat(outcomes.hasFailures()).isFalse();
        assertThat(printed(outcomes)).isEqualTo("""
                        1 of 1 seeds came to their end:
                          reward: mean 0.500, no standard deviation of one seed, from 0.500 to 0.500
                            seed 7 0.500
                        """);
    }

    @Test
    void seeds_are_ranges_and_single_ones() {
        assertThat(Seeds.parse("1-3").all()).containsExactly(1L, 2L, 3L);
        assertThat(Seeds.parse("7, 2-3,0").all()).containsExactly(7L, 2L, 3L, 0L);
        assertThatThrownBy(() -> Seeds.parse("1-3,2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--seeds names the seed 2 twice: 1-3,2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "3-1", "1,,2", "-1", "1-2000", "99999999999999999999"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Seeds.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--seeds takes seeds such as 1-5 or 3,7,11, at most 1000 in a range; got " + text);
    }

    @Test
    void the_arguments_of_one_seed_are_those_of_all_with_its_own() {
        assertThat(SavedArguments.ofSeed(
                        List.of("--run", "runs", "--steps", "2", "--seeds=1-5", "--redact"), 4, Path.of("runs/seed-4")))
                .containsExactly(
                        "--steps",
                        "2",
                        "--redact",
                        "--seed",
                        "4",
                        "--run",
                        Path.of("runs/seed-4").toString());
    }
}
