package dev.wst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StudentCallsTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    private static List<Advice> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Advice(Attempt.at(Task.of("t" + i, "question " + i), 0), Instruction.fixed("go")))
                .toList();
    }

    private static Answer.Failure failureOf(StudentClient student) {
        return student.answerAll(questions(1), 1, SHORT).get(0).failure().orElseThrow();
    }

    /** Counts calls under way; some take longer than they may, and longer still to notice that they are unwanted. */
    private static final class Slow implements StudentClient {
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public Answer answer(Task task, Instruction instruction) {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                if (task.id().compareTo("t4") < 0) {
                    TimeUnit.SECONDS.sleep(20);
                }
                return Answer.of("done");
            } catch (InterruptedException e) {
                sleepOn(SHORT.dividedBy(2));
                return Answer.of("too late");
            } finally {
                underWay.decrementAndGet();
            }
        }

        private static void sleepOn(Duration time) {
            try {
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void no_more_calls_than_allowed_are_under_way_even_when_some_are_late() {
        Slow student = new Slow();
        List<Answer> answers = student.answerAll(questions(8), 2, SHORT);
        assertThat(student.underWay).as("none is left behind").hasValue(0);
        student.answerAll(questions(8), 2, SHORT);
        assertThat(student.most).hasValue(2);
        assertThat(answers.subList(0, 4))
                .allSatisfy(answer -> assertThat(answer.failure())
                        .contains(failure(Answer.FailureKind.TIMEOUT, "no answer within PT0.15S")));
        assertThat(answers.subList(4, 8))
                .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("done"));
    }

    @Test
    void a_call_that_heeds_nothing_does_not_keep_the_others_waiting_for_ever() {
        StudentClient student = (task, instruction) -> {
            if (task.id().equals("t0")) {
                new CompletableFuture<String>().join();
            }
            return Answer.of("done");
        };
        assertThat(student.answerAll(questions(3), 1, SHORT))
                .extracting(Answer::hasArrived)
                .containsExactly(false, true, true);
    }

    @Test
    void an_asynchronous_call_whose_time_is_up_is_cancelled() {
        CompletableFuture<Answer> never = new CompletableFuture<>();
        StudentClient student = StudentClient.async((task, instruction) -> never);
        assertThat(failureOf(student).kind()).isEqualTo(Answer.FailureKind.TIMEOUT);
        assertThat(never).isCancelled();
    }

    @Test
    void whoever_waits_can_be_interrupted_and_the_calls_with_it() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        StudentClient student = (task, instruction) -> {
            begun.countDown();
            try {
                TimeUnit.SECONDS.sleep(20);
            } catch (InterruptedException e) {
                stopped.countDown();
            }
            return Answer.of("done");
        };
        Thread waiting = Thread.currentThread();
        Thread stop = new Thread(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            waiting.interrupt();
        });
        stop.start();
        assertThatThrownBy(() -> student.answerAll(questions(1), 4, Duration.ofSeconds(20)))
                .isInstanceOf(InterruptedRunException.class)
                .hasMessageContaining("waiting for the student");
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        stop.join();
    }

    @Test
    @SuppressWarnings("NullAway")
    void whatever_goes_wrong_is_a_failure_with_its_kind_and_reason() {
        assertThat(failureOf((task, instruction) -> {
                    throw new IllegalStateException("the line is down");
                }))
                .isEqualTo(failure(Answer.FailureKind.ERROR, "java.lang.IllegalStateException: the line is down"));
        assertThat(failureOf((task, instruction) -> null))
                .isEqualTo(failure(Answer.FailureKind.EMPTY, "the student returned null"));
        assertThat(failureOf((task, instruction) -> Answer.of(" \n")))
                .isEqualTo(failure(Answer.FailureKind.EMPTY, "the student answered with a blank text"));
        assertThat(failureOf(StudentClient.async((task, instruction) -> {
                    throw new IllegalStateException("no route");
                })))
                .isEqualTo(failure(Answer.FailureKind.ERROR, "java.lang.IllegalStateException: no route"));
        assertThat(failureOf(StudentClient.async((task, instruction) -> null)).kind())
                .isEqualTo(Answer.FailureKind.ERROR);
    }

    private static Answer.Failure failure(Answer.FailureKind kind, String message) {
        return new Answer.Failure(kind, message, Optional.empty());
    }
}
