package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.StatelessCritic;
import dev.wst.StepMetrics;
import dev.wst.TeacherPolicy;
import dev.wst.TokenScores;
import dev.wst.TrainingDivergedException;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.UpdateStats;
import dev.wst.ValueFunction;
import dev.wst.WstException;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run that did not come to its end. */
class EndOfRunTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    private final Fixtures.TableTeacher teacher = new Fixtures.TableTeacher();

    private Path run() {
        return directory.resolve("run");
    }

    private WstTrainerBuilder trainer() {
        return Fixtures.trainer(teacher, run())
                .student(advice -> Answer.of(advice.instruction().text()))
                .reward(attempt -> Reward.of(attempt.answer().text().length()))
                .steps(3);
    }

    /** Judges well for some attempts, then throws. */
    private static RewardFunction failingAfter(int verdicts) {
        AtomicInteger count = new AtomicInteger();
        return attempt -> {
            if (count.incrementAndGet() > verdicts) {
                throw new IllegalArgumentException("no such column");
            }
            return Reward.of(attempt.answer().text().equals("word1") ? 1 : 0);
        };
    }

    private static void assertFails(Class<? extends Throwable> type, WstTrainerBuilder trainer) {
        assertThatThrownBy(() -> trainer.build().fit()).isInstanceOf(type);
    }

    private List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run().resolve(name))) {
            lines.add(MAPPER.readTree(line));
        }
        return lines;
    }

    private JsonNode report() throws IOException {
        return MAPPER.readTree(run().resolve("report.json").toFile());
    }

    @Test
    void a_reward_that_fails_late_leaves_adapter_report_and_the_answers_it_did_not_judge() throws IOException {
        RewardException failure = catchThrowableOfType(
                RewardException.class,
                () -> trainer().reward(failingAfter(35)).build().fit());
        assertThat(failure).hasMessageContaining("no such column").hasNoSuppressedExceptions();
        assertThat(run().resolve("adapter/table.txt"))
                .hasContent(Arrays.deepToString(teacher.logits))
                .content()
                .isNotEqualTo(Arrays.deepToString(new double[2][4]));
        assertThat(lines("metrics.jsonl")).hasSize(2);
        assertThat(lines("rollouts.jsonl")).hasSize(3 * 16);
        JsonNode last = lines("rollouts.jsonl").get(47);
        assertThat(last.path("step").asInt()).isEqualTo(3);
        assertThat(last.at("/turns/0/answer").asText()).startsWith("word");
        assertThat(last.path("unscored").asText()).startsWith("not judged: ").contains("no such column");
        assertThat(report().path("steps").asInt()).isEqualTo(2);
        assertThat(report().path("ending").asText()).isEqualTo("failed");
        assertThat(report().at("/error/type").asText()).isEqualTo(RewardException.class.getName());
        assertThat(report().at("/error/message").asText()).contains("no such column");
        assertThat(report().at("/error/during").asText()).isEqualTo("step 3");
    }

    @Test
    void a_first_step_without_any_answer_leaves_the_reasons_and_no_adapter() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        assertFails(
                WstException.class,
                trainer()
                        .student(advice -> asked.getAndIncrement() == 0
                                ? Answer.of("first")
                                : Answer.failed(Answer.FailureKind.INVALID_REQUEST, "too long")));
        assertThat(lines("rollouts.jsonl")).hasSize(16);
        assertThat(lines("rollouts.jsonl").get(0).at("/turns/0/failure").asText())
                .isEqualTo("INVALID_REQUEST: too long");
        assertThat(lines("metrics.jsonl")).isEmpty();
        assertThat(report().at("/error/message").asText()).contains("none of the 16 rollouts of step 1");
        assertThat(run().resolve("adapter")).doesNotExist();
    }

    @Test
    void a_loss_that_diverges_leaves_the_rewards_it_came_from() throws IOException {
        TrainingListener poison = new TrainingListener() {
            @Override
            public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
                if (metrics.step() == 2) {
                    teacher.logits[0][0] = Double.NaN;
                    teacher.logits[1][0] = Double.NaN;
                }
            }
        };
        assertFails(TrainingDivergedException.class, trainer().listener(poison));
        assertThat(lines("metrics.jsonl")).hasSize(2);
        assertThat(lines("rollouts.jsonl")).hasSize(3 * 16);
        assertThat(lines("rollouts.jsonl").get(47).path("reward").isNumber()).isTrue();
        assertThat(report().at("/error/message").asText()).startsWith("step 3: ");
        assertThat(run().resolve("adapter")).exists();
    }

    @Test
    void what_fails_while_a_failed_run_is_put_away_goes_along_with_the_first_failure() throws IOException {
        TrainingListener occupy = new TrainingListener() {
            @Override
            public void onStart(int steps) {
                try {
                    Files.createDirectory(run().resolve("adapter"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        RewardException failure = catchThrowableOfType(
                RewardException.class,
                () -> trainer()
                        .reward(failingAfter(16))
                        .listener(occupy)
                        .build()
                        .fit());
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOf(WstException.class)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("the adapter could not be saved in " + run().resolve("adapter"))
                .hasCauseInstanceOf(UncheckedIOException.class);
        assertThat(report().at("/error/type").asText()).isEqualTo(RewardException.class.getName());
    }

    @Test
    void an_adapter_that_cannot_be_saved_costs_neither_report_nor_rollouts() throws IOException {
        TrainingListener occupy = new TrainingListener() {
            @Override
            public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
                if (metrics.step() == 3) {
                    try {
                        Files.createDirectory(run().resolve("adapter"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        };
        assertFails(WstException.class, trainer().listener(occupy));
        assertThat(lines("metrics.jsonl")).hasSize(3);
        assertThat(report().path("steps").asInt()).isEqualTo(3);
        assertThat(report().at("/error/message").asText()).contains("adapter");
    }

    @Test
    void a_critic_that_diverges_is_told_with_its_task_before_any_weight_moves() {
        ValueFunction broken = new StatelessCritic() {
            @Override
            public List<double[]> values(List<float[][]> states) {
                return states.stream().map(s -> new double[s.length]).toList();
            }

            @Override
            public double update(List<float[][]> states, Objective objective) {
                double sum = 0;
                for (int i = 0; i < states.size(); i++) {
                    double[] none = new double[states.get(i).length];
                    double[] values = none.clone();
                    values[0] = i == 5 ? Double.NaN : 0;
                    sum += objective
                            .at(i, TokenScores.of(none, none).withValues(values))
                            .loss();
                }
                return sum;
            }
        };
        WstTrainerBuilder trainer = trainer().algorithm(Ppo.defaults()).critic(broken);
        assertThatThrownBy(() -> trainer.build().fit())
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageMatching("step 1: the critic's loss for task t\\d, sample 1 is NaN; no weight was changed");
        assertThat(teacher.logits).isDeepEqualTo(new double[2][4]);
    }

    @Test
    void a_log_probability_that_is_not_a_number_is_told_with_its_token_and_task() {
        teacher.logits[0][0] = Double.NaN;
        WstTrainerBuilder trainer = trainer().algorithm(Ppo.defaults());
        assertThatThrownBy(() -> trainer.build().fit())
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageMatching(
                        "step 1: the log-probability of token 0 of the instruction for task t[02468], sample"
                                + " \\d is NaN under the present weights; no weight was changed in this step");
    }

    @Test
    void an_error_of_the_machine_is_a_failure_like_any_other() throws IOException {
        RewardFunction outOfMemory = attempt -> {
            throw new OutOfMemoryError("heap");
        };
        assertFails(Throwable.class, trainer().reward(outOfMemory));
        assertThat(report().at("/error/message").asText()).contains("heap");
    }

    @Test
    void a_step_that_is_interrupted_stops_between_two_updates_and_leaves_its_rollouts() throws IOException {
        AtomicInteger updates = new AtomicInteger();
        TeacherPolicy interrupting = new Fixtures.Forwarding(teacher) {
            @Override
            public UpdateStats update(List<Advice> batch, Objective objective, double temperature, OptimizerStep step) {
                if (updates.incrementAndGet() == 6) {
                    Thread.currentThread().interrupt();
                }
                return super.update(batch, objective, temperature, step);
            }
        };
        TrainingReport report = trainer()
                .teacher(interrupting)
                .algorithm(Grpo.defaults().withLearningRate(2).withIterations(4))
                .build()
                .fit();
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(updates).hasValue(6);
        assertThat(report.interrupted()).isTrue();
        assertThat(report.steps()).hasSize(1);
        assertThat(lines("rollouts.jsonl")).hasSize(2 * 16);
        assertThat(run().resolve("adapter/table.txt")).hasContent(Arrays.deepToString(teacher.logits));
        assertThat(report().path("ending").asText()).isEqualTo("interrupted");
        assertThat(report().has("error")).isFalse();
    }

    @Test
    void an_interruption_during_the_last_update_of_a_step_does_not_cost_the_step() throws IOException {
        TeacherPolicy interrupting = new Fixtures.Forwarding(teacher) {
            @Override
            public UpdateStats update(List<Advice> batch, Objective objective, double temperature, OptimizerStep step) {
                Thread.currentThread().interrupt();
                return super.update(batch, objective, temperature, step);
            }
        };
        TrainingReport report = trainer().teacher(interrupting).build().fit();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.steps()).hasSize(1);
        assertThat(lines("metrics.jsonl")).hasSize(1);
        assertThat(lines("rollouts.jsonl")).hasSize(16);
    }

    @Test
    void an_attempt_without_an_answer_keeps_its_own_reason_when_the_others_are_not_judged() throws IOException {
        assertFails(
                RewardException.class,
                trainer()
                        .student(advice -> advice.task().id().equals("t0")
                                ? Answer.failed(Answer.FailureKind.TIMEOUT, "late")
                                : Answer.of("word1"))
                        .batch(10)
                        .reward(failingAfter(0)));
        assertThat(lines("rollouts.jsonl"))
                .filteredOn(line -> line.path("task").asText().equals("t0"))
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line.at("/turns/0/failure").asText()).isEqualTo("TIMEOUT: late"));
    }
}
