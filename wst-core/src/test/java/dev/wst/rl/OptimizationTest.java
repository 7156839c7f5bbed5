package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.OptimizerStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizationTest {
    private static final Optimization DEFAULTS = Optimization.defaults();

    private static Optimization betas(double beta1, double beta2) {
        return new Optimization(1, Optimization.Schedule.CONSTANT, 0, beta1, beta2, 1e-8, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "CONSTANT, 0, 1, 1",
        "CONSTANT, 0, 4, 1",
        "LINEAR, 0, 1, 1",
        "LINEAR, 0, 2, 0.75",
        "LINEAR, 0, 4, 0.25",
        "COSINE, 0, 1, 1",
        "COSINE, 0, 3, 0.5",
        "COSINE, 0, 4, 0.1464466094067262",
        "LINEAR, 1, 1, 0.5",
        "LINEAR, 1, 2, 1",
        "LINEAR, 2, 3, 1",
        "LINEAR, 2, 4, 0.5",
        "LINEAR, 4, 4, 0.8",
        "LINEAR, 9, 4, 0.4"
    })
    void the_share_of_the_full_rate_in_a_run_of_four_steps(
            Optimization.Schedule schedule, int warmup, int step, double share) {
        assertThat(DEFAULTS.withLearningRate(3)
                        .withSchedule(schedule, warmup)
                        .at(step, 4)
                        .learningRate())
                .isCloseTo(3 * share, within(1e-12));
    }

    @Test
    void a_warm_up_of_the_whole_run_and_a_step_beyond_it_have_a_rate_all_the_same() {
        assertThat(DEFAULTS.withLearningRate(3)
                        .withSchedule(Optimization.Schedule.LINEAR, 4)
                        .at(5, 4)
                        .learningRate())
                .isEqualTo(3);
    }

    @Test
    void a_step_has_the_numbers_of_its_optimiser() {
        Optimization all = new Optimization(0.5, Optimization.Schedule.CONSTANT, 0, 0.8, 0.95, 1e-6, 0.02, 3);
        assertThat(all.at(1, 10)).isEqualTo(new OptimizerStep(0.5, 0.8, 0.95, 1e-6, 0.02, 3));
    }

    @Test
    void each_option_is_set_alone() {
        Optimization changed = DEFAULTS.withLearningRate(0.5)
                .withSchedule(Optimization.Schedule.COSINE, 7)
                .withWeightDecay(0.1)
                .withMaxGradientNorm(2);
        assertThat(changed).isEqualTo(new Optimization(0.5, Optimization.Schedule.COSINE, 7, 0.9, 0.999, 1e-8, 0.1, 2));
    }

    @Test
    void a_beta_may_be_nothing_but_not_all() {
        assertThat(betas(0, 0).beta1()).isZero();
        assertThatThrownBy(() -> betas(1, 0.5)).hasMessageContaining("got 1.0 and 0.5");
        assertThatThrownBy(() -> betas(0.5, 1)).hasMessageContaining("got 0.5 and 1.0");
        assertThatThrownBy(() -> betas(-0.1, 0.5)).hasMessageContaining("got -0.1 and 0.5");
        assertThatThrownBy(() -> betas(0.5, -0.1)).hasMessageContaining("got 0.5 and -0.1");
    }

    @Test
    void the_ends_of_the_other_ranges() {
        assertThat(DEFAULTS.withWeightDecay(0).weightDecay()).isZero();
        assertThat(DEFAULTS.withSchedule(Optimization.Schedule.LINEAR, 0).warmupSteps())
                .isZero();
        assertThatThrownBy(() -> DEFAULTS.withWeightDecay(-1e-9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DEFAULTS.withMaxGradientNorm(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DEFAULTS.withLearningRate(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DEFAULTS.withLearningRate(Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
