package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Answer.FailureKind;
import dev.wst.Attempt;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TrainingReport;
import dev.wst.UnavailableException;
import dev.wst.WstException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kind: what goes wrong outside the run must neither become a score, nor hang it, nor lose what it learned. */
@Timeout(60)
class StudentFaultsTest {
    private static final int A_STEP = 16;

    @TempDir
    Path directory;

    private final Fixtures.TableTeacher teacher = new Fixtures.TableTeacher();
    private final List<Duration> pauses = new ArrayList<>();

    private Path run() {
        return directory.resolve("run");
    }

    private WstTrainerBuilder trainer(StudentClient student) {
        return Fixtures.trainer(teacher, run())
                .student(student)
                .reward(attempt -> Reward.of(attempt.answer().text().length() % 2))
                .outageLimit(Duration.ofMinutes(5))
                .pauses(pauses::add)
                .steps(2);
    }

    /** Answers the first question and what is asked after some silence; between them every call fails. */
    private static StudentClient silent(int from, int to, Answer failure) {
        AtomicInteger calls = new AtomicInteger();
        return advice -> {
            int call = calls.getAndIncrement();
            return call >= from && call < to
                    ? failure
                    : Answer.of(advice.instruction().text() + advice.task().id());
        };
    }

    @Test
    void a_step_without_any_answer_is_asked_again_after_growing_pauses() {
        Answer failure = Answer.failed(FailureKind.ERROR, "503");
        TrainingReport report =
                trainer(silent(1, 1 + 3 * A_STEP, failure)).build().fit();
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(report.steps()).hasSize(2);
        assertThat(report.steps().get(0).values()).containsEntry("rollouts/failed_answers", 0.0);
    }

    @Test
    void a_server_that_says_when_to_come_again_is_asked_then() {
        Answer failure = Answer.failed(FailureKind.RATE_LIMIT, "429", Optional.of(Duration.ofSeconds(90)));
        trainer(silent(1, 1 + A_STEP, failure)).build().fit();
        assertThat(pauses).containsExactly(Duration.ofSeconds(90));
    }

    @Test
    void an_outage_beyond_the_limit_ends_the_run_with_what_was_learned() {
        Answer failure = Answer.failed(FailureKind.ERROR, "503");
        assertThatThrownBy(() ->
                        trainer(silent(1 + A_STEP, 100_000, failure)).build().fit())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("none of the 16 rollouts of step 2")
                .hasMessageContaining("503");
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(pauses).hasSizeGreaterThan(5);
        assertThat(run().resolve("adapter/table.txt")).exists();
    }

    @Test
    void what_will_not_pass_is_not_waited_for() {
        for (FailureKind kind : List.of(FailureKind.AUTHENTICATION, FailureKind.INVALID_REQUEST, FailureKind.EMPTY)) {
            WstTrainerBuilder trainer =
                    trainer(silent(1, 100_000, Answer.failed(kind, "no"))).runDirectory(directory.resolve(kind.name()));
            assertThatThrownBy(() -> trainer.build().fit()).isInstanceOf(InvalidInputException.class);
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_wrong_key_ends_the_run_at_its_first_call_and_before_the_first_instruction() {
        AtomicInteger calls = new AtomicInteger();
        Fixtures.Forwarding writing = new Fixtures.Forwarding(teacher) {
            @Override
            public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
                throw new AssertionError("an instruction was written");
            }
        };
        assertThatThrownBy(() -> trainer(advice -> {
                            calls.incrementAndGet();
                            return Answer.failed(FailureKind.AUTHENTICATION, "401 from\nhttp://127.0.0.1:1/v1");
                        })
                        .teacher(writing)
                        .build()
                        .fit())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the student did not answer a first question (AUTHENTICATION): 401 from"
                        + " http://127.0.0.1:1/v1; nothing else was done");
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_chance_failure_of_the_first_question_does_not_end_the_run() {
        Answer failure = Answer.failed(FailureKind.ERROR, "reset");
        assertThat(trainer(silent(0, 2, failure)).build().fit().steps()).hasSize(2);
    }

    @Test
    void tasks_that_the_reward_can_never_judge_are_refused_before_the_student_is_asked() {
        AtomicInteger calls = new AtomicInteger();
        RewardFunction needing = new RewardFunction() {
            @Override
            public Reward score(Attempt attempt) {
                return Reward.of(1);
            }

            @Override
            public void check(Task task) {
                if (task.id().equals("task7")) {
                    throw new WstException("task7 has no reference");
                }
            }
        };
        List<Task> tasks = new ArrayList<>(Fixtures.tasks(10));
        tasks.set(3, Task.of("task7", "What?"));
        assertThatThrownBy(() -> trainer(advice -> {
                            calls.incrementAndGet();
                            return Answer.of("answer");
                        })
                        .tasks(tasks)
                        .reward(needing)
                        .build()
                        .fit())
                .isInstanceOf(WstException.class)
                .hasMessage("task7 has no reference");
        assertThat(calls).hasValue(0);
    }

    @Test
    void each_kind_of_failure_is_counted() {
        AtomicInteger calls = new AtomicInteger();
        StudentClient student = advice -> switch (calls.getAndIncrement() % 4) {
            case 1 -> Answer.failed(FailureKind.CONTENT_FILTER, "withheld");
            case 2 -> Answer.failed(FailureKind.RATE_LIMIT, "429");
            default -> Answer.of(advice.instruction().text());
        };
        TrainingReport report = trainer(student).build().fit();
        assertThat(report.steps().get(0).values())
                .containsEntry("rollouts/failed_answers", 8.0)
                .containsEntry("rollouts/failed_answers/content_filter", 4.0)
                .containsEntry("rollouts/failed_answers/rate_limit", 4.0);
    }

    @Test
    void a_reward_that_never_returns_ends_the_run_and_is_named() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger judged = new AtomicInteger();
        RewardFunction hanging = attempt -> {
            if (judged.incrementAndGet() == 7) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return Reward.of(1);
        };
        assertThatThrownBy(() -> trainer(advice -> Answer.of("answer"))
                        .reward(hanging)
                        .rewardTime(Duration.ofMillis(300))
                        .build()
                        .fit())
                .isInstanceOf(RewardException.class)
                .hasMessageMatching(
                        "the reward function gave no verdict on task .+, sample 2 within PT0.3S of taking it up.*");
    }

    @Test
    void an_error_out_of_a_reward_is_named_with_its_task() {
        assertThatThrownBy(() -> trainer(advice -> Answer.of("answer"))
                        .reward(attempt -> {
                            throw new StackOverflowError();
                        })
                        .build()
                        .fit())
                .isInstanceOf(RewardException.class)
                .hasMessageMatching("the reward function failed on task .+, sample 0: java.lang.StackOverflowError");
    }

    @Test
    void an_adapter_that_cannot_be_saved_in_the_run_directory_is_saved_elsewhere_and_the_message_says_where() {
        Fixtures.Forwarding full = new Fixtures.Forwarding(teacher) {
            @Override
            public void save(Path target) {
                if (target.startsWith(run())) {
                    throw new WstException("No space left on device");
                }
                super.save(target);
            }
        };
        assertThatThrownBy(
                        () -> trainer(advice -> Answer.of(advice.instruction().text()))
                                .teacher(full)
                                .build()
                                .fit())
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("the adapter could not be saved in " + run().resolve("adapter"))
                .hasMessageContaining("No space left on device")
                .satisfies(e -> {
                    String place = String.valueOf(e.getMessage()).replaceAll(".*saved in (.*) instead.*", "$1");
                    assertThat(Files.exists(Path.of(place, "table.txt"))).isTrue();
                });
    }
}
