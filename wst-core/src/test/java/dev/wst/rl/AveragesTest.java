package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Task;
import dev.wst.TokenScores;
import dev.wst.UpdateStats;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes several times in a step and is told once, and the ranges of options. */
class AveragesTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void numbers_of_one_name_become_their_mean_in_the_order_of_names() {
        Averages averages = new Averages();
        averages.add("b", 1);
        averages.addAll(Map.of("a", 10.0));
        averages.add("b", 4);
        assertThat(averages.means()).containsExactly(Map.entry("b", 2.5), Map.entry("a", 10.0));
    }

    @Test
    void a_variance_needs_two_numbers() {
        Averages averages = new Averages();
        assertThat(averages.variance("x")).isEmpty();
        averages.add("x", 1);
        assertThat(averages.variance("x")).isEmpty();
        averages.add("x", 4);
        assertThat(averages.variance("x").orElseThrow()).isEqualTo(4.5);
    }

    @Test
    void a_record_tells_what_was_known_then_means_then_counts_and_the_rate_last() {
        UpdateRecord record = new UpdateRecord(Map.of("known", 7.0));
        record.add(new UpdateStats(1, 3, List.of()), Map.of("val/ratio", 1.0), "loss", "policy_loss");
        record.add(new UpdateStats(2, 5, List.of()), Map.of("val/ratio", 3.0), "loss", "policy_loss");
        record.add("beside", 9);
        assertThat(record.updates()).isEqualTo(2);
        assertThat(record.metrics(Map.of("ending", 8.0), 0.25))
                .containsExactly(
                        Map.entry("known", 7.0),
                        Map.entry("loss", 1.5),
                        Map.entry("policy_loss", 1.5),
                        Map.entry("grad_norm", 4.0),
                        Map.entry("val/ratio", 2.0),
                        Map.entry("beside", 9.0),
                        Map.entry("val/ratio_var", 2.0),
                        Map.entry("updates", 2.0),
                        Map.entry("ending", 8.0),
                        Map.entry("lr", 0.25));
    }

    private static Advice drawn(double... logProbabilities) {
        return Advice.of(
                Task.of("t", "q"),
                Instruction.sampled(
                        "any", new int[logProbabilities.length], logProbabilities, Instruction.Ending.STOP));
    }

    @Test
    void drift_of_sampling_goes_over_the_tokens_of_all_instructions_either_way() {
        Map<String, Double> drift = SamplingDrift.of(
                List.of(drawn(-1, -2), drawn(-3)),
                List.of(
                        TokenScores.of(new double[] {-1, -2.5}, new double[2]),
                        TokenScores.of(new double[] {-2.8}, new double[1])));
        assertThat(drift.get("sampling/sampling_logp_difference/mean")).isCloseTo(0.7 / 3, EXACT);
        assertThat(drift.get("sampling/sampling_logp_difference/max")).isCloseTo(0.5, EXACT);
        assertThat(drift.get("sampling/importance_sampling_ratio/min")).isCloseTo(Math.exp(-0.5), EXACT);
        assertThat(drift.get("sampling/importance_sampling_ratio/mean"))
                .isCloseTo((1 + Math.exp(-0.5) + Math.exp(0.2)) / 3, EXACT);
        assertThat(drift.get("sampling/importance_sampling_ratio/max")).isCloseTo(Math.exp(0.2), EXACT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void the_ends_of_a_share_are_in_its_range(double value) {
        assertThatCode(() -> Checks.share("gamma", value)).doesNotThrowAnyException();
    }

    @Test
    void a_count_begins_at_1_and_a_weight_at_0() {
        assertThatCode(() -> Checks.atLeastOne("epochs", 1)).doesNotThrowAnyException();
        assertThatCode(() -> Checks.notNegative("a weight", 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Checks.positive("a range", 0)).hasMessage("a range must be positive, got 0.0");
        assertThatThrownBy(() -> Checks.notNegative("a weight", Double.NaN))
                .hasMessage("a weight must be 0 or positive, got NaN");
    }
}
