package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Objective;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What an update under GRPO is told of, and what becomes of log-probabilities that nobody read before it. */
class GrpoBatchTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final double HALF = Math.log(0.5);
    private static final int[] BOTH = {0, 1};

    /** Without deviations, so that two rewards of one group have advantages that can be read off. */
    private static Grpo grpo() {
        return Grpo.defaults().withByDeviation(false);
    }

    /** An instruction whose tokens had this log-probability, each of them 1 nat above what the reference gives it. */
    private static Experience experience(double reward, double before, int tokens) {
        double[] sampled = new double[tokens];
        double[] reference = new double[tokens];
        for (int t = 0; t < tokens; t++) {
            sampled[t] = before;
            reference[t] = before - 1;
        }
        return new Experience(0, reward, tokens, sampled, reference, new double[0]);
    }

    private static TokenScores scores(double... logProbabilities) {
        double[] entropies = new double[logProbabilities.length];
        for (int t = 0; t < entropies.length; t++) {
            entropies[t] = 0.25 + t;
        }
        return TokenScores.of(logProbabilities, entropies);
    }

    /** A better one of two tokens and a worse one of four; log-probabilities of 0 make ratios of what they become. */
    private static final List<Experience> TWO = List.of(experience(1, 0, 2), experience(0, 0, 4));

    @Test
    void a_share_is_clipped_from_below_where_the_answer_was_worse_and_from_above_where_it_was_better() {
        // Ratios 1.6 and 0.5 of the better one, 0.5, 1.6, 1 and 0.5 of the worse one.
        List<TokenScores> moved = List.of(scores(Math.log(1.6), HALF), scores(HALF, Math.log(1.6), 0, HALF));
        Map<String, Double> drift = new GrpoBatch(grpo().withClip(0.2, 0.3), TWO, 16).drift(BOTH, moved);
        assertThat(drift.get("clip_ratio/high_mean")).as("1 of 6 tokens").isCloseTo(1 / 6.0, EXACT);
        assertThat(drift.get("clip_ratio/high_max")).as("1 of 2 tokens").isCloseTo(0.5, EXACT);
        assertThat(drift.get("clip_ratio/low_mean")).as("2 of 6 tokens").isCloseTo(2 / 6.0, EXACT);
        assertThat(drift.get("clip_ratio/low_min")).as("none of the first").isZero();
        assertThat(drift.get("clip_ratio/region_mean")).isCloseTo(0.5, EXACT);
        assertThat(new GrpoBatch(grpo().withClip(0.2, 0.3), TWO, 16)
                        .drift(new int[] {1}, moved.subList(1, 2))
                        .get("clip_ratio/low_min"))
                .isCloseTo(0.5, EXACT);
    }

    @Test
    void what_lies_at_an_end_of_the_range_is_not_clipped() {
        List<Experience> list = List.of(experience(1, HALF, 1), experience(0, 0, 1));
        Map<String, Double> drift =
                new GrpoBatch(grpo().withClip(0.5, 1), list, 16).drift(BOTH, List.of(scores(0), scores(HALF)));
        assertThat(drift).containsEntry("clip_ratio/region_mean", 0.0);
        Map<String, Double> beyond =
                new GrpoBatch(grpo().withClip(0.4, 0.9), list, 16).drift(BOTH, List.of(scores(0), scores(HALF)));
        assertThat(beyond).containsEntry("clip_ratio/region_mean", 1.0);
    }

    @Test
    void without_an_advantage_nothing_is_clipped() {
        List<Experience> equal = List.of(experience(1, 0, 1), experience(1, 0, 1));
        Map<String, Double> drift =
                new GrpoBatch(grpo(), equal, 16).drift(BOTH, List.of(scores(Math.log(2)), scores(HALF)));
        assertThat(drift).containsEntry("clip_ratio/region_mean", 0.0);
    }

    @Test
    void one_ratio_of_an_instruction_is_clipped_for_all_its_tokens_or_for_none() {
        // Mean log-ratios of log(4) / 2 and of 0.
        List<TokenScores> moved = List.of(scores(Math.log(4), 0), scores(HALF, -HALF, HALF, -HALF));
        Map<String, Double> drift = new GrpoBatch(grpo().withLoss(Grpo.Loss.GSPO), TWO, 16).drift(BOTH, moved);
        assertThat(drift.get("clip_ratio/high_mean")).isCloseTo(0.5, EXACT);
        assertThat(drift.get("clip_ratio/high_max")).isCloseTo(1, EXACT);
        assertThat(drift.get("clip_ratio/low_mean")).isZero();
    }

    @Test
    void entropy_is_a_mean_over_tokens_and_the_divergence_is_told_where_it_counts_only() {
        List<TokenScores> same = List.of(scores(0, 0), scores(0, 0, 0, 0));
        // Entropies 0.25 and 1.25, then 0.25, 1.25, 2.25 and 3.25.
        Map<String, Double> drift = new GrpoBatch(grpo(), TWO, 16).drift(BOTH, same);
        assertThat(drift.get("entropy")).isCloseTo(8.5 / 6, EXACT);
        assertThat(drift).doesNotContainKey("kl");
        Map<String, Double> held = new GrpoBatch(grpo().withKlCoefficient(0.1), TWO, 16).drift(BOTH, same);
        assertThat(held.get("kl")).as("1 nat, by k3").isCloseTo(Math.exp(-1), EXACT);
    }

    @Test
    void the_divergence_that_is_told_is_multiplied_by_the_ratio_where_the_loss_is() {
        Grpo corrected = grpo().withKlCoefficient(0.1);
        List<TokenScores> moved = List.of(scores(HALF, 0), scores(0, 0, 0, 0));
        double moving = Math.exp(-(1 + HALF)) + (1 + HALF) - 1;
        double staying = Math.exp(-1);
        assertThat(new GrpoBatch(corrected, TWO, 16).drift(BOTH, moved).get("kl"))
                .isCloseTo((0.5 * moving + 5 * staying) / 6, EXACT);
        assertThat(new GrpoBatch(corrected.withKlCorrected(false), TWO, 16)
                        .drift(BOTH, moved)
                        .get("kl"))
                .isCloseTo((moving + 5 * staying) / 6, EXACT);
    }

    @Test
    void log_probabilities_that_nobody_read_are_those_of_the_first_pass() {
        Experience unread = new Experience(0, 1, 1, new double[0], new double[0], new double[0]);
        Experience other = new Experience(0, 0, 1, new double[0], new double[0], new double[0]);
        GrpoBatch batch = new GrpoBatch(grpo().withClip(0.9, 9), List.of(unread, other), 16);
        Objective policy = batch.policy(BOTH);
        // Advantages of a half either way, each token counts a half.
        TokenSlopes first = policy.at(0, scores(-3));
        assertThat(first.loss()).isCloseTo(-0.25, EXACT);
        assertThat(first.logProbability()).containsExactly(new double[] {-0.25}, EXACT);
        assertThat(policy.at(1, scores(-5)).loss()).isCloseTo(0.25, EXACT);
        assertThat(policy.at(0, scores(-3 - HALF)).loss()).as("twice as likely").isCloseTo(-0.5, EXACT);
        assertThat(policy.at(1, scores(-5 - HALF)).loss()).isCloseTo(0.5, EXACT);
    }

    @Test
    void advantages_that_were_handed_out_are_a_copy() {
        GrpoBatch batch = new GrpoBatch(grpo(), TWO, 16);
        batch.advantages()[0] = 99;
        assertThat(batch.advantages()).containsExactly(0.5, -0.5);
    }
}
