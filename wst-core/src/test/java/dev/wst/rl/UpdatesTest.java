package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.InterruptedRunException;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StatelessCritic;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
import dev.wst.TrainingState;
import dev.wst.UpdateStats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All updates of one step, with a teacher and a critic that follow a script. */
class UpdatesTest {
    private static final Offset<Double> EXACT = within(1e-12);
    /** What every token was drawn with, what the teacher then reads, and what the reference says. */
    private static final double DRAWN = -1;

    private static final double READ = -1.125;
    private static final double REFERENCE = -1.625;
    /** How much likelier each update finds all tokens than the one before it. */
    private static final double EIGHTH = 0.125;

    private static final OptimizerStep STEP = new OptimizerStep(0.125, 0.9, 0.999, 1e-8, 0, 1);

    private final ScriptedTeacher teacher = new ScriptedTeacher();
    private final ScriptedCritic critic = new ScriptedCritic();

    /** Says what it was told to say: each update finds all log-probabilities an eighth higher than the one before. */
    private static final class ScriptedTeacher implements TeacherPolicy {
        private final List<String> calls = new ArrayList<>();
        private final List<List<Advice>> minibatches = new ArrayList<>();
        private final List<Double> losses = new ArrayList<>();
        private final List<OptimizerStep> steps = new ArrayList<>();
        private double read = READ;
        private double reference = REFERENCE;
        private boolean interrupting;

        private static TokenScores scores(Advice advice, double logProbability) {
            int tokens = advice.instruction().tokenCount();
            return TokenScores.of(
                    IntStream.range(0, tokens).mapToDouble(t -> logProbability).toArray(),
                    IntStream.range(0, tokens).mapToDouble(t -> 0.5).toArray());
        }

        @Override
        public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Reading> read(List<Advice> batch, double temperature) {
            calls.add("read at " + temperature);
            return batch.stream()
                    .map(advice -> new Reading(
                            scores(advice, read), new float[advice.instruction().tokenCount()][1]))
                    .toList();
        }

        @Override
        public List<TokenScores> scoreReference(List<Advice> batch, double temperature) {
            calls.add("reference at " + temperature);
            return batch.stream().map(advice -> scores(advice, reference)).toList();
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public UpdateStats update(List<Advice> batch, Objective objective, double temperature, OptimizerStep step) {
            calls.add("update at " + temperature);
            List<TokenScores> seen = batch.stream()
                    .map(advice -> scores(advice, READ + EIGHTH * minibatches.size()))
                    .toList();
            double loss = 0;
            for (int i = 0; i < batch.size(); i++) {
                loss += objective.at(i, seen.get(i)).loss();
            }
            minibatches.add(batch);
            losses.add(loss);
            steps.add(step);
            if (interrupting) {
                Thread.currentThread().interrupt();
            }
            return new UpdateStats(loss, minibatches.size(), seen);
        }

        @Override
        public int updates() {
            return minibatches.size();
        }

        @Override
        public void save(Path directory) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void saveState(Path directory) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void restoreState(Path directory) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /** Expects nothing, then values that are set. */
    private static final class ScriptedCritic extends StatelessCritic {
        private final List<Integer> sizes = new ArrayList<>();
        private double now;

        @Override
        public List<double[]> values(List<float[][]> states) {
            return states.stream().map(state -> new double[state.length]).toList();
        }

        @Override
        public double update(List<float[][]> states, Objective objective) {
            double loss = 0;
            for (int i = 0; i < states.size(); i++) {
                int tokens = states.get(i).length;
                double[] values =
                        IntStream.range(0, tokens).mapToDouble(t -> now).toArray();
                loss += objective
                        .at(
                                i,
                                TokenScores.of(new double[tokens], new double[tokens])
                                        .withValues(values))
                        .loss();
            }
            sizes.add(states.size());
            return loss;
        }
    }

    /** An instruction of two tokens for a task. */
    private static Rollout rollout(String task, int sample, double reward) {
        Instruction two =
                Instruction.sampled("any", new int[] {1, 2}, new double[] {DRAWN, DRAWN}, Instruction.Ending.STOP);
        return new Rollout(
                new Advice(Situation.of(Task.of(task, "q"), sample), two).answered(Answer.of("a")), Reward.of(reward));
    }

    /** Two tasks: rewards of 1 and 0, and of 3 twice. */
    private static Batch batch() {
        return new Batch(
                List.of(rollout("a", 0, 1), rollout("a", 1, 0), rollout("b", 0, 3), rollout("b", 1, 3)),
                Sampling.defaults().withTemperature(0.7).withMaxTokens(16),
                STEP,
                new Seed(3));
    }

    private Map<String, Double> grpo(Grpo grpo) {
        return grpo.update(teacher, Optional.empty(), batch(), grpo.start()).metrics();
    }

    private Map<String, Double> ppo(Ppo ppo) {
        return ppo.update(teacher, Optional.of(critic), batch(), TrainingState.start(0.1))
                .metrics();
    }

    @Test
    void a_whole_batch_under_grpo_is_read_by_its_own_update_alone() {
        Map<String, Double> metrics = grpo(Grpo.defaults());
        assertThat(teacher.calls).containsExactly("update at 0.7");
        assertThat(teacher.steps).containsExactly(STEP);
        assertThat(metrics)
                .containsEntry("updates", 1.0)
                .containsEntry("lr", 0.125)
                .containsEntry("grad_norm", 1.0)
                .containsEntry("entropy", 0.5)
                .doesNotContainKey("kl");
        assertThat(metrics.get("sampling/sampling_logp_difference/mean")).isCloseTo(EIGHTH, EXACT);
    }

    @Test
    void drift_of_sampling_under_grpo_is_that_of_the_first_update() {
        Map<String, Double> metrics = grpo(Grpo.defaults().withIterations(3));
        assertThat(teacher.calls).containsExactly("update at 0.7", "update at 0.7", "update at 0.7");
        assertThat(metrics.get("sampling/sampling_logp_difference/max")).isCloseTo(EIGHTH, EXACT);
        assertThat(metrics).containsEntry("updates", 3.0).containsEntry("grad_norm", 2.0);
    }

    @Test
    void parts_of_a_batch_under_grpo_are_read_before_any_update() {
        Map<String, Double> metrics = grpo(Grpo.defaults().withMinibatches(2).withIterations(2));
        assertThat(teacher.calls)
                .containsExactly("read at 0.7", "update at 0.7", "update at 0.7", "update at 0.7", "update at 0.7");
        assertThat(teacher.minibatches)
                .hasSize(4)
                .allSatisfy(part -> assertThat(part).hasSize(2));
        assertThat(metrics.get("sampling/sampling_logp_difference/max")).isCloseTo(EIGHTH, EXACT);
        assertThat(metrics.get("sampling/sampling_logp_difference/mean")).isCloseTo(EIGHTH, EXACT);
    }

    @Test
    void the_reference_is_read_under_grpo_where_it_counts() {
        Grpo held = Grpo.defaults().withKlCoefficient(0.5);
        Map<String, Double> metrics = grpo(held);
        assertThat(teacher.calls).containsExactly("reference at 0.7", "update at 0.7");
        double k3 = Math.exp(-0.5) + 0.5 - 1;
        assertThat(metrics.get("kl")).isCloseTo(k3, EXACT);
        // Advantages cancel each other, so that the term for the divergence is what is left of the loss.
        assertThat(metrics.get("loss")).isCloseTo(0.5 * k3, EXACT);
        assertThat(metrics.get("policy_loss")).isEqualTo(metrics.get("loss"));
        assertThat(held.usesReference()).isTrue();
        assertThat(Grpo.defaults().usesReference()).isFalse();
    }

    @Test
    void the_longest_instruction_that_sampling_allows_is_what_a_loss_without_a_reward_for_length_divides_by() {
        grpo(Grpo.defaults()
                .withLoss(Grpo.Loss.DR_GRPO)
                .withByDeviation(false)
                .withKlCoefficient(0.5)
                .withKlCorrected(false));
        // Four instructions of two tokens, each token a sixteenth of an instruction.
        assertThat(teacher.losses.get(0)).isCloseTo(0.5 * (Math.exp(-0.5) + 0.5 - 1) * 2 / 16, EXACT);
    }

    @Test
    void tasks_are_the_groups_of_grpo() {
        grpo(Grpo.defaults().withFilterGroups(true));
        assertThat(teacher.minibatches).hasSize(1);
        assertThat(teacher.minibatches.get(0))
                .extracting(advice -> advice.situation().name())
                .containsExactly("task a, sample 0", "task a, sample 1");
    }

    @Test
    void a_batch_without_any_signal_is_left_alone_where_asked() {
        Grpo filtering = Grpo.defaults().withFilterGroups(true);
        Batch alike =
                new Batch(List.of(rollout("b", 0, 3), rollout("b", 1, 3)), Sampling.defaults(), STEP, new Seed(3));
        Map<String, Double> metrics = filtering
                .update(teacher, Optional.empty(), alike, filtering.start())
                .metrics();
        assertThat(metrics).containsEntry("lr", 0.125).doesNotContainKey("loss");
    }

    @Test
    void grpo_leaves_the_state_of_a_run_as_it_is() {
        TrainingState state = new TrainingState(4, 0.3, 10, 20);
        assertThat(Grpo.defaults()
                        .update(teacher, Optional.empty(), batch(), state)
                        .state())
                .isEqualTo(state);
        assertThat(Grpo.defaults().withKlCoefficient(0.3).start()).isEqualTo(TrainingState.start(0.3));
    }

    private Map<String, Double> warm(WarmStart warm, Batch batch) {
        TrainingState before = TrainingState.start(0.1);
        Algorithm.Updates updates = warm.update(teacher, batch, before);
        assertThat(updates.state()).isEqualTo(before);
        return updates.metrics();
    }

    @Test
    void a_warm_start_imitates_the_best_of_each_task_whose_rewards_differ() {
        Map<String, Double> metrics = warm(WarmStart.of(1).withEpochs(2), batch());
        assertThat(teacher.calls).containsExactly("update at 0.7", "update at 0.7");
        assertThat(teacher.steps).containsExactly(STEP, STEP);
        assertThat(teacher.minibatches)
                .allSatisfy(minibatch -> assertThat(minibatch)
                        .extracting(one -> one.situation().name())
                        .containsExactly("task a, sample 0"));
        assertThat(teacher.losses).containsExactly(-READ, -READ - EIGHTH);
        assertThat(metrics)
                .containsEntry("warm_start/imitated", 0.25)
                .containsEntry("loss/warm_start", -READ - EIGHTH / 2)
                .containsEntry("entropy", 0.5)
                .containsEntry("sampling/sampling_logp_difference/mean", EIGHTH)
                .containsEntry("updates", 2.0)
                .containsEntry("lr", 0.125);
    }

    @Test
    void equally_good_ones_are_imitated_alike_and_each_token_counts_once() {
        Batch batch = new Batch(
                List.of(
                        rollout("a", 0, 1),
                        rollout("a", 1, 1),
                        rollout("a", 2, 0.5),
                        rollout("b", 0, -1),
                        rollout("b", 1, -2)),
                Sampling.defaults(),
                STEP,
                new Seed(3));
        assertThat(warm(WarmStart.of(1).withEpochs(1), batch)).containsEntry("warm_start/imitated", 0.6);
        assertThat(teacher.minibatches.get(0))
                .extracting(one -> one.situation().name())
                .containsExactly("task a, sample 0", "task a, sample 1", "task b, sample 0");
        assertThat(teacher.losses).containsExactly(-READ);
    }

    @Test
    void a_warm_start_updates_nothing_where_all_rewards_are_equal() {
        Batch equal =
                new Batch(List.of(rollout("b", 0, 3), rollout("b", 1, 3)), Sampling.defaults(), STEP, new Seed(3));
        assertThat(warm(WarmStart.of(1), equal))
                .containsEntry("warm_start/imitated", 0.0)
                .containsEntry("updates", 0.0)
                .doesNotContainKeys("loss/warm_start", "entropy");
        assertThat(teacher.calls).isEmpty();
    }

    @Test
    void instructions_are_compared_within_their_task_and_round() {
        Rollout draft = rollout("a", 0, 1);
        Instruction two =
                Instruction.sampled("any", new int[] {1, 2}, new double[] {DRAWN, DRAWN}, Instruction.Ending.STOP);
        Rollout revised = new Rollout(
                new Advice(Situation.of(Task.of("a", "q"), 0).after(draft.attempt()), two).answered(Answer.of("a")),
                Reward.of(0));
        Batch batch = new Batch(List.of(draft, revised, rollout("a", 1, 0)), Sampling.defaults(), STEP, new Seed(3));
        assertThat(batch.experiences(List.of(), List.of(), List.of()))
                .extracting(Experience::group)
                .containsExactly(0, 1, 0);
        assertThat(batch.best()).containsExactly(0);
    }

    @Test
    void a_warm_start_covers_the_first_steps() {
        assertThat(List.of(1, 2, 3)).filteredOn(WarmStart.of(2)::covers).containsExactly(1, 2);
        assertThat(WarmStart.none().covers(1)).isFalse();
        assertThat(WarmStart.of(2).epochs()).isEqualTo(4);
        assertThatThrownBy(() -> WarmStart.of(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the steps of a warm start must be at least 0, got -1");
        assertThatThrownBy(() -> WarmStart.of(1).withEpochs(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epochs");
    }

    @Test
    void given_instructions_are_told_apart_and_not_blank() {
        WarmStart given = WarmStart.of(2).withInstructions(List.of(" one", "two ", "three"));
        assertThat(given.instructions()).containsExactly("one", "two", "three");
        assertThat(given.withEpochs(1).instructions()).hasSize(3);
        assertThat(given).hasToString("WarmStart[steps=2, epochs=4, instructions=[one, two, three]]");
        assertThat(WarmStart.of(2)).hasToString("WarmStart[steps=2, epochs=4]");
        assertThatThrownBy(() -> given.withInstructions(List.of("one", "one ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a warm start has the instruction \"one\" twice");
        assertThatThrownBy(() -> given.withInstructions(List.of("one", " ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an instruction of a warm start must not be blank");
    }

    @Test
    void the_slopes_of_a_warm_start_are_those_of_its_loss() {
        double[] at = {-0.5, -2, -1.25};
        TokenSlopes slopes = WarmStart.likelihood(5).at(0, TokenScores.of(at, new double[3]));
        double step = 1e-6;
        for (int t = 0; t < at.length; t++) {
            double[] up = at.clone();
            up[t] += step;
            double[] down = at.clone();
            down[t] -= step;
            double difference = (WarmStart.likelihood(5)
                                    .at(0, TokenScores.of(up, new double[3]))
                                    .loss()
                            - WarmStart.likelihood(5)
                                    .at(0, TokenScores.of(down, new double[3]))
                                    .loss())
                    / (2 * step);
            assertThat(slopes.logProbability()[t]).isCloseTo(difference, within(1e-9));
        }
    }

    @Test
    void an_interruption_is_heeded_between_two_updates() {
        teacher.interrupting = true;
        assertThatThrownBy(() -> grpo(Grpo.defaults().withIterations(2)))
                .isInstanceOf(InterruptedRunException.class)
                .hasMessageContaining("between two updates");
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> ppo(Ppo.defaults()))
                .isInstanceOf(InterruptedRunException.class)
                .hasMessageContaining("between two updates");
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> warm(WarmStart.of(1), batch()))
                .isInstanceOf(InterruptedRunException.class)
                .hasMessageContaining("between two updates");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(teacher.minibatches).hasSize(3);
    }

    @Test
    void ppo_reads_policy_and_reference_once_and_updates_the_critic_with_the_teacher() {
        Map<String, Double> metrics = ppo(Ppo.defaults().withEpochs(2).withMinibatches(2));
        assertThat(teacher.calls)
                .containsExactly(
                        "read at 0.7",
                        "reference at 0.7",
                        "update at 0.7",
                        "update at 0.7",
                        "update at 0.7",
                        "update at 0.7");
        assertThat(critic.sizes).containsExactly(2, 2, 2, 2);
        assertThat(teacher.steps).hasSize(4).containsOnly(STEP);
        assertThat(metrics)
                .containsEntry("updates", 4.0)
                .containsEntry("lr", 0.125)
                .containsEntry("grad_norm", 2.5)
                .containsEntry("policy/entropy_avg", 0.5)
                .containsEntry("objective/kl_coef", 0.1)
                .doesNotContainKey("updates/kl_stopped");
        assertThat(metrics.get("objective/kl"))
                .as("half a nat for each of two tokens")
                .isCloseTo(1, EXACT);
        assertThat(metrics.get("sampling/sampling_logp_difference/mean")).isCloseTo(EIGHTH, EXACT);
        // Log-ratios of 0, 1, 2 and 3 eighths as the updates found them.
        assertThat(metrics.get("policy/approxkl_avg")).isCloseTo((1 + 4 + 9) * EIGHTH * EIGHTH / 2 / 4, EXACT);
        double mean = (1 + Math.exp(EIGHTH) + Math.exp(2 * EIGHTH) + Math.exp(3 * EIGHTH)) / 4;
        assertThat(metrics.get("val/ratio")).isCloseTo(mean, EXACT);
        double squares = Math.pow(1 - mean, 2)
                + Math.pow(Math.exp(EIGHTH) - mean, 2)
                + Math.pow(Math.exp(2 * EIGHTH) - mean, 2)
                + Math.pow(Math.exp(3 * EIGHTH) - mean, 2);
        assertThat(metrics.get("val/ratio_var")).isCloseTo(squares / 3, EXACT);
    }

    @Test
    void the_losses_of_teacher_and_critic_are_told_as_means_over_updates() {
        Map<String, Double> metrics = ppo(Ppo.defaults().withEpochs(3));
        assertThat(metrics.get("loss/policy_avg"))
                .isCloseTo(
                        teacher.losses.stream()
                                .mapToDouble(loss -> loss)
                                .average()
                                .orElseThrow(),
                        EXACT);
        assertThat(metrics.get("loss/value_avg")).isPositive();
        assertThat(metrics).containsEntry("val/clipfrac_avg", 0.0);
    }

    @Test
    void the_share_of_values_that_their_range_holds_back_is_told() {
        critic.now = 1;
        // Returns are below 1 for the two instructions of the first task and near 3 for the others.
        Map<String, Double> metrics = ppo(Ppo.defaults().withEpochs(1));
        assertThat(metrics.get("val/clipfrac_avg")).isBetween(0.25, 0.75);
    }

    /** Approximate divergences are 0, 1/128, 4/128 and 9/128 as the updates find them. */
    @ParameterizedTest
    @CsvSource({"0.01, 3, 1", "0.03125, 4, 1", "0.0625, 4, 1", "0.0703125, 4, 0", "1, 4, 0"})
    void updates_end_with_the_first_that_finds_the_policy_too_far(double stop, double updates, double stopped) {
        assertThat(ppo(Ppo.defaults().withKlStop(stop)))
                .containsEntry("updates", updates)
                .containsEntry("updates/kl_stopped", stopped);
        assertThat(critic.sizes).hasSize((int) updates);
    }

    private static Ppo adaptive(double target, double horizon) {
        return Ppo.defaults().withKlCoefficient(0.1).withAdaptiveKl(target, horizon);
    }

    private TrainingState after(Ppo ppo) {
        return ppo.update(teacher, Optional.of(critic), batch(), new TrainingState(4, 0.5, 10, 20))
                .state();
    }

    /** The divergence is 1 nat for each of four instructions. */
    @Test
    void a_step_under_ppo_leads_to_the_weight_that_its_divergence_asks_for() {
        assertThat(after(Ppo.defaults())).as("fixed").isEqualTo(new TrainingState(4, 0.5, 10, 20));
        assertThat(after(adaptive(0.9, 8)).klCoefficient())
                .as("a ninth too far, for half a horizon")
                .isCloseTo(0.5 * (1 + 1 / 18.0), EXACT);
        assertThat(after(adaptive(5, 8)).klCoefficient())
                .as("too near by more than a fifth")
                .isCloseTo(0.5 * 0.9, EXACT);
        assertThat(after(adaptive(0.1, 8)))
                .as("too far by more than a fifth, and nothing else changes")
                .isEqualTo(new TrainingState(4, 0.5 * 1.1, 10, 20));
    }

    @Test
    void an_adaptive_weight_needs_a_target_and_a_horizon_above_0() {
        assertThatThrownBy(() -> adaptive(0, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> adaptive(5, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ppo_without_a_critic_is_refused() {
        assertThatThrownBy(() -> Ppo.defaults().update(teacher, Optional.empty(), batch(), TrainingState.start(0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("PPO needs a critic");
    }

    @Test
    void a_log_probability_that_is_not_finite_ends_the_step_before_any_update() {
        teacher.reference = Double.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> ppo(Ppo.defaults()))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessage("the log-probability of token 0 of the instruction for task a, sample 0 is -Infinity under"
                        + " the reference policy; no weight was changed in this step");
        teacher.read = Double.NaN;
        assertThatThrownBy(() -> grpo(Grpo.defaults().withMinibatches(2)))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("is NaN under the present weights");
        assertThat(teacher.minibatches).isEmpty();
    }

    @Test
    void what_the_two_algorithms_say_of_themselves() {
        assertThat(Ppo.defaults().name()).isEqualTo("ppo");
        assertThat(Ppo.defaults().defaultSamples()).isEqualTo(4);
        assertThat(Ppo.defaults().usesCritic()).isTrue();
        assertThat(Ppo.defaults().start()).isEqualTo(TrainingState.start(0.05));
        assertThat(Grpo.defaults().name()).isEqualTo("grpo");
        assertThat(Grpo.defaults().defaultSamples()).isEqualTo(8);
        assertThat(Grpo.defaults().usesCritic()).isFalse();
        assertThat(Grpo.defaults().start()).isEqualTo(TrainingState.start(0));
    }

    @Test
    void each_option_of_grpo_is_set_alone() {
        Grpo changed = Grpo.defaults()
                .withLoss(Grpo.Loss.GSPO)
                .withClip(0.3, 0.4)
                .withKlCoefficient(0.5)
                .withKlCorrected(false)
                .withByDeviation(false)
                .withIterations(2)
                .withMinibatches(3)
                .withFilterGroups(true)
                .withLearningRate(0.6);
        assertThat(changed.loss()).isEqualTo(Grpo.Loss.GSPO);
        assertThat(changed.clipLow()).isEqualTo(0.3);
        assertThat(changed.clipHigh()).isEqualTo(0.4);
        assertThat(changed.klCoefficient()).isEqualTo(0.5);
        assertThat(changed.klCorrected()).isFalse();
        assertThat(changed.byDeviation()).isFalse();
        assertThat(changed.iterations()).isEqualTo(2);
        assertThat(changed.minibatches()).isEqualTo(3);
        assertThat(changed.filterGroups()).isTrue();
        assertThat(changed.optimization()).isEqualTo(Optimization.defaults().withLearningRate(0.6));
    }

    @Test
    void values_that_are_known_reach_the_losses_and_those_that_are_not_stay_empty() {
        List<TokenScores> before = IntStream.range(0, 4)
                .mapToObj(i -> TokenScores.of(new double[] {-i, -i}, new double[2]))
                .toList();
        List<TokenScores> reference = IntStream.range(0, 4)
                .mapToObj(i -> TokenScores.of(new double[] {-10 - i, 0}, new double[2]))
                .toList();
        List<double[]> values =
                IntStream.range(0, 4).mapToObj(i -> new double[] {20 + i, 0}).toList();
        List<Experience> known = batch().experiences(before, reference, values);
        assertThat(known).extracting(Experience::group).containsExactly(0, 0, 1, 1);
        assertThat(known).extracting(Experience::reward).containsExactly(1.0, 0.0, 3.0, 3.0);
        assertThat(known).extracting(Experience::length).containsOnly(2);
        assertThat(known.get(3).logProbabilities()).containsExactly(-3, -3);
        assertThat(known.get(3).reference()).containsExactly(-13, 0);
        assertThat(known.get(3).values()).containsExactly(23, 0);
        assertThat(known.get(3).isRead()).isTrue();
        Experience unknown =
                batch().experiences(List.of(), List.of(), List.of()).get(3);
        assertThat(unknown.logProbabilities()).isEmpty();
        assertThat(unknown.reference()).isEmpty();
        assertThat(unknown.values()).isEmpty();
        assertThat(unknown.isRead()).isFalse();
    }

    @Test
    void more_parts_than_instructions_leave_one_in_each() {
        List<int[]> parts = batch().minibatches(new int[] {3, 1, 2}, 1, 9);
        assertThat(parts).hasSize(3).allSatisfy(part -> assertThat(part).hasSize(1));
        assertThat(parts.stream().mapToInt(part -> part[0])).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(batch().minibatches(new int[] {3, 1, 2, 0}, 1, 3))
                .extracting(part -> part.length)
                .containsExactly(1, 1, 2);
    }
}
