package dev.wst.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Sampling;
import dev.wst.engine.KernelNames;
import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.FusedKernels.DrawRule;
import dev.wst.engine.tensor.FusedKernels.Slots;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token drawn on a card is the one that the host draws from the same distribution with the same seed. */
class DrawnOnCardTest {
    private static final int ROWS = 40;
    private static final int TOKENS = 700;

    private final Kernels kernels = KernelNames.load("cuda");
    private final FusedKernels fused = kernels.fused().orElseThrow();
    private Matrix logits;
    private Slots seeds;
    private Slots written;
    private Slots tokens;
    private Slots logProbabilities;

    @BeforeEach
    void take() {
        logits = kernels.allocate(ROWS, TOKENS);
        seeds = fused.slots(2 * ROWS);
        written = fused.slots(1);
        tokens = fused.slots(ROWS);
        logProbabilities = fused.slots(ROWS);
    }

    @AfterEach
    void free() {
        logits.close();
        seeds.close();
        written.close();
        tokens.close();
        logProbabilities.close();
        kernels.close();
    }

    /** Logits of some spread, many of them equal, as small numbers of bits make them. */
    private void fill(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[ROWS * TOKENS];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(random.nextDouble() * 24) / 2f - 4;
        }
        logits.write(values);
    }

    private int[] drawn(Sampling sampling) {
        fused.draw(
                logits,
                new DrawRule(sampling.isGreedy(), sampling.topK(), (float) sampling.topP(), (float) sampling.minP()),
                seeds,
                written,
                tokens,
                logProbabilities);
        int[] result = new int[ROWS];
        tokens.read(result);
        return result;
    }

    private static float[] probabilities(float[] z, int row) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < TOKENS; i++) {
            most = Math.max(most, z[row * TOKENS + i]);
        }
        double sum = 0;
        for (int i = 0; i < TOKENS; i++) {
            sum += Math.exp(z[row * TOKENS + i] - most);
        }
        float[] p = new float[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            p[i] = (float) (Math.exp(z[row * TOKENS + i] - most) / sum);
        }
        return p;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, 0",
        "0, 0, 1, 0",
        "1, 7, 1, 0",
        "1, 1, 1, 0",
        "1, 699, 1, 0",
        "1, 5000, 1, 0",
        "1, 0, 0.9, 0",
        "1, 0, 0.3, 0",
        "1, 0, 0.0001, 0",
        "1, 40, 0.8, 0",
        "1, 0, 1, 0.2",
        "1, 0, 1, 0.0001",
        "1, 90, 0.95, 0.05"
    })
    void the_card_draws_what_the_host_draws(double temperature, int topK, double topP, double minP) {
        Sampling sampling = Sampling.defaults()
                .withTemperature(temperature)
                .withTopK(topK)
                .withTopP(topP)
                .withMinP(minP);
        fill(5);
        float[] z = logits.toArray();
        int[] halves = new int[2 * ROWS];
        SplittableRandom[] random = new SplittableRandom[ROWS];
        for (int row = 0; row < ROWS; row++) {
            long seed = 0x9E3779B97F4A7C15L * (row + 3);
            halves[2 * row] = (int) seed;
            halves[2 * row + 1] = (int) (seed >>> 32);
            random[row] = new SplittableRandom(seed);
        }
        seeds.write(halves);
        TokenSampler sampler = new TokenSampler(sampling);
        for (int draw = 0; draw < 4; draw++) {
            written.write(new int[] {draw});
            int[] onCard = drawn(sampling);
            int[] bits = new int[ROWS];
            logProbabilities.read(bits);
            for (int row = 0; row < ROWS; row++) {
                float[] p = probabilities(z, row);
                assertThat(onCard[row]).as("row %d, draw %d", row, draw).isEqualTo(sampler.draw(p, random[row]));
                assertThat((double) Float.intBitsToFloat(bits[row])).isCloseTo(Math.log(p[onCard[row]]), within(1e-5));
            }
        }
    }

    @Test
    void logits_that_are_no_numbers_draw_nothing() {
        fill(5);
        float[] z = logits.toArray();
        z[3 * TOKENS + 17] = Float.NaN;
        z[5 * TOKENS + 699] = Float.POSITIVE_INFINITY;
        for (int i = 0; i < TOKENS; i++) {
            z[7 * TOKENS + i] = Float.NEGATIVE_INFINITY;
        }
        logits.write(z);
        int[] onCard = drawn(Sampling.defaults());
        for (int row = 0; row < ROWS; row++) {
            if (row == 3 || row == 5 || row == 7) {
                assertThat(onCard[row]).isEqualTo(-1);
            } else {
                assertThat(onCard[row]).isBetween(0, TOKENS - 1);
            }
        }
    }
}
