package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StepMetrics;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.TrainingDivergedException;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.WstException;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.CallLimits;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Grpo;
import dev.wst.rl.Optimization;
import dev.wst.rl.Ppo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WstTrainerTest {
    @TempDir
    Path directory;

    private final Fixtures.TableTeacher teacher = new Fixtures.TableTeacher();

    /** Right for even questions with word2 and for odd ones with word1. */
    private final StudentClient student = advice -> Answer.of(
            advice.instruction().text().equals(advice.task().prompt().contains("even") ? "word2" : "word1")
                    ? "right"
                    : "wrong");

    private final RewardFunction reward =
            attempt -> Reward.of(attempt.answer().text().equals("right") ? 1 : 0);

    private WstTrainerBuilder trainer() {
        return WstTrainer.builder()
                .teacher(teacher)
                .student(student)
                .reward(reward)
                .tasks(Fixtures.tasks(10))
                .batch(4)
                .samples(4)
                .steps(3)
                .seed(5);
    }

    private static Algorithm algorithm(String name) {
        return name.equals("ppo")
                ? Ppo.defaults().withLearningRate(2).withEpochs(2).withMinibatches(2)
                : Grpo.defaults().withLearningRate(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppo", "grpo"})
    void a_policy_learns_which_instruction_makes_the_student_right(String name) {
        List<dev.wst.Task> heldOut = Fixtures.tasks(16).subList(10, 16);
        TrainingReport report = trainer()
                .algorithm(algorithm(name))
                .steps(60)
                .validation(heldOut)
                .build()
                .fit();
        assertThat(report.validations()).hasSize(2);
        assertThat(report.validations().get(0).meanReward().orElseThrow()).isLessThan(0.6);
        assertThat(report.validations().get(1).meanReward().orElseThrow()).isEqualTo(1);
        assertThat(report.steps()).hasSize(60);
        assertThat(report.interrupted()).isFalse();
        assertThat(report.teacher()).isSameAs(teacher);
        assertThat(teacher.closed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppo", "grpo"})
    void the_same_seed_writes_the_same_bytes_whatever_the_number_of_threads(String name) throws IOException {
        List<String> traces = new ArrayList<>();
        for (int threads : new int[] {1, 7}) {
            Fixtures.TableTeacher fresh = new Fixtures.TableTeacher();
            Path run = directory.resolve("run" + threads);
            trainer()
                    .teacher(fresh)
                    .algorithm(algorithm(name))
                    .studentCalls(new CallLimits(threads, Duration.ofSeconds(5), 0))
                    .runDirectory(run)
                    .build()
                    .fit();
            traces.add(Files.readString(run.resolve("metrics.jsonl")).replaceAll(",\"step_time\":[^}]*", "")
                    + Files.readString(run.resolve("rollouts.jsonl"))
                    + Files.readString(run.resolve("adapter/table.txt")));
        }
        assertThat(traces.get(0)).isEqualTo(traces.get(1)).contains("\"reward\"");
    }

    @Test
    void another_seed_is_another_run() {
        Fixtures.TableTeacher other = new Fixtures.TableTeacher();
        trainer().build().fit();
        trainer().teacher(other).seed(6).build().fit();
        assertThat(other.logits).isNotEqualTo(teacher.logits);
    }

    @Test
    void the_run_directory_holds_every_instruction_answer_and_reward_part() throws IOException {
        Path run = directory.resolve("run");
        trainer()
                .reward(a -> Reward.of(1, Map.of("match", 0.5, "length", 0.25)))
                .validation(Fixtures.tasks(12).subList(10, 12))
                .runDirectory(run)
                .build()
                .fit();
        ObjectMapper mapper = new ObjectMapper();
        List<String> metrics = Files.readAllLines(run.resolve("metrics.jsonl"));
        assertThat(metrics).hasSize(3 + 2);
        JsonNode first = mapper.readTree(metrics.get(1));
        for (String name : List.of(
                "reward",
                "reward_std",
                "frac_reward_zero_std",
                "rewards/match/mean",
                "objective/kl",
                "objective/entropy",
                "objective/non_score_reward",
                "objective/rlhf_reward",
                "objective/scores",
                "policy/approxkl_avg",
                "policy/clipfrac_avg",
                "policy/entropy_avg",
                "loss/policy_avg",
                "loss/value_avg",
                "val/clipfrac_avg",
                "val/ratio",
                "val/ratio_var",
                "val/num_eos_tokens",
                "completions/mean_length",
                "completions/clipped_ratio",
                "sampling/sampling_logp_difference/max",
                "grad_norm",
                "num_tokens",
                "lr",
                "episode",
                "step_time")) {
            assertThat(first.has(name)).as(name).isTrue();
        }
        List<String> rollouts = Files.readAllLines(run.resolve("rollouts.jsonl"));
        assertThat(rollouts).hasSize(3 * 16 + 2 * 2);
        JsonNode rollout = mapper.readTree(rollouts.get(2));
        assertThat(rollout.at("/turns/0/instruction").asText()).startsWith("word");
        assertThat(rollout.at("/parts/length").asDouble()).isEqualTo(0.25);
        JsonNode report = mapper.readTree(run.resolve("report.json").toFile());
        assertThat(report.at("/configuration/seed").asLong()).isEqualTo(5);
        assertThat(report.path("configuration").path("teacher.class").asText()).endsWith("TableTeacher");
        assertThat(report.at("/configuration/student").asText())
                .contains("WstTrainerTest")
                .doesNotContain("@");
        assertThat(report.at("/configuration/reward").asText())
                .contains("WstTrainerTest")
                .doesNotContain("@");
        assertThat(report.at("/configuration/critic").asText()).startsWith("DeepCritic");
        for (String library : List.of("java", "nd4j", "deeplearning4j", "onednn", "djl-tokenizers", "langchain4j")) {
            assertThat(report.at("/versions/" + library).asText()).as(library).matches("\\d.*");
        }
    }

    @Test
    void the_numbers_mean_what_they_mean_in_trl() {
        TeacherPolicy reading = new Fixtures.Forwarding(teacher) {
            @Override
            public int promptTokens(Situation situation) {
                return 10;
            }
        };
        AtomicInteger seconds = new AtomicInteger();
        TrainingReport report = trainer()
                .teacher(reading)
                .algorithm(Grpo.defaults().withLearningRate(2).withIterations(2))
                .clock(() -> Instant.ofEpochSecond(seconds.addAndGet(2)))
                .ledger(Ledger.of(Budget.unlimited(), Journal.none()))
                .listener(new TrainingListener() {})
                .build()
                .fit();
        StepMetrics step = report.steps().get(1);
        assertThat(step.value("num_tokens")).isEqualTo(2 * 16 * 11);
        assertThat(step.value("eps")).isEqualTo(32 / 8.0);
        assertThat(step.value("step_time")).isEqualTo(2);
        assertThat(step.value("policy_loss")).isEqualTo(step.value("loss"));
        assertThat(step.value("rewards/reward/mean")).isEqualTo(step.value("reward"));
        assertThat(step.value("rewards/reward/std")).isEqualTo(step.value("reward_std"));
        double mean = step.value("reward");
        assertThat(step.value("reward_std")).isCloseTo(Math.sqrt(mean * (1 - mean) * 16 / 15), within(1e-12));
        assertThat(step.value("completions/min_terminated_length")).isEqualTo(1);
        assertThat(step.value("completions/max_terminated_length")).isEqualTo(1);
    }

    @Test
    void the_variance_of_the_ratio_is_that_between_updates() {
        assertThat(trainer()
                        .algorithm(Ppo.defaults().withLearningRate(2).withEpochs(1))
                        .build()
                        .fit()
                        .steps())
                .hasSize(3)
                .allSatisfy(step -> assertThat(step.values()).doesNotContainKey("val/ratio_var"));
        StepMetrics three = trainer()
                .algorithm(Ppo.defaults().withLearningRate(2).withEpochs(3))
                .build()
                .fit()
                .steps()
                .get(0);
        assertThat(three.value("val/ratio_var")).isPositive();
    }

    @Test
    void an_adaptive_coefficient_is_the_one_that_the_step_before_led_to() {
        List<StepMetrics> steps = trainer()
                .algorithm(Ppo.defaults()
                        .withLearningRate(2)
                        .withKlCoefficient(0.2)
                        .withAdaptiveKl(0.01, 100))
                .steps(3)
                .build()
                .fit()
                .steps();
        assertThat(steps.get(0).value("objective/kl_coef")).isEqualTo(0.2);
        for (int i = 1; i < 3; i++) {
            StepMetrics before = steps.get(i - 1);
            double rollouts =
                    before.value("episode") - (i == 1 ? 0 : steps.get(i - 2).value("episode"));
            double error = Math.max(-0.2, Math.min(0.2, before.value("objective/kl") / 0.01 - 1));
            assertThat(steps.get(i).value("objective/kl_coef"))
                    .isCloseTo(before.value("objective/kl_coef") * (1 + error * rollouts / 100), within(1e-12));
        }
        assertThat(steps.get(2).value("objective/kl_coef")).isNotEqualTo(0.2);
    }

    @Test
    void the_learning_rate_that_is_told_is_that_of_the_step() {
        Grpo falling = Grpo.defaults()
                .withOptimization(
                        Optimization.defaults().withLearningRate(2).withSchedule(Optimization.Schedule.LINEAR, 1));
        double[] rates = trainer().algorithm(falling).steps(4).build().fit().steps().stream()
                .mapToDouble(step -> step.value("lr"))
                .toArray();
        assertThat(rates).containsExactly(new double[] {1, 2, 4 / 3.0, 2 / 3.0}, within(1e-12));
    }

    @Test
    void every_validation_draws_with_the_same_seed() {
        List<Seed> seeds = new ArrayList<>();
        TeacherPolicy noting = new Fixtures.Forwarding(teacher) {
            @Override
            public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
                if (sampling.isGreedy()) {
                    seeds.add(seed);
                }
                return super.write(situations, sampling, seed);
            }
        };
        trainer()
                .teacher(noting)
                .validation(List.of(Task.of("v", "another question", "1")))
                .validateEvery(1)
                .steps(2)
                .seed(7)
                .build()
                .fit();
        assertThat(seeds).hasSize(3).containsOnly(new Seed(7).derive("validation"));
    }

    @Test
    void updates_of_a_step_end_early_beyond_the_approximate_divergence() {
        Ppo ppo = Ppo.defaults().withLearningRate(2).withEpochs(4).withMinibatches(2);
        StepMetrics whole = trainer().algorithm(ppo).build().fit().steps().get(0);
        assertThat(whole.value("updates")).isEqualTo(8);
        assertThat(whole.values()).doesNotContainKey("updates/kl_stopped");
        double first = klStopped(ppo.withKlStop(1e-9)).value("policy/approxkl_avg");
        assertThat(klStopped(ppo.withKlStop(1e-9)).value("updates"))
                .as("the first update finds no divergence yet, the second does and is made all the same")
                .isEqualTo(2);
        assertThat(klStopped(ppo.withKlStop(1e-9)).value("updates/kl_stopped")).isEqualTo(1);
        assertThat(first)
                .as("the divergence that ended it, averaged with the 0 before")
                .isPositive();
        StepMetrics calm = klStopped(ppo.withKlStop(1e9));
        assertThat(calm.value("updates")).isEqualTo(8);
        assertThat(calm.value("updates/kl_stopped")).isZero();
    }

    private StepMetrics klStopped(Ppo ppo) {
        return trainer()
                .teacher(new Fixtures.TableTeacher())
                .algorithm(ppo)
                .build()
                .fit()
                .steps()
                .get(0);
    }

    @Test
    void the_loss_without_a_reward_for_length_divides_by_what_sampling_allows() {
        List<Double> losses = new ArrayList<>();
        for (int longest : new int[] {8, 16}) {
            Fixtures.TableTeacher fresh = new Fixtures.TableTeacher();
            losses.add(trainer()
                    .teacher(fresh)
                    .algorithm(Grpo.defaults().withLoss(Grpo.Loss.DR_GRPO).withLearningRate(2))
                    .sampling(Sampling.defaults().withMaxTokens(longest))
                    .build()
                    .fit()
                    .steps()
                    .get(0)
                    .value("grad_norm"));
        }
        assertThat(losses.get(0)).isPositive().isEqualTo(2 * losses.get(1));
    }

    @Test
    void a_prompt_that_is_too_long_leaves_no_run_directory() {
        Path run = directory.resolve("run");
        TeacherPolicy narrow = new Fixtures.Forwarding(teacher) {
            @Override
            public void check(Task task, Sampling sampling) {
                throw new WstException("the prompt for task " + task.id() + " is too long");
            }
        };
        assertThatThrownBy(() ->
                        trainer().teacher(narrow).runDirectory(run).build().fit())
                .isInstanceOf(WstException.class)
                .hasMessage("the prompt for task t0 is too long");
        assertThat(run).doesNotExist();
    }

    @Test
    void a_run_directory_that_exists_is_left_alone() throws IOException {
        Path run = Files.createDirectory(directory.resolve("run"));
        assertThatThrownBy(() -> trainer().runDirectory(run).build().fit())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("exists already");
        assertThat(run).isEmptyDirectory();
        assertThat(teacher.logits).isDeepEqualTo(new double[2][4]);
    }

    @Test
    void what_cannot_be_written_is_said_and_what_was_written_is_kept() {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "skipped: no /dev/full on this system");
        Path run = directory.resolve("run");
        TrainingListener replace = new TrainingListener() {
            @Override
            public void onStart(int steps) {
                try {
                    Files.createSymbolicLink(run.resolve(".report.json"), full);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        assertThatThrownBy(() ->
                        trainer().runDirectory(run).listener(replace).build().fit())
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("report.json cannot be written")
                .hasMessageContaining("No space left on device");
        assertThat(run.resolve("report.json")).doesNotExist();
        assertThat(run.resolve(".report.json")).doesNotExist();
        assertThat(run.resolve("metrics.jsonl")).isNotEmptyFile();
        assertThat(run.resolve("adapter/table.txt")).exists();
    }

    @Test
    void answers_that_do_not_arrive_are_counted_and_never_judged() {
        AtomicInteger judged = new AtomicInteger();
        TrainingReport report = trainer()
                .student(advice -> {
                    switch (advice.task().id()) {
                        case "t0", "t1" -> throw new IllegalStateException("the line is down");
                        case "t2" -> {
                            return Answer.of("  ");
                        }
                        default -> {
                            return Answer.of("right");
                        }
                    }
                })
                .reward(attempt -> {
                    judged.incrementAndGet();
                    assertThat(attempt.task().id()).isNotIn("t0", "t1", "t2");
                    return Reward.of(1);
                })
                .batch(10)
                .steps(1)
                .build()
                .fit();
        StepMetrics step = report.steps().get(0);
        assertThat(step.value("rollouts/unscored")).isEqualTo(12);
        assertThat(step.value("rollouts/failed_answers")).isEqualTo(12);
        assertThat(step.value("reward")).isEqualTo(1);
        assertThat(judged).hasValue(28);
    }

    @Test
    void a_student_that_hangs_costs_its_time_out_only() {
        TrainingReport report = trainer()
                .student(advice -> {
                    if (advice.task().id().equals("t0")) {
                        new CompletableFuture<String>().join();
                    }
                    return Answer.of("right");
                })
                .batch(10)
                .steps(1)
                .studentCalls(new CallLimits(4, Duration.ofMillis(200), 0))
                .build()
                .fit();
        assertThat(report.steps().get(0).value("rollouts/failed_answers")).isEqualTo(4);
    }

    @Test
    void a_step_without_any_verdict_stops_the_run_with_the_reason() {
        assertThatThrownBy(() -> trainer()
                        .reward(attempt -> Reward.unscored("no reference"))
                        .build()
                        .fit())
                .isInstanceOf(WstException.class)
                .hasMessageContaining("none of the 16 rollouts of step 1")
                .hasMessageContaining("no reference");
        assertThat(teacher.logits).isDeepEqualTo(new double[2][4]);
    }

    @Test
    void a_reward_that_throws_stops_the_run_and_names_the_task() {
        assertThatThrownBy(() -> trainer()
                        .reward(attempt -> {
                            throw new IllegalArgumentException("no such column");
                        })
                        .build()
                        .fit())
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("task t")
                .hasMessageContaining("java.lang.IllegalArgumentException: no such column");
        assertThat(teacher.logits).isDeepEqualTo(new double[2][4]);
    }

    @Test
    void a_reward_that_is_not_a_number_stops_the_run() {
        assertThatThrownBy(() -> trainer()
                        .reward(attempt -> Reward.of(Double.NaN))
                        .build()
                        .fit())
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("NaN")
                .hasMessageContaining("unscored");
        assertThat(teacher.logits).isDeepEqualTo(new double[2][4]);
    }

    @Test
    void asynchronous_students_and_rewards_give_the_same_run() {
        Fixtures.TableTeacher other = new Fixtures.TableTeacher();
        trainer().build().fit();
        trainer()
                .teacher(other)
                .student(StudentClient.async(advice -> CompletableFuture.supplyAsync(() -> student.answer(advice))))
                .reward(RewardFunction.async(a -> CompletableFuture.supplyAsync(() -> reward.score(a))))
                .build()
                .fit();
        assertThat(other.logits).isDeepEqualTo(teacher.logits);
    }

    @Test
    void an_interrupted_run_keeps_what_it_learned_and_reports() {
        Path run = directory.resolve("run");
        TrainingListener stop = new TrainingListener() {
            @Override
            public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
                if (metrics.step() == 2) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        TrainingReport report =
                trainer().steps(50).runDirectory(run).listener(stop).build().fit();
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(report.interrupted()).isTrue();
        assertThat(report.steps()).hasSize(2);
        assertThat(run.resolve("adapter/table.txt")).exists();
        assertThat(run.resolve("report.json")).content().contains("\"ending\" : \"interrupted\"");
    }

    @Test
    void a_loss_that_is_not_finite_names_the_step() {
        Fixtures.TableTeacher broken = new Fixtures.TableTeacher();
        broken.logits[0][0] = Double.NaN;
        assertThatThrownBy(() -> trainer()
                        .teacher(broken)
                        .algorithm(Grpo.defaults())
                        .build()
                        .fit())
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("step 1: ");
    }

    @Test
    void a_builder_says_what_is_missing_or_wrong() {
        assertThatThrownBy(() -> WstTrainer.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a trainer needs a teacher: call WstTrainer.builder().teacher(...)");
        WstTrainerBuilder bare = WstTrainer.builder().teacher(teacher);
        assertThatThrownBy(bare::build).hasMessageContaining("a trainer needs a student");
        bare.student(student);
        assertThatThrownBy(bare::build).hasMessageContaining("a trainer needs a reward");
        bare.reward(reward);
        assertThatThrownBy(bare::build)
                .hasMessageContaining("a trainer needs tasks: call WstTrainer.builder().tasks(...)");
        assertThatThrownBy(() -> trainer().steps(-1)).hasMessage("steps must be at least 1, got -1");
        assertThatThrownBy(() -> trainer().tasks(List.of())).hasMessage("there are no tasks to train on");
        assertThatThrownBy(() -> trainer()
                        .tasks(List.of(
                                Fixtures.tasks(1).get(0), Fixtures.tasks(1).get(0))))
                .hasMessage("two training tasks have the id t0");
        assertThatThrownBy(() -> trainer()
                        .validation(List.of(
                                Fixtures.tasks(1).get(0), Fixtures.tasks(1).get(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two validation tasks have the id t0");
        assertThatThrownBy(() ->
                        trainer().validation(Fixtures.tasks(3).subList(2, 3)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task t2 is in both training and validation");
        Task copy = Task.of("another-id", Fixtures.tasks(1).get(0).prompt());
        assertThatThrownBy(() -> trainer().validation(List.of(copy)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task another-id of validation asks what task t0 of training asks");
        assertThatThrownBy(() -> trainer().sampling(Sampling.greedy(8))).hasMessageContaining("positive temperature");
        assertThatThrownBy(() -> trainer().batch(11).build()).hasMessageContaining("there are only 10");
        assertThatThrownBy(() -> trainer().algorithm(Grpo.defaults()).samples(1).build())
                .hasMessageContaining("at least 2");
    }

    @Test
    void a_trainer_runs_once_and_as_its_builder_stood() {
        WstTrainerBuilder builder = trainer().steps(1);
        WstTrainer once = builder.build();
        builder.steps(3);
        assertThat(once.fit().steps()).hasSize(1);
        assertThatThrownBy(once::fit)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has run already; build another");
    }
}
