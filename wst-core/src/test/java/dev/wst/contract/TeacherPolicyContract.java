package dev.wst.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
import dev.wst.UpdateStats;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every teacher must do. */
public abstract class TeacherPolicyContract {
    private static final Seed SEED = new Seed(11);

    @TempDir
    protected Path directory;

    /** A policy that was not trained yet; the same one each time. The test closes it. */
    protected abstract TeacherPolicy policy();

    /** At least two questions that the policy can write for. */
    protected abstract List<Task> tasks();

    /** How instructions are drawn; a positive temperature. */
    protected Sampling sampling() {
        return Sampling.defaults().withMaxTokens(4);
    }

    /** A rate at which one update can be seen. */
    protected double learningRate() {
        return 1e-2;
    }

    private OptimizerStep step() {
        return new OptimizerStep(learningRate(), 0.9, 0.999, 1e-8, 0, 1);
    }

    private List<Situation> situations() {
        return tasks().stream()
                .flatMap(task -> IntStream.range(0, 3).mapToObj(sample -> Situation.of(task, sample)))
                .toList();
    }

    private List<Advice> written(TeacherPolicy policy) {
        return policy.write(situations(), sampling(), SEED);
    }

    private double[] read(TeacherPolicy policy, List<Advice> batch) {
        return policy.read(batch, sampling().temperature()).stream()
                .flatMapToDouble(reading -> Arrays.stream(reading.scores().logProbabilities()))
                .toArray();
    }

    /** Makes every token of the first instruction likelier, and of the second less so. */
    private static final Objective FIRST_RATHER_THAN_SECOND = (index, scores) -> {
        double[] slopes = new double[scores.length()];
        Arrays.fill(slopes, index == 0 ? -1 : index == 1 ? 1 : 0);
        return new TokenSlopes(0, slopes, new double[0], new double[0]);
    };

    private UpdateStats update(TeacherPolicy policy, List<Advice> batch, Objective objective) {
        return policy.update(batch, objective, sampling().temperature(), step());
    }

    @Test
    void one_instruction_is_written_for_each_situation_in_order() {
        try (TeacherPolicy policy = policy()) {
            List<Advice> written = written(policy);
            assertThat(written).extracting(Advice::situation).isEqualTo(situations());
            assertThat(written).allSatisfy(advice -> {
                assertThat(advice.instruction().tokenCount()).isPositive();
                assertThat(advice.instruction().logProbabilities())
                        .hasSize(advice.instruction().tokenCount());
            });
        }
    }

    @Test
    void what_is_drawn_depends_on_seed_task_and_sample_only() {
        try (TeacherPolicy policy = policy()) {
            List<Advice> written = written(policy);
            assertThat(written(policy)).isEqualTo(written);
            List<Situation> backwards = IntStream.range(0, written.size())
                    .mapToObj(i -> situations().get(written.size() - 1 - i))
                    .toList();
            List<Advice> other = policy.write(backwards, sampling(), SEED);
            for (int i = 0; i < written.size(); i++) {
                assertThat(other.get(written.size() - 1 - i).instruction().text())
                        .isEqualTo(written.get(i).instruction().text());
            }
        }
    }

    @Test
    void a_reading_has_a_score_and_a_state_for_each_token_and_finds_what_was_drawn() {
        try (TeacherPolicy policy = policy()) {
            List<Advice> written = written(policy);
            List<Reading> readings = policy.read(written, sampling().temperature());
            List<TokenScores> reference =
                    policy.scoreReference(written, sampling().temperature());
            assertThat(readings).hasSameSizeAs(written);
            for (int i = 0; i < written.size(); i++) {
                int tokens = written.get(i).instruction().tokenCount();
                TokenScores scores = readings.get(i).scores();
                assertThat(scores.length()).isEqualTo(tokens);
                assertThat(scores.entropies()).hasSize(tokens);
                assertThat(readings.get(i).states()).hasNumberOfRows(tokens);
                assertThat(readings.get(i).states()[0]).hasSize(policy.width());
                assertThat(scores.logProbabilities())
                        .containsExactly(written.get(i).instruction().logProbabilities(), within(1e-3));
                assertThat(reference.get(i).logProbabilities())
                        .as("not trained yet")
                        .containsExactly(scores.logProbabilities(), within(1e-6));
            }
        }
    }

    /** Passed over where the policy does not read texts of others as its own. */
    @Test
    void a_text_of_somebody_else_gets_tokens_that_are_read_as_sampled_ones_are() {
        try (TeacherPolicy policy = policy()) {
            List<Advice> written = written(policy);
            List<Advice> texts = written.stream()
                    .map(advice -> new Advice(
                            advice.situation(),
                            Instruction.fixed(advice.instruction().text())))
                    .toList();
            List<Advice> own = List.of();
            try {
                own = policy.inOwnTokens(texts, sampling().withMaxTokens(1000));
            } catch (UnsupportedOperationException e) {
                Assumptions.abort(e.getMessage());
            }
            assertThat(own).extracting(Advice::situation).isEqualTo(situations());
            for (int i = 0; i < own.size(); i++) {
                Instruction instruction = own.get(i).instruction();
                assertThat(instruction.text())
                        .isEqualTo(written.get(i).instruction().text());
                assertThat(instruction.ending()).isEqualTo(Instruction.Ending.STOP);
            }
            double[] told = own.stream()
                    .flatMapToDouble(
                            advice -> Arrays.stream(advice.instruction().logProbabilities()))
                    .toArray();
            assertThat(read(policy, own)).containsExactly(told, within(1e-3));
        }
    }

    @Test
    void an_update_follows_the_slopes_and_leaves_the_reference() {
        try (TeacherPolicy policy = policy()) {
            List<Advice> written = written(policy);
            double[] first = policy.read(written, 1).get(0).scores().logProbabilities();
            double before = Arrays.stream(first).sum();
            List<TokenScores> reference = policy.scoreReference(written, 1);
            int made = policy.updates();
            UpdateStats stats = policy.update(written, FIRST_RATHER_THAN_SECOND, 1, step());
            assertThat(stats.scores()).hasSameSizeAs(written);
            assertThat(stats.scores().get(0).logProbabilities()).containsExactly(first, within(1e-6));
            assertThat(stats.gradientNorm()).isPositive();
            assertThat(policy.updates()).isEqualTo(made + 1);
            double after = Arrays.stream(policy.read(written, 1).get(0).scores().logProbabilities())
                    .sum();
            assertThat(after).isGreaterThan(before);
            assertThat(policy.scoreReference(written, 1).get(0).logProbabilities())
                    .containsExactly(reference.get(0).logProbabilities());
        }
    }

    @Test
    void a_loss_that_is_not_finite_changes_nothing() {
        try (TeacherPolicy policy = policy()) {
            List<Advice> written = written(policy);
            double[] before = read(policy, written);
            Objective broken = (index, scores) ->
                    new TokenSlopes(Double.NaN, new double[scores.length()], new double[0], new double[0]);
            assertThatThrownBy(() -> update(policy, written, broken)).isInstanceOf(TrainingDivergedException.class);
            assertThat(read(policy, written)).containsExactly(before);
        }
    }

    @Test
    void a_restored_state_makes_the_update_that_would_have_followed() {
        try (TeacherPolicy policy = policy()) {
            List<Advice> written = written(policy);
            update(policy, written, FIRST_RATHER_THAN_SECOND);
            Path state = directory.resolve("state");
            policy.saveState(state);
            update(policy, written, FIRST_RATHER_THAN_SECOND);
            double[] followed = read(policy, written);
            update(policy, written, FIRST_RATHER_THAN_SECOND);
            policy.restoreState(state);
            update(policy, written, FIRST_RATHER_THAN_SECOND);
            assertThat(read(policy, written)).containsExactly(followed);
        }
    }

    @Test
    void it_is_saved_to_a_new_directory_only() {
        try (TeacherPolicy policy = policy()) {
            Path saved = directory.resolve("saved");
            policy.save(saved);
            assertThat(saved).isDirectory();
            assertThatThrownBy(() -> policy.save(saved)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void it_may_be_closed_twice() {
        TeacherPolicy policy = policy();
        policy.close();
        policy.close();
    }
}
