package dev.wst.critic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Objective;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
import dev.wst.engine.weights.ModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

class DeepCriticTest {
    private static final List<float[][]> STATES =
            List.of(new float[][] {{1, 0, 0.5f}, {0, 1, 0}}, new float[][] {{-1, 1, 0}});
    private static final double[][] RETURNS = {{1, -0.5}, {2}};

    /** Half the squared error. */
    private static final Objective SQUARES = (index, scores) -> {
        double loss = 0;
        double[] slopes = new double[scores.length()];
        for (int t = 0; t < slopes.length; t++) {
            slopes[t] = scores.values()[t] - RETURNS[index][t];
            loss += slopes[t] * slopes[t] / 2;
        }
        return new TokenSlopes(loss, new double[0], new double[0], slopes);
    };

    @Test
    void its_first_values_are_zero() {
        try (DeepCritic critic = DeepCritic.of(3, 1)) {
            assertThat(critic.values(STATES).get(0)).containsExactly(0, 0);
            assertThat(critic.values(STATES).get(1)).containsExactly(0);
        }
    }

    @Test
    void it_learns_the_returns_in_their_order() {
        try (DeepCritic critic = DeepCritic.of(3, 16, 0.02, 1)) {
            assertThat(critic.update(STATES, SQUARES)).isCloseTo((1 + 0.25 + 4) / 2, within(1e-6));
            for (int i = 0; i < 400; i++) {
                critic.update(STATES, SQUARES);
            }
            assertThat(critic.values(STATES).get(0)).containsExactly(RETURNS[0], within(0.05));
            assertThat(critic.values(STATES).get(1)).containsExactly(RETURNS[1], within(0.05));
        }
    }

    @Test
    void a_restored_critic_makes_the_update_that_would_have_followed(@TempDir Path directory) {
        Path fresh = directory.resolve("fresh");
        Path later = directory.resolve("later");
        double[] followed;
        try (DeepCritic critic = DeepCritic.of(3, 16, 0.02, 1);
                DeepCritic other = DeepCritic.of(3, 16, 0.02, 2);
                DeepCritic wider = DeepCritic.of(3, 17, 0.02, 2)) {
            critic.saveState(fresh);
            critic.update(STATES, SQUARES);
            double[] first = critic.values(STATES).get(0);
            critic.update(STATES, SQUARES);
            critic.saveState(later);
            critic.update(STATES, SQUARES);
            followed = critic.values(STATES).get(0);
            other.update(STATES, SQUARES);
            other.restoreState(later);
            other.update(STATES, SQUARES);
            assertThat(other.values(STATES).get(0)).containsExactly(followed);
            other.restoreState(fresh);
            other.update(STATES, SQUARES);
            assertThat(other.values(STATES).get(0)).containsExactly(first);
            assertThatThrownBy(() -> wider.restoreState(later))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("parameters has shape");
            assertThat(wider.values(STATES).get(0)).containsExactly(0, 0);
        }
    }

    @Test
    void a_loss_that_is_not_finite_changes_nothing() {
        try (DeepCritic critic = DeepCritic.of(3, 1)) {
            critic.update(STATES, SQUARES);
            double before = critic.values(STATES).get(0)[0];
            assertThatThrownBy(() -> critic.update(
                            STATES,
                            (index, scores) -> new TokenSlopes(
                                    Double.NaN, new double[0], new double[0], new double[scores.length()])))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("NaN");
            assertThat(critic.values(STATES).get(0)[0]).isEqualTo(before);
        }
    }

    @Test
    void the_same_seed_learns_the_same() {
        try (DeepCritic one = DeepCritic.of(3, 7);
                DeepCritic two = DeepCritic.of(3, 7)) {
            for (int i = 0; i < 5; i++) {
                assertThat(one.update(STATES, SQUARES)).isEqualTo(two.update(STATES, SQUARES));
            }
        }
    }

    private static List<Double> losses(int threads) {
        Blas blas = Nd4j.factory().blas();
        Environment environment = Nd4j.getEnvironment();
        int products = blas.getMaxThreads();
        int most = environment.maxThreads();
        int others = environment.maxMasterThreads();
        blas.setMaxThreads(threads);
        environment.setMaxThreads(threads);
        environment.setMaxMasterThreads(threads);
        int given = environment.maxMasterThreads();
        SplittableRandom random = new SplittableRandom(5);
        float[][] states = new float[700][192];
        for (float[] state : states) {
            for (int i = 0; i < state.length; i++) {
                state[i] = (float) random.nextDouble(-1, 1);
            }
        }
        Objective towardsOne = (index, scores) -> {
            double[] slopes = Arrays.stream(scores.values()).map(v -> v - 1).toArray();
            return new TokenSlopes(
                    Arrays.stream(slopes).map(d -> d * d / 2).sum(), new double[0], new double[0], slopes);
        };
        try (DeepCritic critic = DeepCritic.of(192, 7)) {
            List<Double> losses = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                losses.add(critic.update(List.<float[][]>of(states), towardsOne));
            }
            Arrays.stream(critic.values(List.<float[][]>of(states)).get(0)).forEach(losses::add);
            assertThat(blas.getMaxThreads()).as("the others keep theirs").isEqualTo(threads);
            assertThat(environment.maxMasterThreads()).isEqualTo(given);
            return losses;
        } finally {
            environment.setMaxThreads(most);
            environment.setMaxMasterThreads(others);
            blas.setMaxThreads(products);
        }
    }

    @Test
    void what_it_learns_does_not_depend_on_the_number_of_threads() {
        assertThat(losses(4)).isEqualTo(losses(1));
    }
}
