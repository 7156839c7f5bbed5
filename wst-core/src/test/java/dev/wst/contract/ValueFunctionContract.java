package dev.wst.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Objective;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
import dev.wst.ValueFunction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every critic must do. */
public abstract class ValueFunctionContract {
    private static final double[][] RETURNS = {{1, -0.5}, {2}};

    private static final Objective SQUARES = (index, scores) -> {
        double loss = 0;
        double[] slopes = new double[scores.length()];
        for (int t = 0; t < slopes.length; t++) {
            slopes[t] = scores.values()[t] - RETURNS[index][t];
            loss += slopes[t] * slopes[t] / 2;
        }
        return new TokenSlopes(loss, new double[0], new double[0], slopes);
    };

    @TempDir
    protected Path directory;

    /** A function of states of three numbers that was not trained yet. The test closes it. */
    protected abstract ValueFunction function();

    private final List<float[][]> states = List.of(new float[][] {{1, 0, 0.5f}, {0, 1, 0}}, new float[][] {{-1, 1, 0}});

    @Test
    void there_is_a_value_for_each_state() {
        try (ValueFunction function = function()) {
            assertThat(function.values(states).get(0)).hasSize(2);
            assertThat(function.values(states).get(1)).hasSize(1);
        }
    }

    @Test
    void updates_lower_the_loss() {
        try (ValueFunction function = function()) {
            double before = function.update(states, SQUARES);
            double after = before;
            for (int i = 0; i < 50; i++) {
                after = function.update(states, SQUARES);
            }
            assertThat(after).isLessThan(before);
        }
    }

    @Test
    void a_loss_that_is_not_finite_changes_nothing() {
        try (ValueFunction function = function()) {
            function.update(states, SQUARES);
            double[] before = function.values(states).get(0);
            Objective broken = (index, scores) ->
                    new TokenSlopes(Double.NaN, new double[0], new double[0], new double[scores.length()]);
            assertThatThrownBy(() -> function.update(states, broken)).isInstanceOf(TrainingDivergedException.class);
            assertThat(function.values(states).get(0)).containsExactly(before);
        }
    }

    @Test
    void a_restored_state_makes_the_update_that_would_have_followed() {
        try (ValueFunction function = function()) {
            function.update(states, SQUARES);
            Path state = directory.resolve("state");
            function.saveState(state);
            function.update(states, SQUARES);
            double[] followed = function.values(states).get(0);
            function.restoreState(state);
            function.update(states, SQUARES);
            assertThat(function.values(states).get(0)).containsExactly(followed);
        }
    }

    @Test
    void it_may_be_closed_twice() {
        ValueFunction function = function();
        function.close();
        function.close();
    }
}
