package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TokenScores;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What rollouts of earlier steps count when they are learned from again. */
class ReuseTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final double[] NOW = {-0.9, -2.2};
    private static final double[] BEFORE = {-1, -2};
    private static final double[] REFERENCE = {-1.5, -1.25};
    private static final int[] BOTH = {0, 1};

    /** A better and a worse one of a group. */
    private static List<Experience> experiences(double... drawn) {
        return List.of(
                new Experience(0, 1, 2, BEFORE, REFERENCE, new double[2], drawn),
                new Experience(0, 0, 2, BEFORE, REFERENCE, new double[2], drawn));
    }

    private static TokenScores scores(double... logProbabilities) {
        return TokenScores.of(logProbabilities, new double[logProbabilities.length]);
    }

    private static Grpo grpo(Grpo.Loss loss) {
        return Grpo.defaults().withLoss(loss).withByDeviation(false).withKlCoefficient(0.3);
    }

    private static Objective policy(Grpo.Loss loss, double... drawn) {
        return new GrpoBatch(grpo(loss), experiences(drawn), 4).policy(BOTH);
    }

    @ParameterizedTest
    @EnumSource(Grpo.Loss.class)
    void an_earlier_instruction_counts_as_much_as_it_is_likelier_now_than_when_it_was_drawn(Grpo.Loss loss) {
        // 1.5 times as likely, before this step's updates.
        double[] drawn = {-1 - Math.log(1.5), -2 - Math.log(1.5)};
        for (int i : BOTH) {
            assertThat(policy(loss, drawn).at(i, scores(NOW)).loss())
                    .isCloseTo(1.5 * policy(loss).at(i, scores(NOW)).loss(), EXACT);
            double[] slopes = policy(loss).at(i, scores(NOW)).logProbability();
            assertThat(policy(loss, drawn).at(i, scores(NOW)).logProbability())
                    .containsExactly(new double[] {1.5 * slopes[0], 1.5 * slopes[1]}, EXACT);
        }
    }

    @ParameterizedTest
    @EnumSource(Grpo.Loss.class)
    void an_earlier_instruction_counts_at_most_twice(Grpo.Loss loss) {
        assertThat(policy(loss, -9, -9).at(0, scores(NOW)).loss())
                .isCloseTo(2 * policy(loss).at(0, scores(NOW)).loss(), EXACT);
    }

    @ParameterizedTest
    @EnumSource(Grpo.Loss.class)
    void slopes_are_those_of_the_weighted_loss(Grpo.Loss loss) {
        // One token less likely than when it was drawn, one so much likelier that its weight is truncated.
        requireSlopes(policy(loss, -0.5, -5));
    }

    @Test
    void slopes_of_ppo_are_those_of_the_weighted_loss() {
        PpoBatch batch = PpoBatch.of(Ppo.defaults(), experiences(-0.5, -5), 0.1);
        requireSlopes(batch.policy(BOTH));
        assertThat(batch.value(BOTH)
                        .at(0, scores(NOW).withValues(new double[] {0.1, 0.05}))
                        .value()[1])
                .as("at twice its share of a quarter")
                .isCloseTo(0.5 * (0.05 - batch.returns()[0][1]), EXACT);
    }

    private static void requireSlopes(Objective objective) {
        double h = 1e-6;
        for (int i : BOTH) {
            double[] slopes = objective.at(i, scores(NOW)).logProbability();
            for (int t = 0; t < NOW.length; t++) {
                double[] up = NOW.clone();
                double[] down = NOW.clone();
                up[t] += h;
                down[t] -= h;
                double difference = objective.at(i, scores(up)).loss()
                        - objective.at(i, scores(down)).loss();
                assertThat(slopes[t]).isCloseTo(difference / (2 * h), within(1e-7));
            }
        }
    }

    @Test
    void what_a_step_tells_of_itself_leaves_earlier_ones_out() {
        List<Experience> three = List.of(
                new Experience(0, 1, 1, new double[] {-1}, new double[] {-3}, new double[1]),
                new Experience(0, 0, 1, new double[] {-1}, new double[] {-2}, new double[1]),
                new Experience(1, 8, 1, new double[] {-7}, new double[] {-1}, new double[1], new double[] {-6}));
        Map<String, Double> metrics = PpoBatch.of(Ppo.defaults(), three, 0.1).metrics();
        assertThat(metrics)
                .containsEntry("objective/kl", 1.5)
                .containsEntry("objective/entropy", 1.0)
                .containsEntry("objective/scores", 0.5);
    }

    private static Rollout rollout(String task, double reward, double drawn) {
        Instruction instruction =
                Instruction.sampled("x", new int[] {1, 2}, new double[] {drawn, drawn}, Instruction.Ending.STOP);
        return new Rollout(
                new Advice(Situation.of(Task.of(task, "question"), 0), instruction).answered(Answer.of("answer")),
                Reward.of(reward));
    }

    @Test
    void rewards_are_compared_within_the_step_they_were_earned_in() {
        Batch batch = new Batch(
                        List.of(rollout("a", 1, -1), rollout("b", 0, -1)),
                        Sampling.defaults(),
                        new OptimizerStep(0.1, 0.9, 0.999, 1e-8, 0, 1),
                        new Seed(1))
                .withEarlier(List.of(List.of(rollout("a", 3, -2), rollout("a", 4, -2)), List.of(rollout("a", 5, -3))));
        assertThat(batch.own()).isEqualTo(2);
        List<Experience> experiences = batch.experiences(List.of(), List.of(), List.of());
        assertThat(experiences).extracting(Experience::group).containsExactly(0, 1, 2, 2, 3);
        assertThat(experiences).extracting(Experience::isEarlier).containsExactly(false, false, true, true, true);
        assertThat(experiences.get(4).drawn()).containsExactly(-3, -3);
    }

    @Test
    void the_weights_of_earlier_tokens_are_told_apart_from_the_drift_of_this_steps() {
        Batch batch = new Batch(
                        List.of(rollout("a", 1, -1)),
                        Sampling.defaults(),
                        new OptimizerStep(0.1, 0.9, 0.999, 1e-8, 0, 1),
                        new Seed(1))
                .withEarlier(List.of(List.of(rollout("a", 3, -2))));
        // One token is as likely as it was, the other e times: more than twice.
        Map<String, Double> drift = batch.samplingDrift(BOTH, List.of(scores(-1, -1.5), scores(-2, -1)));
        assertThat(drift)
                .containsEntry("sampling/sampling_logp_difference/mean", 0.25)
                .containsEntry("reuse/weight_mean", 1.5)
                .containsEntry("reuse/truncated", 0.5);
        assertThat(batch.samplingDrift(new int[] {1}, List.of(scores(-2, -1))))
                .containsOnlyKeys("reuse/weight_mean", "reuse/truncated");
    }
}
