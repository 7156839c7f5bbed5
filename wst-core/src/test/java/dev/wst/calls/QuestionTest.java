package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Answer.FailureKind;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.StudentClient;
import dev.wst.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a question is tried again; time passes by hand and calls run on the thread that begins them. */
class QuestionTest {
    private final ManualScheduler time = new ManualScheduler();
    private final List<String> asked = new ArrayList<>();

    private static Answer failed(FailureKind kind, Duration retryAfter) {
        return Answer.failed(kind, "busy", Optional.of(retryAfter));
    }

    private List<CompletableFuture<Answer>> put(int count, StudentClient student, CallLimits limits) {
        return put(count, student, limits, new Throttle(limits, time));
    }

    private List<CompletableFuture<Answer>> put(
            int count, StudentClient student, CallLimits limits, Throttle throttle) {
        StudentClient noting = advice -> {
            asked.add(advice.task().id());
            return student.answer(advice);
        };
        PaidStudent paid = new PaidStudent(Optional.empty(), noting, Accounts.none());
        StudentTries tries = new StudentTries(paid, limits.timeout(), throttle, new Breaker(time), Runnable::run);
        Retries retries = new Retries(limits.retries(), limits.deadline());
        return IntStream.range(0, count)
                .mapToObj(i -> Advice.of(Task.of("t" + i, "question " + i), Instruction.fixed("go")))
                .map(advice -> new Question(paid.asked(advice), tries, retries, time).ask())
                .toList();
    }

    private CompletableFuture<Answer> put(StudentClient student, int retries) {
        return put(1, student, CallLimits.defaults().withRetries(retries)).get(0);
    }

    @Test
    void pauses_double_from_half_a_second_to_a_minute() {
        CompletableFuture<Answer> answer = put(
                        1,
                        advice -> Answer.failed(FailureKind.ERROR, "down"),
                        CallLimits.defaults().withRetries(10).withDeadline(Duration.ofHours(1)))
                .get(0);
        List<Long> pauses = new ArrayList<>();
        long last = time.nanos();
        while (!answer.isDone()) {
            int before = asked.size();
            time.pass(Duration.ofMillis(1));
            if (asked.size() > before) {
                pauses.add((time.nanos() - last) / 1_000_000);
                last = time.nanos();
            }
        }
        assertThat(asked).hasSize(11);
        for (int i = 0; i < pauses.size(); i++) {
            double expected = Math.min(500 * Math.pow(2, i), 60_000);
            assertThat((double) pauses.get(i)).isBetween(0.79 * expected, 1.21 * expected);
        }
        assertThat(answer.join().failure().orElseThrow().message()).isEqualTo("down");
    }

    @Test
    void a_server_that_asks_for_a_pause_is_not_asked_before_it_is_over() {
        CompletableFuture<Answer> answer = put(
                advice -> asked.size() == 1 ? failed(FailureKind.RATE_LIMIT, Duration.ofSeconds(90)) : Answer.of("42"),
                1);
        time.pass(Duration.ofSeconds(90).minusNanos(1));
        assertThat(asked).hasSize(1);
        time.pass(Duration.ofNanos(1));
        assertThat(answer.join().text()).isEqualTo("42");
    }

    @Test
    void who_is_told_to_wait_keeps_nobody_else_waiting() {
        List<CompletableFuture<Answer>> answers = put(
                3,
                advice -> advice.task().id().equals("t0") && asked.size() == 1
                        ? failed(FailureKind.RATE_LIMIT, Duration.ofMinutes(3))
                        : Answer.of("42"),
                CallLimits.defaults().withConcurrency(1).withRetries(1));
        assertThat(answers.get(0)).isNotDone();
        assertThat(answers.get(1)).isCompleted();
        assertThat(answers.get(2)).isCompleted();
        time.pass(Duration.ofMinutes(3));
        assertThat(answers.get(0).join().text()).isEqualTo("42");
    }

    @Test
    void who_is_told_to_wait_beyond_the_deadline_has_failed_at_once() {
        Answer busy = failed(FailureKind.RATE_LIMIT, Duration.ofMinutes(5));
        assertThat(put(advice -> busy, 3)).isCompletedWithValue(busy);
        assertThat(asked).hasSize(1);
        assertThat(time.isIdle()).isTrue();
    }

    @Test
    void the_deadline_counts_from_the_first_failure_over_all_tries() {
        Answer busy = failed(FailureKind.RATE_LIMIT, Duration.ofMinutes(1));
        CompletableFuture<Answer> answer = put(
                        1,
                        advice -> busy,
                        CallLimits.defaults().withRetries(100).withDeadline(Duration.ofMinutes(3)))
                .get(0);
        time.pass(Duration.ofHours(1));
        assertThat(answer).isCompletedWithValue(busy);
        assertThat(asked).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void only_what_may_pass_is_tried_again(FailureKind kind) {
        CompletableFuture<Answer> answer = put(advice -> Answer.failed(kind, "no"), 2);
        time.pass(Duration.ofMinutes(5));
        assertThat(answer.join().failure().orElseThrow().kind()).isEqualTo(kind);
        assertThat(asked).hasSize(kind.isTemporary() ? 3 : 1);
    }

    @Test
    void a_question_that_is_tried_again_goes_before_those_that_were_never_asked() {
        StudentClient student =
                advice -> asked.size() == 3 && advice.task().id().equals("t2")
                        ? Answer.failed(FailureKind.ERROR, "reset")
                        : Answer.of("42");
        CallLimits limits = CallLimits.defaults().withConcurrency(1).withRetries(1);
        Throttle throttle = new Throttle(limits, time);
        List<CompletableFuture<Answer>> answers = new ArrayList<>(put(3, student, limits, throttle));
        List<Runnable> holding = new ArrayList<>();
        throttle.enter(false, holding::add);
        answers.addAll(put(2, student, limits, throttle));
        time.pass(Duration.ofSeconds(1));
        asked.clear();
        holding.get(0).run();
        assertThat(asked).containsExactly("t2", "t0", "t1");
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void a_student_that_fell_silent_is_left_alone_and_no_question_is_lost_by_it() {
        boolean[] down = {false};
        StudentClient student = advice -> {
            if (asked.size() == 11) {
                down[0] = true;
            }
            return down[0] ? Answer.failed(FailureKind.ERROR, "connection refused") : Answer.of("42");
        };
        CallLimits limits = CallLimits.defaults().withConcurrency(1).withRetries(3);
        List<CompletableFuture<Answer>> answers = put(200, student, limits);
        assertThat(asked).hasSize(10 + 20);
        time.pass(Duration.ofSeconds(5));
        assertThat(asked).hasSize(30);
        time.pass(Duration.ofSeconds(1));
        assertThat(asked).hasSize(31);
        time.pass(Duration.ofSeconds(9));
        assertThat(asked).as("twice as long the second time").hasSize(31);
        time.pass(Duration.ofSeconds(2));
        assertThat(asked).hasSize(32);
        down[0] = false;
        time.pass(Duration.ofSeconds(30));
        assertThat(answers).allMatch(answer -> answer.isDone() && answer.join().hasArrived());
    }

    @Test
    void a_student_that_stays_silent_ends_the_questions_at_the_deadline_with_its_failure() {
        StudentClient student =
                advice -> asked.size() == 1 ? Answer.of("42") : Answer.failed(FailureKind.ERROR, "down");
        CallLimits limits = CallLimits.defaults().withConcurrency(1).withDeadline(Duration.ofMinutes(1));
        List<CompletableFuture<Answer>> answers = put(100, student, limits);
        assertThat(answers.get(99)).isNotDone();
        time.pass(Duration.ofMinutes(1).minusSeconds(1));
        assertThat(answers.get(99)).isNotDone();
        time.pass(Duration.ofSeconds(1));
        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(answers.get(99).join().failure().orElseThrow())
                .isEqualTo(new Answer.Failure(
                        FailureKind.ERROR,
                        "not asked, since the last 20 calls failed, such as: down",
                        Optional.empty()));
        assertThat(asked).hasSizeLessThan(30);
    }

    @Test
    void a_student_that_never_answered_is_not_waited_for_beyond_the_retries() {
        List<CompletableFuture<Answer>> answers = put(
                100,
                advice -> Answer.failed(FailureKind.TIMEOUT, "nothing"),
                CallLimits.defaults().withConcurrency(1));
        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(asked).hasSize(20);
        assertThat(answers.get(99).join().failure().orElseThrow().kind()).isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void refusals_that_will_not_pass_do_not_keep_a_student_from_being_asked() {
        put(100, advice -> Answer.failed(FailureKind.CONTENT_FILTER, "withheld"), CallLimits.defaults());
        assertThat(asked).hasSize(100);
    }

    @Test
    void calls_keep_to_the_requests_of_a_minute_without_holding_a_thread() {
        CallLimits limits = CallLimits.defaults().withRequestsPerMinute(30);
        List<CompletableFuture<Answer>> answers = put(61, advice -> Answer.of("42"), limits);
        assertThat(asked).hasSize(1);
        time.pass(Duration.ofSeconds(60).minusNanos(1));
        assertThat(asked).hasSize(30);
        time.pass(Duration.ofMinutes(1));
        assertThat(asked).hasSize(60);
        time.pass(Duration.ofSeconds(1));
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void what_a_question_may_take_counts_until_its_answer_says_what_it_took() {
        // "question 0" and "go" are 12 bytes, and a message may have 16 tokens around it
        CallLimits limits = CallLimits.defaults().withConcurrency(1).withTokensPerMinute(440);
        put(3, advice -> Answer.of("42"), limits);
        time.pass(Duration.ofSeconds(12).minusNanos(1));
        assertThat(asked).hasSize(2);
        time.pass(Duration.ofNanos(1));
        assertThat(asked).hasSize(3);
        asked.clear();
        put(3, advice -> Answer.of("42", Answer.Finish.STOP, OptionalInt.of(11), OptionalInt.of(11)), limits);
        time.pass(Duration.ofSeconds(6).minusNanos(1));
        assertThat(asked).hasSize(2);
        time.pass(Duration.ofNanos(1));
        assertThat(asked).hasSize(3);
    }

    @Test
    void a_student_that_cannot_say_what_a_call_may_take_fails_that_question_and_no_other() {
        StudentClient student = new StudentClient() {
            @Override
            public Answer answer(Advice advice) {
                return Answer.of("42");
            }

            @Override
            public ModelCall call(Advice advice) {
                if (advice.task().id().equals("t0")) {
                    throw new IllegalStateException("no tokenizer");
                }
                return ModelCall.of(advice);
            }
        };
        CallLimits limits = CallLimits.defaults().withConcurrency(1).withTokensPerMinute(1_000_000);
        Throttle throttle = new Throttle(limits, time);
        PaidStudent paid = new PaidStudent(Optional.empty(), student, Accounts.none());
        StudentTries tries = new StudentTries(paid, limits.timeout(), throttle, new Breaker(time), Runnable::run);
        List<CompletableFuture<Optional<Answer>>> answers = IntStream.range(0, 3)
                .mapToObj(i -> tries.ask(paid.asked(Advice.of(Task.of("t" + i, "?"), Instruction.none())), false))
                .toList();
        time.pass(Duration.ofSeconds(1));
        assertThat(answers.get(0).join().orElseThrow().failure().orElseThrow().message())
                .isEqualTo("java.lang.IllegalStateException: no tokenizer");
        assertThat(answers.get(2).join().orElseThrow().text()).isEqualTo("42");
    }

    @Test
    void tries_that_the_connection_undid_do_not_count_against_the_retries_for_other_failures() {
        List<FailureKind> kinds =
                List.of(FailureKind.BROKEN_OFF, FailureKind.ERROR, FailureKind.UNREACHABLE, FailureKind.TIMEOUT);
        CompletableFuture<Answer> answer = put(
                advice -> asked.size() <= kinds.size()
                        ? Answer.failed(kinds.get(asked.size() - 1), "no")
                        : Answer.of("42"),
                2);
        time.pass(Duration.ofMinutes(4));
        assertThat(answer.join().text()).isEqualTo("42");
    }
}
