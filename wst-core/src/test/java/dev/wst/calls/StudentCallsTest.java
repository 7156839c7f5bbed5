package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.InterruptedRunException;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.WstException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
    private static final Duration SHORT = Duration.ofMillis(500);

    private static List<Advice> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Advice.of(Task.of("t" + i, "question " + i), Instruction.fixed("go")))
                .toList();
    }

    private static StudentCalls calls(StudentClient student, int concurrency, Duration timeout) {
        return new StudentCalls(student, new CallLimits(concurrency, timeout, 0));
    }

    private static Answer.Failure failureOf(StudentClient student) {
        return calls(student, 1, SHORT).answer(questions(1)).get(0).failure().orElseThrow();
    }

    /** Counts calls under way; some take longer than they may, and longer still to notice that they are unwanted. */
    private static final class Slow implements StudentClient {
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public Answer answer(Advice advice) {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                if (advice.task().id().compareTo("t4") < 0) {
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
        List<Answer> answers = calls(student, 2, SHORT).answer(questions(8));
        assertThat(student.underWay).as("none is left behind").hasValue(0);
        calls(student, 2, SHORT).answer(questions(8));
        assertThat(student.most).hasValue(2);
        assertThat(answers.subList(0, 4))
                .allSatisfy(answer -> assertThat(answer.failure())
                        .contains(failure(Answer.FailureKind.TIMEOUT, "no answer within PT0.5S")));
        assertThat(answers.subList(4, 8))
                .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("done"));
    }

    @Test
    void a_call_that_heeds_nothing_does_not_keep_the_others_waiting_for_ever() {
        StudentClient student = advice -> {
            if (advice.task().id().equals("t0")) {
                new CompletableFuture<String>().join();
            }
            return Answer.of("done");
        };
        assertThat(calls(student, 1, SHORT).answer(questions(3)))
                .extracting(Answer::hasArrived)
                .containsExactly(false, true, true);
    }

    @Test
    void an_asynchronous_call_whose_time_is_up_is_cancelled() {
        CompletableFuture<Answer> never = new CompletableFuture<>();
        StudentClient student = StudentClient.async(advice -> never);
        assertThat(failureOf(student).kind()).isEqualTo(Answer.FailureKind.TIMEOUT);
        assertThat(never).isCancelled();
    }

    @Test
    void whoever_waits_can_be_interrupted_and_the_calls_with_it() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        StudentClient student = advice -> {
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
        assertThatThrownBy(() -> calls(student, 4, Duration.ofSeconds(20)).answer(questions(1)))
                .isInstanceOf(InterruptedRunException.class)
                .hasMessageContaining("waiting for the student");
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        stop.join();
    }

    @Test
    @SuppressWarnings("NullAway")
    void whatever_goes_wrong_is_a_failure_with_its_kind_and_reason() {
        assertThat(failureOf(advice -> {
                    throw new IllegalStateException("the line is down");
                }))
                .isEqualTo(failure(Answer.FailureKind.ERROR, "java.lang.IllegalStateException: the line is down"));
        assertThat(failureOf(advice -> null)).isEqualTo(failure(Answer.FailureKind.EMPTY, "the student returned null"));
        assertThat(failureOf(advice -> Answer.of(" \n")))
                .isEqualTo(failure(Answer.FailureKind.EMPTY, "the student answered with a blank text"));
        assertThat(failureOf(StudentClient.async(advice -> {
                    throw new IllegalStateException("no route");
                })))
                .isEqualTo(failure(Answer.FailureKind.ERROR, "java.lang.IllegalStateException: no route"));
        assertThat(failureOf(StudentClient.async(advice -> null)).kind()).isEqualTo(Answer.FailureKind.ERROR);
        assertThat(failureOf(advice -> {
                            throw new UncheckedIOException(new IOException("GOAWAY received"));
                        })
                        .kind())
                .isEqualTo(Answer.FailureKind.BROKEN_OFF);
    }

    @Test
    void a_failure_that_may_pass_is_tried_again_while_other_questions_are_asked() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        StudentClient student = advice -> {
            String id = advice.task().id();
            boolean isFirst = !asked.contains(id);
            asked.add(id);
            return id.equals("t0") && isFirst ? Answer.failed(Answer.FailureKind.ERROR, "reset") : Answer.of(id);
        };
        CallLimits limits = CallLimits.defaults().withConcurrency(1).withRetries(1);
        assertThat(new StudentCalls(student, limits).answer(questions(3)))
                .extracting(Answer::text)
                .containsExactly("t0", "t1", "t2");
        assertThat(asked).containsExactly("t0", "t1", "t2", "t0");
    }

    @Test
    void an_interruption_that_comes_too_late_does_not_reach_the_next_call() {
        StudentClient student = advice -> {
            boolean isLate = advice.task().id().equals("t0");
            if (isLate) {
                new CompletableFuture<String>()
                        .completeOnTimeout("", 2, TimeUnit.SECONDS)
                        .join();
            }
            return Answer.of(Thread.currentThread().isInterrupted() == isLate ? "as it should be" : "wrong");
        };
        assertThat(calls(student, 1, SHORT).answer(questions(20)).subList(1, 20))
                .allMatch(answer -> answer.text().equals("as it should be"));
    }

    @Test
    void a_student_that_answers_together_is_given_the_batch_and_held_to_its_size() {
        StudentClient together = new StudentClient() {
            @Override
            public Answer answer(Advice advice) {
                throw new AssertionError("asked alone");
            }

            @Override
            public Optional<List<Answer>> answerTogether(List<Advice> batch) {
                return Optional.of(List.of(Answer.of("a"), Answer.of(" ")));
            }
        };
        List<Answer> answers = calls(together, 1, SHORT).answer(questions(2));
        assertThat(answers.get(0).text()).isEqualTo("a");
        assertThat(answers.get(1).failure().orElseThrow().kind()).isEqualTo(Answer.FailureKind.EMPTY);
        assertThatThrownBy(() -> calls(together, 1, SHORT).answer(questions(3)))
                .isInstanceOf(WstException.class)
                .hasMessageContaining("2 answers to 3 questions");
    }

    private static Answer.Failure failure(Answer.FailureKind kind, String message) {
        return new Answer.Failure(kind, message, Optional.empty());
    }
}
