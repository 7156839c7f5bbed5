package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Objective;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StatelessCritic;
import dev.wst.StepMetrics;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TokenScores;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.UnavailableException;
import dev.wst.Validation;
import dev.wst.calls.CallLimits;
import dev.wst.rl.Grpo;
import dev.wst.rl.Optimization;
import dev.wst.rl.Ppo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loop does around its steps: when it validates, stops, warns, reports and gives back what it borrowed. */
class LoopTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<Task> HELD_OUT = List.of(Task.of("v", "another question", "1"));

    @TempDir
    Path directory;

    private final List<String> events = new ArrayList<>();
    private final NotingTeacher teacher = new NotingTeacher();
    private final CalmCritic critic = new CalmCritic();

    private final TrainingListener noting = new TrainingListener() {
        @Override
        public void onStart(int steps) {
            events.add("start of " + steps);
        }

        @Override
        public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
            events.add("step " + metrics.step());
        }

        @Override
        public void onValidation(Validation validation) {
            events.add("validation " + validation.step());
        }

        @Override
        public void onEnd(TrainingReport report) {
            events.add("end");
        }

        @Override
        public void onFailure(Throwable failure) {
            events.add("failed: " + failure.getClass().getSimpleName());
        }
    };

    /** Notes when it writes, and lends itself to one run at a time. */
    private static final class NotingTeacher extends Fixtures.Forwarding {
        private final List<Integer> written = new ArrayList<>();
        private final AtomicBoolean lent = new AtomicBoolean();

        NotingTeacher() {
            super(new Fixtures.TableTeacher());
        }

        @Override
        public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
            written.add(situations.size());
            return super.write(situations, sampling, seed);
        }

        @Override
        public void beginTraining() {
            lend(lent, "the teacher");
        }

        @Override
        public void endTraining() {
            lent.set(false);
        }
    }

    private static void lend(AtomicBoolean lent, String what) {
        if (lent.getAndSet(true)) {
            throw new UnavailableException(what + " is lent");
        }
    }

    /** Expects nothing and learns nothing. */
    private static final class CalmCritic extends StatelessCritic {
        private final AtomicBoolean lent = new AtomicBoolean();
        private int updates;
        private boolean closed;

        @Override
        public List<double[]> values(List<float[][]> states) {
            return states.stream().map(state -> new double[state.length]).toList();
        }

        @Override
        public double update(List<float[][]> states, Objective objective) {
            assertThat(lent).as("a run has the lease").isTrue();
            updates++;
            double loss = 0;
            for (int i = 0; i < states.size(); i++) {
                double[] zeros = new double[states.get(i).length];
                loss += objective
                        .at(i, TokenScores.of(zeros, zeros).withValues(zeros))
                        .loss();
            }
            return loss;
        }

        @Override
        public void beginTraining() {
            lend(lent, "the critic");
        }

        @Override
        public void endTraining() {
            lent.set(false);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Path run() {
        return directory.resolve("run");
    }

    private WstTrainerBuilder trainer() {
        return Fixtures.trainer(teacher, run())
                .student(advice -> Answer.of(advice.instruction().text()))
                .reward(attempt -> Reward.of(attempt.answer().text().equals("word1") ? 1 : 0))
                .steps(3);
    }

    private JsonNode report() throws IOException {
        return MAPPER.readTree(run().resolve("report.json").toFile());
    }

    /** What is logged while a run goes on. */
    private static String logged(WstTrainer trainer) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            trainer.fit();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_run_validates_before_the_first_step_every_so_often_and_after_the_last() {
        trainer()
                .validation(HELD_OUT)
                .validateEvery(2)
                .steps(5)
                .listener(noting)
                .build()
                .fit();
        assertThat(events)
                .containsExactly(
                        "start of 5",
                        "validation 0",
                        "step 1",
                        "step 2",
                        "validation 2",
                        "step 3",
                        "step 4",
                        "validation 4",
                        "step 5",
                        "validation 5",
                        "end");
        assertThat(teacher.written).containsExactly(1, 16, 16, 1, 16, 16, 1, 16, 1);
    }

    @Test
    void without_a_number_of_steps_between_them_there_are_two_validations() {
        trainer().validation(HELD_OUT).listener(noting).build().fit();
        assertThat(events)
                .containsExactly("start of 3", "validation 0", "step 1", "step 2", "step 3", "validation 3", "end");
    }

    private TrainingListener interruptingAfter(int step) {
        return new TrainingListener() {
            @Override
            public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
                if (metrics.step() == step) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Test
    void an_interruption_between_two_steps_is_heeded_before_anything_is_written() {
        TrainingReport report = trainer().listener(interruptingAfter(1)).build().fit();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.interrupted()).isTrue();
        assertThat(teacher.written).hasSize(1);
    }

    @Test
    void an_interruption_while_instructions_are_written_costs_no_answers() {
        List<Integer> asked = new ArrayList<>();
        StudentClient together = new StudentClient() {
            @Override
            public Answer answer(Advice advice) {
                return Answer.of("a");
            }

            @Override
            public Optional<List<Answer>> answerTogether(List<Advice> batch) {
                // An empty one finds out whether there is such a way.
                if (!batch.isEmpty()) {
                    asked.add(batch.size());
                }
                return Optional.of(batch.stream().map(this::answer).toList());
            }
        };
        Fixtures.Forwarding interrupting = new Fixtures.Forwarding(new Fixtures.TableTeacher()) {
            @Override
            public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
                Thread.currentThread().interrupt();
                return super.write(situations, sampling, seed);
            }
        };
        TrainingReport report =
                trainer().teacher(interrupting).student(together).build().fit();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.interrupted()).isTrue();
        assertThat(asked).as("the first question alone").containsExactly(1);
    }

    @Test
    void an_interruption_before_a_validation_is_heeded_before_anything_is_written() {
        TrainingReport report = trainer()
                .validation(HELD_OUT)
                .listener(interruptingAfter(3))
                .build()
                .fit();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.interrupted()).isTrue();
        assertThat(report.validations()).hasSize(1);
        assertThat(teacher.written).containsExactly(1, 16, 16, 16);
    }

    @Test
    void a_validation_that_fails_is_named_and_leaves_its_answers_but_no_adapter() throws IOException {
        WstTrainerBuilder trainer = trainer().validation(HELD_OUT).reward(attempt -> {
            throw new IllegalArgumentException("no such column");
        });
        trainer.listener(noting).listener(new TrainingListener() {
            @Override
            public void onFailure(Throwable failure) {
                throw new IllegalStateException("a listener's own");
            }
        });
        assertThatThrownBy(() -> trainer.build().fit())
                .isInstanceOf(RewardException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()[0]).hasMessage("a listener's own"));
        assertThat(events).containsExactly("start of 3", "failed: RewardException");
        assertThat(report().at("/error/during").asText()).isEqualTo("the validation after step 0");
        assertThat(Files.readAllLines(run().resolve("rollouts.jsonl")))
                .singleElement()
                .asString()
                .startsWith("{\"split\":\"validation\",\"step\":0,");
        assertThat(run().resolve("adapter")).doesNotExist();
    }

    @Test
    void a_warm_up_that_is_too_long_is_told_at_the_start_of_a_run() {
        Grpo slow =
                Grpo.defaults().withOptimization(Optimization.defaults().withSchedule(Optimization.Schedule.LINEAR, 9));
        assertThat(logged(trainer().algorithm(slow).build())).contains("the warm-up of 9 steps is longer");
    }

    /** One reward for all samples of a task: half of the tasks earn something. */
    private WstTrainerBuilder withoutSignal() {
        return trainer()
                .reward(attempt ->
                        Reward.of(Integer.parseInt(attempt.task().reference().orElseThrow())))
                .batch(10)
                .steps(20);
    }

    @Test
    void groups_without_a_signal_are_told_where_they_are_compared() {
        assertThat(logged(withoutSignal().build())).contains("groups-without-signal, steps 1 to 20");
    }

    @Test
    void groups_without_a_signal_are_not_told_where_a_critic_takes_part() {
        assertThat(logged(
                        withoutSignal().algorithm(Ppo.defaults()).critic(critic).build()))
                .doesNotContain("groups-without-signal");
    }

    @Test
    void a_clock_that_stands_still_gives_no_speed() {
        StepMetrics step = trainer()
                .clock(() -> Instant.EPOCH)
                .listener(noting)
                .build()
                .fit()
                .steps()
                .get(0);
        assertThat(step.values()).containsEntry("step_time", 0.0).doesNotContainKey("eps");
        assertThat(step.values()).containsEntry("num_tokens", 16.0).containsEntry("episode", 16.0);
    }

    @Test
    void a_batch_may_hold_all_tasks_and_a_group_two_samples() {
        trainer().batch(10).samples(2).steps(1).build().fit();
        assertThat(teacher.written).containsExactly(20);
    }

    @Test
    void the_algorithm_says_how_many_samples_there_are_unless_somebody_else_does() {
        WstTrainer.builder()
                .teacher(teacher)
                .student(advice -> Answer.of("a"))
                .reward(attempt -> Reward.of(1))
                .tasks(Fixtures.tasks(10))
                .algorithm(Grpo.defaults())
                .steps(1)
                .build()
                .fit();
        assertThat(teacher.written).containsExactly(8 * 8);
    }

    @Test
    void what_a_run_borrowed_it_gives_back() {
        TrainingReport report =
                trainer().algorithm(Ppo.defaults()).critic(critic).build().fit();
        assertThat(report.steps()).hasSize(3);
        assertThat(critic.updates).isEqualTo(3 * 4);
        assertThat(critic.lent).isFalse();
        assertThat(critic.closed).as("the user's own").isFalse();
        assertThat(teacher.lent).isFalse();
    }

    @Test
    void a_run_that_fails_gives_back_what_it_borrowed() {
        WstTrainerBuilder failing = trainer()
                .algorithm(Ppo.defaults())
                .critic(critic)
                .reward(attempt -> {
                    throw new IllegalArgumentException("no such column");
                });
        assertThatThrownBy(() -> failing.build().fit()).isInstanceOf(RewardException.class);
        assertThat(teacher.lent).isFalse();
        assertThat(critic.lent).isFalse();
    }

    @Test
    void what_another_run_trains_is_not_trained_beside_it() {
        teacher.lent.set(true);
        assertThatThrownBy(() -> trainer().build().fit())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the teacher");
        assertThat(run()).doesNotExist();
        teacher.lent.set(false);
        critic.lent.set(true);
        WstTrainer withCritic =
                trainer().algorithm(Ppo.defaults()).critic(critic).build();
        assertThatThrownBy(withCritic::fit)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the critic");
        assertThat(teacher.lent).isFalse();
    }

    @Test
    void tasks_of_training_and_of_validation_are_checked_first() {
        List<String> checked = new ArrayList<>();
        Fixtures.Forwarding checking = new Fixtures.Forwarding(new Fixtures.TableTeacher()) {
            @Override
            public void check(Task task, Sampling sampling) {
                checked.add("teacher " + task.id());
            }
        };
        RewardFunction judge = new RewardFunction() {
            @Override
            public Reward score(Attempt attempt) {
                return Reward.of(1);
            }

            @Override
            public void check(Task task) {
                checked.add("reward " + task.id());
            }
        };
        trainer()
                .teacher(checking)
                .reward(judge)
                .tasks(Fixtures.tasks(2))
                .batch(1)
                .validation(HELD_OUT)
                .build()
                .fit();
        assertThat(checked)
                .containsExactly("reward t0", "teacher t0", "reward t1", "teacher t1", "reward v", "teacher v");
    }

    @Test
    void a_report_holds_what_was_asked_for_and_what_came_out() throws IOException {
        StudentClient named = new StudentClient() {
            @Override
            public Answer answer(Advice advice) {
                return Answer.of(advice.instruction().text());
            }

            @Override
            public String toString() {
                return "a student of one's own";
            }
        };
        TrainingReport done = trainer()
                .student(named)
                .validation(HELD_OUT)
                .validateEvery(2)
                .studentCalls(new CallLimits(3, Duration.ofMillis(2500), 4))
                .build()
                .fit();
        JsonNode configuration = report().path("configuration");
        assertThat(configuration.path("student").asText()).matches("a student of one's own, calls [0-9a-f]{16}");
        assertThat(configuration.path("reward").asText())
                .startsWith(LoopTest.class.getName())
                .doesNotContain("/0x");
        assertThat(configuration.has("critic")).isFalse();
        assertThat(configuration.path("algorithm").asText()).isEqualTo("grpo");
        assertThat(configuration.path("algorithm_options").asText()).startsWith("Grpo[loss=DAPO");
        assertThat(configuration.path("steps").asInt()).isEqualTo(3);
        assertThat(configuration.path("batch").asInt()).isEqualTo(4);
        assertThat(configuration.path("samples").asInt()).isEqualTo(4);
        assertThat(configuration.path("sampling").asText()).startsWith("Sampling[temperature=1.0");
        assertThat(configuration.path("tasks").asText()).matches("10 \\(SHA-256 [0-9a-f]{16}\\)");
        assertThat(configuration.path("validation_tasks").asText()).startsWith("1 (SHA-256 ");
        assertThat(configuration.path("validate_every").asInt()).isEqualTo(2);
        JsonNode settings = report().path("settings");
        assertThat(settings.path("student_concurrency").asInt()).isEqualTo(3);
        assertThat(settings.path("student_timeout_seconds").asDouble()).isEqualTo(2.5);
        assertThat(settings.path("student_retries").asInt()).isEqualTo(4);
        assertThat(report().at("/versions/wst").asText()).isEqualTo("unpackaged");
        assertThat(report().at("/versions/os").asText()).startsWith(System.getProperty("os.name"));
        assertThat(report().path("steps").asInt()).isEqualTo(3);
        assertThat(report().path("ending").asText()).isEqualTo("finished");
        assertThat(report().has("error")).isFalse();
        assertThat(report().path("validation"))
                .extracting(one -> one.path("step").asInt())
                .containsExactly(0, 2, 3);
        JsonNode last = report().path("validation").get(2);
        assertThat(last.path("mean_reward").asDouble())
                .isEqualTo(done.validations().get(2).meanReward().orElseThrow());
        assertThat(last.path("questions").asInt()).isEqualTo(1);
        assertThat(last.path("unscored").asInt()).isZero();
        assertThat(report().at("/last_step/reward").asDouble())
                .isEqualTo(done.steps().get(2).value("reward"));
        assertThat(report().at("/last_step/num_tokens").asDouble()).isEqualTo(48);
    }

    @Test
    void a_report_of_a_run_without_a_step_has_no_last_one_and_names_the_critic_that_was_given() throws IOException {
        WstTrainerBuilder failing =
                trainer().algorithm(Ppo.defaults()).critic(critic).reward(attempt -> Reward.unscored("none"));
        assertThatThrownBy(() -> failing.build().fit()).hasMessageContaining("none of the 16 rollouts of step 1");
        assertThat(report().path("last_step")).isEmpty();
        assertThat(report().at("/configuration/critic").asText()).isEqualTo(CalmCritic.class.getName());
        assertThat(report().at("/configuration/validate_every").asInt()).isZero();
    }

    @Test
    void instructions_in_another_order_are_refused() {
        Fixtures.Forwarding turning = new Fixtures.Forwarding(new Fixtures.TableTeacher()) {
            @Override
            public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
                List<Advice> written = new ArrayList<>(super.write(situations, sampling, seed));
                java.util.Collections.reverse(written);
                return written;
            }
        };
        assertThatThrownBy(() -> trainer().teacher(turning).build().fit())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was given 16 situations and wrote 16 instructions");
    }

    @Test
    void what_a_builder_is_given_must_be_something() {
        WstTrainerBuilder builder = WstTrainer.builder();
        assertThatThrownBy(() -> builder.rewardTime(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a reward's time must be positive, got PT0S");
        assertThatThrownBy(() -> builder.rewardTime(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.outageLimit(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limit of an outage must not be negative, got PT-1S");
        assertThatThrownBy(() -> builder.batch(0)).hasMessage("batch must be at least 1, got 0");
        assertThatThrownBy(() -> builder.samples(0)).hasMessage("samples must be at least 1, got 0");
        assertThatThrownBy(() -> builder.validateEvery(0)).hasMessage("validateEvery must be at least 1, got 0");
        assertThatThrownBy(builder::build).hasMessageContaining("a trainer needs a teacher");
    }
}
