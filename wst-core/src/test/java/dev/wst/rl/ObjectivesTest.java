package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Objective;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every loss to numbers that PyTorch computed in double precision, and every slope to finite differences. */
class ObjectivesTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static JsonNode golden;
    private static int[] all;

    @BeforeAll
    static void read() throws IOException {
        golden = new ObjectMapper()
                .readTree(Path.of("src/test/resources/golden/objectives.json").toFile());
        all = IntStream.range(0, golden.get("lengths").size()).toArray();
    }

    private static double[] row(JsonNode rows, int i) {
        return IntStream.range(0, golden.get("lengths").get(i).asInt())
                .mapToDouble(t -> rows.get(i).get(t).asDouble())
                .toArray();
    }

    private static List<Experience> experiences() {
        List<Experience> list = new ArrayList<>();
        for (int i : all) {
            list.add(new Experience(
                    i / 3,
                    golden.get("score").get(i).asDouble(),
                    row(golden.get("old_logp"), i).length,
                    row(golden.get("old_logp"), i),
                    row(golden.get("ref_logp"), i),
                    row(golden.get("old_value"), i)));
        }
        return list;
    }

    private static List<TokenScores> scores() {
        List<TokenScores> list = new ArrayList<>();
        for (int i : all) {
            double[] logp = row(golden.get("logp"), i);
            double[] entropies = new double[logp.length];
            for (int t = 0; t < logp.length; t++) {
                entropies[t] = 1 + 0.1 * i + 0.01 * t;
            }
            list.add(TokenScores.of(logp, entropies).withValues(row(golden.get("value"), i)));
        }
        return list;
    }

    private static double total(Objective objective) {
        return IntStream.of(all)
                .mapToDouble(i -> objective.at(i, scores().get(i)).loss())
                .sum();
    }

    private static Ppo ppo() {
        JsonNode p = golden.get("ppo");
        return new Ppo(
                4,
                1,
                p.get("gamma").asDouble(),
                p.get("lam").asDouble(),
                p.get("clip").asDouble(),
                p.get("value_clip").asDouble(),
                p.get("beta").asDouble(),
                Double.POSITIVE_INFINITY,
                1,
                KlEstimator.K1,
                true,
                0,
                Double.POSITIVE_INFINITY,
                Optimization.defaults());
    }

    private static Grpo grpo(Grpo.Loss loss) {
        return Grpo.defaults()
                .withLoss(loss)
                .withClip(0.2, 0.28)
                .withKlCoefficient(golden.get("grpo").get("beta").asDouble())
                .withKlCorrected(false)
                .withByDeviation(loss != Grpo.Loss.DR_GRPO);
    }

    @Test
    void divergence_estimators() {
        for (KlEstimator estimator : KlEstimator.values()) {
            JsonNode expected = golden.get("kl").get(estimator.name().toLowerCase(Locale.ROOT));
            for (int i : all) {
                double[] values = row(expected, i);
                for (int t = 0; t < values.length; t++) {
                    double p = row(golden.get("logp"), i)[t];
                    double q = row(golden.get("ref_logp"), i)[t];
                    assertThat(estimator.value(p, q)).isCloseTo(values[t], EXACT);
                    double h = 1e-6;
                    assertThat(estimator.slope(p, q))
                            .isCloseTo((estimator.value(p + h, q) - estimator.value(p - h, q)) / (2 * h), within(1e-8));
                }
            }
        }
    }

    @Test
    void a_far_divergence_does_not_overflow() {
        assertThat(KlEstimator.K3.value(-2000, -1)).isFinite();
        assertThat(KlEstimator.K3.slope(-2000, -1)).isZero();
    }

    @Test
    void rewards_advantages_and_returns_of_ppo() {
        JsonNode p = golden.get("ppo");
        double[][] advantages = new double[all.length][];
        for (int i : all) {
            Experience e = experiences().get(i);
            double[] kl = new double[e.length()];
            for (int t = 0; t < kl.length; t++) {
                kl[t] = e.logProbabilities()[t] - e.reference()[t];
            }
            double[] rewards = PpoBatch.tokenRewards(e.reward(), kl, 0.05);
            assertThat(rewards).containsExactly(row(p.get("token_rewards"), i), EXACT);
            advantages[i] = Advantages.generalised(rewards, e.values(), 0.98, 0.95);
            assertThat(advantages[i]).containsExactly(row(p.get("advantages"), i), EXACT);
        }
        PpoBatch plan = PpoBatch.of(ppo(), experiences(), 0.05);
        for (int i : all) {
            assertThat(plan.returns()[i]).containsExactly(row(p.get("returns"), i), EXACT);
            assertThat(plan.advantages()[i]).containsExactly(row(p.get("whitened"), i), EXACT);
        }
    }

    @Test
    void losses_and_slopes_of_ppo() {
        JsonNode p = golden.get("ppo");
        PpoBatch plan = PpoBatch.of(ppo(), experiences(), 0.05);
        assertThat(total(plan.policy(all))).isCloseTo(p.get("policy_loss").asDouble(), EXACT);
        assertThat(total(plan.value(all))).isCloseTo(p.get("value_loss").asDouble(), EXACT);
        for (int i : all) {
            assertThat(plan.policy(all).at(i, scores().get(i)).logProbability())
                    .containsExactly(row(p.get("policy_slopes"), i), EXACT);
            assertThat(plan.value(all).at(i, scores().get(i)).value())
                    .containsExactly(row(p.get("value_slopes"), i), EXACT);
        }
        assertThat(plan.drift(all, scores()).get("policy/clipfrac_avg"))
                .isCloseTo(p.get("clip_fraction").asDouble(), EXACT);
        assertThat(plan.approximateKl(all, scores()))
                .isCloseTo(p.get("approx_kl").asDouble(), EXACT);
    }

    @ParameterizedTest
    @EnumSource(Grpo.Loss.class)
    void advantages_losses_and_slopes_of_grpo(Grpo.Loss loss) {
        JsonNode g = golden.get("grpo");
        GrpoBatch plan = new GrpoBatch(grpo(loss), experiences(), 16);
        JsonNode advantages = g.get(loss == Grpo.Loss.DR_GRPO ? "advantages_mean_only" : "advantages_std");
        for (int i : all) {
            assertThat(plan.advantages()[i]).isCloseTo(advantages.get(i).asDouble(), EXACT);
        }
        JsonNode expected = g.get("losses").get(loss.name().toLowerCase(Locale.ROOT));
        assertThat(total(plan.policy(all))).isCloseTo(expected.get("loss").asDouble(), EXACT);
        for (int i : all) {
            assertThat(plan.policy(all).at(i, scores().get(i)).logProbability())
                    .containsExactly(row(expected.get("slopes"), i), EXACT);
        }
    }

    /** What TRL's own trainer computes; trl_grpo_loss.py beside the numbers made them. */
    @ParameterizedTest
    @EnumSource(Grpo.Loss.class)
    void a_corrected_divergence_gives_the_losses_and_slopes_of_trl(Grpo.Loss loss) throws IOException {
        JsonNode expected = new ObjectMapper()
                .readTree(Path.of("src/test/resources/golden/trl-grpo-corrected.json")
                        .toFile())
                .get("losses")
                .get(loss.name().toLowerCase(Locale.ROOT));
        GrpoBatch plan = new GrpoBatch(grpo(loss).withKlCorrected(true), experiences(), 16);
        assertThat(total(plan.policy(all))).isCloseTo(expected.get("loss").asDouble(), EXACT);
        for (int i : all) {
            assertThat(plan.policy(all).at(i, scores().get(i)).logProbability())
                    .containsExactly(row(expected.get("slopes"), i), EXACT);
        }
    }

    @Test
    void every_slope_is_the_finite_difference_of_its_loss() {
        List<Objective> objectives = new ArrayList<>();
        objectives.add(
                PpoBatch.of(ppo().withEntropyBonus(0.3), experiences(), 0.05).policy(all));
        objectives.add(PpoBatch.of(ppo(), experiences(), 0.05).value(all));
        for (Grpo.Loss loss : Grpo.Loss.values()) {
            objectives.add(new GrpoBatch(grpo(loss), experiences(), 16).policy(all));
            objectives.add(new GrpoBatch(grpo(loss).withKlCorrected(true), experiences(), 16).policy(all));
        }
        double h = 1e-6;
        for (Objective objective : objectives) {
            for (int i : all) {
                TokenScores here = scores().get(i);
                TokenSlopes slopes = objective.at(i, here);
                for (int t = 0; t < here.length(); t++) {
                    assertSlope(objective, i, here.logProbabilities(), t, here, slopes.logProbability(), h);
                    assertSlope(objective, i, here.entropies(), t, here, slopes.entropy(), h);
                    assertSlope(objective, i, here.values(), t, here, slopes.value(), h);
                }
            }
        }
    }

    private static void assertSlope(
            Objective objective, int i, double[] moved, int t, TokenScores scores, double[] slopes, double h) {
        double kept = moved[t];
        moved[t] = kept + h;
        double above = objective.at(i, scores).loss();
        moved[t] = kept - h;
        double below = objective.at(i, scores).loss();
        moved[t] = kept;
        assertThat(slopes.length == 0 ? 0 : slopes[t]).isCloseTo((above - below) / (2 * h), within(1e-7));
    }

    @Test
    void the_adaptive_coefficient_follows_the_divergence() {
        for (JsonNode one : golden.get("adaptive_kl")) {
            KlControl control = new KlControl(
                    one.get("target").asDouble(), one.get("horizon").asDouble());
            assertThat(control.next(
                            one.get("beta").asDouble(),
                            one.get("kl").asDouble(),
                            one.get("n").asInt()))
                    .isCloseTo(one.get("next").asDouble(), EXACT);
        }
    }

    @Test
    void an_adaptive_coefficient_stays_positive_however_many_instructions_a_step_has() {
        KlControl control = new KlControl(6, 10);
        assertThat(control.next(0.05, 0, 64)).isCloseTo(0.025, EXACT);
        assertThat(control.next(0.05, 100, 64)).isCloseTo(0.05 * (1 + 0.2 * 6.4), EXACT);
    }

    @Test
    void an_adaptive_coefficient_cannot_begin_at_nothing() {
        assertThatThrownBy(() -> Ppo.defaults().withKlCoefficient(0).withAdaptiveKl(6, 10_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would stay 0; begin above 0");
        assertThat(new KlControl(Double.POSITIVE_INFINITY, 1).next(0, 5, 100)).isZero();
    }

    @Test
    void a_value_is_held_back_where_its_clipped_error_is_the_larger_one() {
        Experience e = new Experience(0, 1, 3, new double[3], new double[3], new double[] {0, 0, 0});
        PpoBatch plan = PpoBatch.of(Ppo.defaults().withLambda(1), List.of(e), 0);
        assertThat(plan.returns()[0]).containsExactly(1, 1, 1);
        // The first has reached its return, which its clip range does not; the second left its range on the far side.
        assertThat(plan.clippedValues(0, new double[] {1, -0.5, 0.1})).containsExactly(true, false, false);
        Experience there = new Experience(0, 1, 1, new double[1], new double[1], new double[] {1});
        assertThat(PpoBatch.of(Ppo.defaults(), List.of(there), 0).clippedValues(0, new double[] {1}))
                .as("exactly at its return within its range")
                .containsExactly(false);
    }

    @Test
    void clipped_shares_of_grpo_are_means_over_tokens_and_of_gspo_over_instructions() {
        List<Experience> list = List.of(length(1, 1), length(3, 0));
        List<TokenScores> moved = List.of(
                TokenScores.of(new double[] {-0.5}, new double[1]),
                TokenScores.of(new double[] {-1, -1, -1}, new double[3]));
        assertThat(new GrpoBatch(Grpo.defaults(), list, 16).drift(new int[] {0, 1}, moved))
                .containsEntry("clip_ratio/high_mean", 0.25)
                .containsEntry("clip_ratio/region_mean", 0.25)
                .containsEntry("clip_ratio/high_max", 1.0)
                .containsEntry("clip_ratio/low_mean", 0.0);
        assertThat(new GrpoBatch(Grpo.defaults().withLoss(Grpo.Loss.GSPO), list, 16).drift(new int[] {0, 1}, moved))
                .containsEntry("clip_ratio/high_mean", 0.5);
    }

    private static Experience length(int tokens, double reward) {
        double[] before = new double[tokens];
        Arrays.fill(before, -1);
        return new Experience(0, reward, tokens, before, new double[0], new double[0]);
    }

    @Test
    void a_corrected_divergence_is_multiplied_by_the_ratio_and_has_another_slope_even_where_that_is_one() {
        Experience e = new Experience(0, 1, 2, new double[] {-1, -2}, new double[] {-1.5, -1.7}, new double[0]);
        double[] k3 = {Math.exp(-0.4) - 1 + 0.4, Math.exp(0.4) - 1 - 0.4};
        double[] slope = {1 - Math.exp(-0.4), 1 - Math.exp(0.4)};
        double[] ratio = {Math.exp(-0.1), Math.exp(-0.1)};
        double[] slopes = new double[2];
        double[] now = {-1.1, -2.1};
        double loss = new KlPenalty(0.3, true).byToken(now, e.reference(), ratio, new double[] {0.5, 0.5}, slopes);
        assertThat(loss).isCloseTo(0.15 * (ratio[0] * k3[0] + ratio[1] * k3[1]), EXACT);
        assertThat(slopes)
                .containsExactly(
                        new double[] {0.15 * ratio[0] * (slope[0] + k3[0]), 0.15 * ratio[1] * (slope[1] + k3[1])},
                        EXACT);
        double[] unmoved = new double[2];
        new KlPenalty(0.3, true).byToken(now, e.reference(), new double[] {1, 1}, new double[] {0.5, 0.5}, unmoved);
        assertThat(unmoved[0]).isCloseTo(0.15 * (slope[0] + k3[0]), EXACT);
        assertThat(Grpo.defaults().klCorrected()).isTrue();
        assertThat(Grpo.defaults().withKlCorrected(false).withKlCoefficient(1).klCorrected())
                .isFalse();
    }

    @Test
    void entropy_of_what_was_sampled_is_minus_its_log_probability_summed_over_tokens() {
        List<Experience> list = List.of(
                new Experience(0, 1, 2, new double[] {-1, -2}, new double[2], new double[2]),
                new Experience(0, 1, 1, new double[] {-5}, new double[1], new double[1]));
        assertThat(PpoBatch.of(Ppo.defaults(), list, 0).metrics()).containsEntry("objective/entropy", 4.0);
    }

    @Test
    void drift_of_sampling_is_taken_over_all_tokens() {
        Advice drawn = Advice.of(
                Task.of("t", "q"),
                Instruction.sampled("any", new int[] {1, 2}, new double[] {-1, -2}, Instruction.Ending.STOP));
        TokenScores read = TokenScores.of(new double[] {-1.5, -2.1}, new double[2]);
        Map<String, Double> drift = SamplingDrift.of(List.of(drawn), List.of(read));
        assertThat(drift.get("sampling/sampling_logp_difference/mean")).isCloseTo(0.3, EXACT);
        assertThat(drift.get("sampling/sampling_logp_difference/max")).isCloseTo(0.5, EXACT);
        assertThat(drift.get("sampling/importance_sampling_ratio/min")).isCloseTo(Math.exp(-0.5), EXACT);
        assertThat(drift.get("sampling/importance_sampling_ratio/mean"))
                .isCloseTo((Math.exp(-0.5) + Math.exp(-0.1)) / 2, EXACT);
        assertThat(drift.get("sampling/importance_sampling_ratio/max")).isCloseTo(Math.exp(-0.1), EXACT);
    }

    @Test
    void each_epoch_cuts_the_batch_in_an_order_of_its_own() {
        Attempt attempt = Attempt.of(Task.of("t", "q"), Instruction.none(), Answer.of("a"));
        Batch batch = new Batch(
                Collections.nCopies(16, new Rollout(attempt, Reward.of(1))),
                Sampling.defaults(),
                Optimization.defaults().at(1, 1),
                new Seed(3));
        int[] participants = IntStream.range(0, 16).toArray();
        List<int[]> cut = batch.minibatches(participants, 2, 4);
        assertThat(cut).hasSize(8);
        for (List<int[]> epoch : List.of(cut.subList(0, 4), cut.subList(4, 8))) {
            assertThat(epoch.stream().flatMapToInt(IntStream::of).sorted().toArray())
                    .containsExactly(participants);
            assertThat(epoch.get(0)).hasSize(4).isNotEqualTo(new int[] {0, 1, 2, 3});
        }
        assertThat(cut.get(0)).isNotEqualTo(cut.get(4));
        assertThat(batch.minibatches(participants, 3, 1))
                .hasSize(3)
                .allMatch(whole -> Arrays.equals(whole, participants));
    }

    @Test
    void a_variance_over_updates_is_bessel_corrected() {
        Averages ratios = new Averages();
        List.of(1.0, 2.0, 4.0).forEach(ratio -> ratios.add("val/ratio", ratio));
        assertThat(ratios.variance("val/ratio").orElseThrow()).isCloseTo(7 / 3.0, within(1e-12));
    }

    @Test
    void rewards_that_differ_by_a_rounding_are_no_signal() {
        double third = 0.1 + 0.2 - 0.2;
        List<Experience> list = List.of(one(0, 0.1), one(0, third), one(0, 0.1), one(1, 0), one(1, 1e-3));
        assertThat(third).isNotEqualTo(0.1);
        assertThat(new GrpoBatch(Grpo.defaults().withFilterGroups(true), list, 16).participants())
                .containsExactly(3, 4);
        assertThat(Deviation.isZero(0.1, 0.1, 0.1)).isTrue();
    }

    @Test
    void groups_without_signal_take_no_part_where_asked() {
        List<Experience> list = List.of(one(0, 1), one(0, 1), one(1, 0), one(1, 1), one(2, 0));
        assertThat(new GrpoBatch(Grpo.defaults(), list, 16).participants()).hasSize(5);
        assertThat(new GrpoBatch(Grpo.defaults().withFilterGroups(true), list, 16).participants())
                .containsExactly(2, 3);
    }

    private static Experience one(int group, double reward) {
        return new Experience(group, reward, 1, new double[] {-1}, new double[0], new double[0]);
    }

    @Test
    void the_learning_rate_warms_up_and_falls() {
        Optimization o = Optimization.defaults().withLearningRate(1).withSchedule(Optimization.Schedule.LINEAR, 3);
        assertThat(IntStream.rangeClosed(1, 7).mapToDouble(s -> o.at(s, 7).learningRate()))
                .containsExactly(0.25, 0.5, 0.75, 1.0, 0.75, 0.5, 0.25);
        assertThat(o.withSchedule(Optimization.Schedule.COSINE, 0).at(5, 8).learningRate())
                .isCloseTo(0.5, EXACT);
        assertThat(o.withSchedule(Optimization.Schedule.CONSTANT, 0).at(8, 8).learningRate())
                .isEqualTo(1);
    }

    @Test
    void each_option_of_ppo_is_set_alone() {
        Ppo d = Ppo.defaults();
        Ppo changed = d.withEpochs(2)
                .withMinibatches(3)
                .withGamma(0.9)
                .withLambda(0.8)
                .withClip(0.3)
                .withValueClip(0.4)
                .withKlCoefficient(0.5)
                .withAdaptiveKl(6, 99)
                .withKlEstimator(KlEstimator.K3)
                .withWhitenAdvantages(false)
                .withEntropyBonus(0.6)
                .withKlStop(0.7)
                .withLearningRate(8);
        assertThat(changed)
                .isEqualTo(new Ppo(
                        2,
                        3,
                        0.9,
                        0.8,
                        0.3,
                        0.4,
                        0.5,
                        6,
                        99,
                        KlEstimator.K3,
                        false,
                        0.6,
                        0.7,
                        d.optimization().withLearningRate(8)));
    }

    @Test
    void options_out_of_range_are_refused_where_they_are_given() {
        assertThatThrownBy(() -> Ppo.defaults().withEpochs(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epochs must be at least 1, got 0");
        assertThatThrownBy(() -> Ppo.defaults().withLambda(1.5)).hasMessage("lambda must lie in [0, 1], got 1.5");
        assertThatThrownBy(() -> Grpo.defaults().withClip(1.2, 0.2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.2");
        assertThatThrownBy(() -> Ppo.defaults().withLearningRate(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Ppo.defaults().withKlCoefficient(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the KL coefficient must be 0 or positive, got -1.0");
        assertThatThrownBy(() -> Ppo.defaults().withAdaptiveKl(0, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the KL target must be positive, got 0.0");
    }

    static Stream<Arguments> outOfRange() {
        Ppo ppo = Ppo.defaults();
        Grpo grpo = Grpo.defaults();
        Optimization o = Optimization.defaults();
        double infinity = Double.POSITIVE_INFINITY;
        return Stream.of(
                refused("epochs", () -> ppo.withEpochs(0)),
                refused("minibatches", () -> ppo.withMinibatches(0)),
                refused("gamma", () -> ppo.withGamma(-0.1)),
                refused("gamma", () -> ppo.withGamma(Double.NaN)),
                refused("lambda", () -> ppo.withLambda(1.1)),
                refused("clip ranges", () -> ppo.withClip(0)),
                refused("clip ranges", () -> ppo.withClip(1)),
                refused("value clip", () -> ppo.withValueClip(0)),
                refused("entropy bonus", () -> ppo.withEntropyBonus(-1)),
                refused("entropy bonus", () -> ppo.withEntropyBonus(infinity)),
                refused("KL stop", () -> ppo.withKlStop(0)),
                refused("learning rate", () -> ppo.withLearningRate(0)),
                refused("clip ranges", () -> grpo.withClip(0.2, 0)),
                refused("KL coefficient", () -> grpo.withKlCoefficient(-1)),
                refused("KL coefficient", () -> grpo.withKlCoefficient(infinity)),
                refused("iterations", () -> grpo.withIterations(0)),
                refused("minibatches", () -> grpo.withMinibatches(-3)),
                refused("learning rate", () -> grpo.withLearningRate(infinity)),
                refused("warm-up", () -> o.withSchedule(Optimization.Schedule.LINEAR, -1)),
                refused("weight decay", () -> o.withWeightDecay(-1)),
                refused("gradient norm", () -> o.withMaxGradientNorm(0)),
                refused("betas", () -> new Optimization(1, Optimization.Schedule.LINEAR, 0, 1, 0.9, 1e-8, 0, 1)),
                refused("epsilon", () -> new Optimization(1, Optimization.Schedule.LINEAR, 0, 0.9, 0.9, 0, 0, 1)));
    }

    private static Arguments refused(String what, ThrowingCallable change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void each_option_has_the_range_that_its_method_names(String what, ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(what);
    }

    @Test
    void the_ends_of_the_ranges_are_in_them() {
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(Ppo.defaults()
                        .withGamma(0)
                        .withLambda(0)
                        .withValueClip(infinity)
                        .withKlStop(infinity))
                .isNotEqualTo(Ppo.defaults());
        assertThat(Grpo.defaults().withClip(0.999, infinity).clipHigh()).isInfinite();
        assertThat(Optimization.defaults().withMaxGradientNorm(infinity).maxGradientNorm())
                .isInfinite();
    }
}
