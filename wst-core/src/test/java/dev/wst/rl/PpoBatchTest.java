package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** One batch of two instructions, by hand. */
class PpoBatchTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final double HALF = Math.log(0.5);
    private static final int[] BOTH = {0, 1};

    /** Divergences of 1 and 2 nats, then of -0.5; the critic expects nothing. */
    private static final List<Experience> TWO = List.of(
            new Experience(0, 4, 2, new double[] {-1, -1}, new double[] {-2, -3}, new double[2]),
            new Experience(0, 0, 1, new double[] {-1}, new double[] {-0.5}, new double[1]));

    private static Ppo plain() {
        return Ppo.defaults().withLambda(1).withWhitenAdvantages(false);
    }

    private static TokenScores scores(double... logProbabilities) {
        double[] entropies = new double[logProbabilities.length];
        for (int t = 0; t < entropies.length; t++) {
            entropies[t] = 0.25 + t;
        }
        return TokenScores.of(logProbabilities, entropies);
    }

    @Test
    void the_divergence_is_taken_from_each_token_and_the_verdict_added_at_the_last() {
        PpoBatch batch = PpoBatch.of(plain(), TWO, 0.1);
        assertThat(batch.divergences()[0]).containsExactly(1, 2);
        assertThat(batch.divergences()[1]).containsExactly(-0.5);
        assertThat(batch.advantages()[0]).containsExactly(new double[] {3.7, 3.8}, EXACT);
        assertThat(batch.advantages()[1]).containsExactly(new double[] {0.05}, EXACT);
    }

    @Test
    void what_is_known_before_any_update() {
        Map<String, Double> metrics = PpoBatch.of(plain(), TWO, 0.1).metrics();
        // Sums of 3 and -0.5 nats.
        assertThat(metrics.get("objective/kl")).isCloseTo(1.25, EXACT);
        assertThat(metrics.get("objective/entropy")).isCloseTo(1.5, EXACT);
        assertThat(metrics.get("objective/scores")).isCloseTo(2, EXACT);
        assertThat(metrics.get("objective/non_score_reward")).isCloseTo(-0.125, EXACT);
        assertThat(metrics.get("objective/rlhf_reward")).isCloseTo(1.875, EXACT);
        assertThat(metrics.get("objective/kl_coef")).isEqualTo(0.1);
        assertThat(PpoBatch.of(plain(), TWO, 0.1).kl()).isCloseTo(1.25, EXACT);
    }

    @Test
    void how_far_an_update_found_the_policy_is_a_mean_over_tokens() {
        PpoBatch batch = PpoBatch.of(plain(), TWO, 0);
        // Ratios 2 and 0.5 of advantages 4, and 1 of advantage 0: only the first is clipped.
        Map<String, Double> drift = batch.drift(BOTH, List.of(scores(-1 - HALF, -1 + HALF), scores(-1)));
        assertThat(drift.get("policy/clipfrac_avg")).isCloseTo(1 / 3.0, EXACT);
        assertThat(drift.get("policy/entropy_avg")).isCloseTo((0.25 + 1.25 + 0.25) / 3, EXACT);
        assertThat(drift.get("val/ratio")).isCloseTo(3.5 / 3, EXACT);
        assertThat(drift.get("policy/approxkl_avg")).isCloseTo(HALF * HALF / 3, EXACT);
        assertThat(batch.approximateKl(BOTH, List.of(scores(-1 - HALF, -1 + HALF), scores(-1))))
                .isCloseTo(HALF * HALF / 3, EXACT);
    }

    @Test
    void a_bonus_for_entropy_is_taken_from_the_loss() {
        PpoBatch without = PpoBatch.of(plain(), TWO, 0);
        PpoBatch with = PpoBatch.of(plain().withEntropyBonus(0.3), TWO, 0);
        TokenSlopes bare = without.policy(BOTH).at(0, scores(-1, -1));
        TokenSlopes rewarded = with.policy(BOTH).at(0, scores(-1, -1));
        // Three tokens in all; the two of this one have entropies of 0.25 and 1.25 and advantages of 4.
        assertThat(bare.loss()).isCloseTo(-8 / 3.0, EXACT);
        assertThat(bare.entropy()).isEmpty();
        assertThat(rewarded.loss()).isCloseTo(-8 / 3.0 - 0.3 * 1.5 / 3, EXACT);
        assertThat(rewarded.entropy()).containsExactly(new double[] {-0.1, -0.1}, EXACT);
        assertThat(rewarded.logProbability()).containsExactly(new double[] {-4 / 3.0, -4 / 3.0}, EXACT);
    }

    @Test
    void the_larger_error_of_a_value_and_of_what_its_range_leaves_of_it_counts() {
        // The critic said 0 where 4 came; a fifth either way is its range.
        PpoBatch batch = PpoBatch.of(plain(), TWO, 0);
        double[] none = new double[2];
        TokenSlopes slopes = batch.value(BOTH).at(0, TokenScores.of(none, none).withValues(new double[] {1, -1}));
        assertThat(slopes.loss())
                .as("1 is held at 0.2, -1 is worse than -0.2")
                .isCloseTo((3.8 * 3.8 + 5 * 5) / 6, EXACT);
        assertThat(slopes.value()).containsExactly(new double[] {0, -5 / 3.0}, EXACT);
        assertThat(slopes.logProbability()).isEmpty();
    }
}
