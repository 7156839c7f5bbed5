package dev.wst.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Sampling;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSamplerTest {
    private static final Sampling PLAIN = Sampling.defaults();
    private static final float[] FIVE = {0.1f, 0.4f, 0.05f, 0.3f, 0.15f};

    @Test
    void a_token_is_drawn_as_often_as_its_probability_says() {
        assertThat(shares(PLAIN, FIVE)).containsExactly(new double[] {0.1, 0.4, 0.05, 0.3, 0.15}, within(0.01));
    }

    @Test
    void every_part_of_a_long_row_is_reached() {
        float[] row = new float[3000];
        int[] held = {0, 511, 512, 1023, 1700, 2559, 2999};
        for (int token : held) {
            row[token] = 1f / held.length;
        }

        double[] shares = shares(PLAIN, row);

        for (int token : held) {
            assertThat(shares[token]).as("token %s", token).isCloseTo(1.0 / held.length, within(0.01));
        }
        assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void a_long_row_is_drawn_from_where_its_running_sum_passes_the_point() {
        SplittableRandom random = new SplittableRandom(3);
        float[] row = new float[1500];
        double total = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) Math.exp(-12 * random.nextDouble());
            total += row[i];
        }
        for (double point = 0.0005; point < 1; point += 0.001) {
            int expected = -1;
            for (double sum = 0; sum <= point * total; sum += row[expected]) {
                expected++;
            }
            assertThat(draw(PLAIN, row, point)).as("point %s", point).isEqualTo(expected);
        }
    }

    @Test
    void a_rest_left_by_rounding_goes_to_a_token_that_can_be_drawn() {
        float[] row = new float[2000];
        row[3] = 0.25f;
        row[700] = 0.75f;

        assertThat(draw(PLAIN, row, 1)).isEqualTo(700);
    }

    @Test
    void greedy_takes_the_likeliest_and_the_first_of_equals() {
        assertThat(draw(PLAIN.withTemperature(0), FIVE, 0.99)).isEqualTo(1);
        assertThat(draw(PLAIN.withTemperature(0), new float[] {0.1f, 0.3f, 0.3f, 0.3f}, 0.99))
                .isEqualTo(1);
    }

    @Test
    void top_k_keeps_the_likeliest_and_of_equals_the_first() {
        assertThat(kept(PLAIN.withTopK(2), FIVE)).containsExactly(1, 3);
        assertThat(kept(PLAIN.withTopK(2), new float[] {0.25f, 0.25f, 0.25f, 0.25f}))
                .containsExactly(0, 1);
        assertThat(kept(PLAIN.withTopK(9), FIVE)).containsExactly(1, 3, 4, 0, 2);
    }

    @Test
    void top_p_keeps_the_smallest_set_that_reaches_it() {
        assertThat(kept(PLAIN.withTopP(0.4), FIVE)).containsExactly(1);
        assertThat(kept(PLAIN.withTopP(0.69), FIVE)).containsExactly(1, 3);
        assertThat(kept(PLAIN.withTopP(0.71), FIVE)).containsExactly(1, 3, 4);
        assertThat(kept(PLAIN.withTopP(0.0001), FIVE)).containsExactly(1);
    }

    @Test
    void top_p_is_a_share_of_what_top_k_left() {
        // Of 0.4, 0.3, 0.15 the first two hold 0.824 of the mass, though only 0.7 of the whole.
        assertThat(kept(PLAIN.withTopK(3).withTopP(0.82), FIVE)).containsExactly(1, 3);
        assertThat(kept(PLAIN.withTopK(3).withTopP(0.83), FIVE)).containsExactly(1, 3, 4);
    }

    @Test
    void min_p_is_a_share_of_the_likeliest() {
        assertThat(kept(PLAIN.withMinP(0.37), FIVE)).containsExactly(1, 3, 4);
        assertThat(kept(PLAIN.withMinP(0.38), FIVE)).containsExactly(1, 3);
        assertThat(kept(PLAIN.withMinP(0.99), FIVE)).containsExactly(1);
    }

    @Test
    void what_passes_the_filters_is_renormalised() {
        double[] shares = shares(PLAIN.withTopK(2), FIVE);

        assertThat(shares).containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0, 0}, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void probabilities_that_are_not_numbers_are_told(float broken) {
        float[] row = {broken, broken, broken};
        for (Sampling sampling :
                new Sampling[] {PLAIN, PLAIN.withTemperature(0), PLAIN.withTopP(0.9), PLAIN.withTopK(2)}) {
            assertThatThrownBy(() -> draw(sampling, row, 0.5))
                    .as("%s", sampling)
                    .isInstanceOf(NonFiniteOutputException.class)
                    .hasMessageContaining("instead of 1")
                    .hasMessageContaining("lower learning rate");
        }
    }

    private static int[] kept(Sampling sampling, float[] row) {
        return new TokenSampler(sampling).keep(row);
    }

    private static int draw(Sampling sampling, float[] row, double point) {
        RandomGenerator fixed = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return point;
            }
        };
        return new TokenSampler(sampling).draw(row, fixed);
    }

    private static double[] shares(Sampling sampling, float[] row) {
        TokenSampler sampler = new TokenSampler(sampling);
        SplittableRandom random = new SplittableRandom(7);
        double[] shares = new double[row.length];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            shares[sampler.draw(row, random)] += 1.0 / draws;
        }
        return shares;
    }
}
