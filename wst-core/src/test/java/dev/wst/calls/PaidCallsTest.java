package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.BudgetSpentException;
import dev.wst.EnvironmentException;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.budget.PriceTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers are kept before they are used, and no call is made without money for it. */
class PaidCallsTest {
    private static final CallLimits LIMITS = CallLimits.defaults().withConcurrency(4);

    @TempDir
    Path directory;

    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    private static List<Advice> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Advice.of(Task.of("t" + i, "question " + i), Instruction.fixed("go")))
                .toList();
    }

    private static Answer answer(Advice advice) {
        return Answer.of(
                "to " + advice.task().id() + "/" + advice.situation().sample(),
                Answer.Finish.STOP,
                OptionalInt.of(10),
                OptionalInt.of(2));
    }

    /** Notes every call; knows its model and bounds. */
    private class Noting implements StudentClient {
        @Override
        public Answer answer(Advice advice) {
            asked.add(advice.task().id() + "/" + advice.situation().sample());
            return PaidCallsTest.answer(advice);
        }

        @Override
        public ModelCall call(Advice advice) {
            ModelCall bare = ModelCall.of(advice);
            return new ModelCall("model", bare.content(), 20, OptionalInt.of(5));
        }
    }

    private final class NotingTogether extends Noting {
        @Override
        public Optional<List<Answer>> answerTogether(List<Advice> batch) {
            return Optional.of(batch.stream().map(this::answer).toList());
        }
    }

    private AnswerStore store() {
        return AnswerStore.open(directory.resolve("answers.sqlite"));
    }

    @Test
    void what_was_answered_is_not_asked_again_and_the_rest_is() {
        for (StudentClient student : List.of(new Noting(), new NotingTogether())) {
            List<Advice> questions = questions(9);
            try (AnswerStore store =
                    AnswerStore.open(directory.resolve(student.getClass().getSimpleName()))) {
                StudentCalls calls =
                        new StudentCalls(student, LIMITS, Accounts.none().withAnswers(store));
                calls.answer(List.of(questions.get(2), questions.get(5)));
                asked.clear();
                assertThat(calls.answer(questions))
                        .isEqualTo(questions.stream().map(PaidCallsTest::answer).toList());
                assertThat(asked).containsExactlyInAnyOrder("t0/0", "t1/0", "t3/0", "t4/0", "t6/0", "t7/0", "t8/0");
                assertThat(store.hits()).isEqualTo(2);
                asked.clear();
                calls.answer(questions);
                assertThat(asked).isEmpty();
            }
        }
    }

    @Test
    void what_a_question_is_as_a_call_is_made_once_though_it_is_looked_up_bounded_paid_and_kept() {
        AtomicInteger made = new AtomicInteger();
        StudentClient counting = new Noting() {
            @Override
            public ModelCall call(Advice advice) {
                made.incrementAndGet();
                return super.call(advice);
            }
        };
        try (AnswerStore store = store()) {
            Accounts accounts =
                    Accounts.none().withAnswers(store).withLedger(Ledger.of(Budget.unlimited(), Journal.none()));
            new StudentCalls(counting, LIMITS.withTokensPerMinute(Long.MAX_VALUE), accounts).answer(questions(5));
        }
        assertThat(asked).hasSize(5);
        assertThat(made).hasValue(5);
    }

    @Test
    void samples_of_one_question_stay_answers_of_their_own() {
        Task task = Task.of("t", "question");
        List<Advice> samples = IntStream.range(0, 4)
                .mapToObj(i -> new Advice(Situation.of(task, i), Instruction.fixed("go")))
                .toList();
        try (AnswerStore store = store()) {
            StudentCalls calls =
                    new StudentCalls(new Noting(), LIMITS, Accounts.none().withAnswers(store));
            assertThat(calls.answer(samples))
                    .extracting(Answer::text)
                    .containsExactly("to t/0", "to t/1", "to t/2", "to t/3");
            assertThat(asked).hasSize(4);
        }
    }

    @Test
    void failures_and_blank_texts_are_asked_again() {
        AtomicInteger times = new AtomicInteger();
        StudentClient recovering = advice -> switch (times.getAndIncrement()) {
            case 0 -> Answer.failed(Answer.FailureKind.RATE_LIMIT, "429");
            case 1 -> Answer.of("  ");
            default -> Answer.of("there");
        };
        try (AnswerStore store = store()) {
            StudentCalls calls =
                    new StudentCalls(recovering, LIMITS, Accounts.none().withAnswers(store));
            List<Advice> one = questions(1);
            assertThat(calls.answer(one).get(0).hasArrived()).isFalse();
            assertThat(calls.answer(one).get(0).failure().orElseThrow().kind()).isEqualTo(Answer.FailureKind.EMPTY);
            assertThat(calls.answer(one)).containsExactly(Answer.of("there"));
            assertThat(calls.answer(one)).containsExactly(Answer.of("there"));
            assertThat(times).hasValue(3);
        }
    }

    @Test
    void an_answer_is_kept_even_if_a_later_call_ends_the_step() {
        List<Advice> questions = questions(40);
        try (AnswerStore store = store()) {
            Ledger ledger = Ledger.of(Budget.unlimited().withCalls(25), Journal.none());
            Accounts accounts = Accounts.none().withAnswers(store).withLedger(ledger);
            StudentCalls calls = new StudentCalls(new Noting(), LIMITS, accounts);
            assertThatThrownBy(() -> calls.answer(questions))
                    .isInstanceOf(BudgetSpentException.class)
                    .hasMessage("the budget of 25 calls has no room for another call: 25 are spent or reserved, and the"
                            + " call may take 1");
            assertThat(asked).hasSize(25);
            assertThat(ledger.spent().cost().calls()).isEqualTo(25);
            asked.clear();
            StudentCalls richer =
                    new StudentCalls(new Noting(), LIMITS, Accounts.none().withAnswers(store));
            assertThat(richer.answer(questions)).doesNotContainNull().hasSize(40);
            assertThat(asked).hasSize(15);
        }
    }

    @Test
    void a_batch_that_the_budget_does_not_cover_is_not_asked_at_all() {
        Ledger ledger = Ledger.of(Budget.unlimited().withTokens(100), Journal.none());
        StudentCalls calls =
                new StudentCalls(new NotingTogether(), LIMITS, Accounts.none().withLedger(ledger));
        assertThatThrownBy(() -> calls.answer(questions(5))).isInstanceOf(BudgetSpentException.class);
        assertThat(asked).isEmpty();
        assertThat(ledger.spent().cost().calls()).isZero();
        assertThat(calls.answer(questions(4))).hasSize(4);
        assertThat(ledger.spent().cost().tokens()).isEqualTo(4 * 12);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_budget_that_is_spent_ends_a_batch_whose_other_calls_wait_for_their_minute() {
        Ledger ledger = Ledger.of(Budget.unlimited().withCalls(3), Journal.none());
        CallLimits paced = LIMITS.withConcurrency(32).withRequestsPerMinute(3000);
        Noting slow = new Noting() {
            @Override
            public Answer answer(Advice advice) {
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                return super.answer(advice);
            }
        };
        StudentCalls calls = new StudentCalls(slow, paced, Accounts.none().withLedger(ledger));
        assertThatThrownBy(() -> calls.answer(questions(12))).isInstanceOf(BudgetSpentException.class);
        assertThat(asked).hasSize(3);
        assertThat(ledger.spent().cost().calls()).isEqualTo(3);
    }

    @Test
    void a_batch_that_was_sent_and_failed_is_paid_for() {
        for (RuntimeException thrown : List.of(new IllegalStateException("batch lost"), new WstException("closed"))) {
            Noting failing = new Noting() {
                @Override
                public Optional<List<Answer>> answerTogether(List<Advice> batch) {
                    if (batch.isEmpty()) {
                        return Optional.of(List.of());
                    }
                    throw thrown;
                }
            };
            Ledger ledger = Ledger.of(Budget.unlimited().withCalls(5), Journal.none());
            StudentCalls calls =
                    new StudentCalls(failing, LIMITS, Accounts.none().withLedger(ledger));
            if (thrown instanceof WstException) {
                assertThatThrownBy(() -> calls.answer(questions(3))).isSameAs(thrown);
            } else {
                assertThat(calls.answer(questions(3)))
                        .hasSize(3)
                        .allMatch(one -> one.failure().orElseThrow().kind() == Answer.FailureKind.ERROR
                                && one.failure().orElseThrow().message().endsWith("batch lost"));
            }
            assertThat(ledger.spent().cost().calls()).isEqualTo(3);
            assertThat(ledger.spent().cost().tokens()).as("their bounds").isEqualTo(3 * 25);
            assertThatThrownBy(() -> calls.answer(questions(3)))
                    .as("no room for three more")
                    .isInstanceOf(BudgetSpentException.class);
            assertThat(ledger.spent().cost().calls()).isEqualTo(3);
        }
    }

    @Test
    void a_batch_with_too_few_answers_is_paid_for() {
        Noting tooFew = new Noting() {
            @Override
            public Optional<List<Answer>> answerTogether(List<Advice> batch) {
                return Optional.of(batch.stream().skip(1).map(this::answer).toList());
            }
        };
        Ledger ledger = Ledger.of(Budget.unlimited().withCalls(5), Journal.none());
        StudentCalls calls = new StudentCalls(tooFew, LIMITS, Accounts.none().withLedger(ledger));
        assertThatThrownBy(() -> calls.answer(questions(3)))
                .isInstanceOf(WstException.class)
                .hasMessageContaining("2 answers to 3 questions");
        assertThat(ledger.spent().cost().calls()).isEqualTo(3);
    }

    @Test
    void nobody_is_paid_who_was_not_reached_whether_a_student_says_so_or_throws() {
        for (boolean together : List.of(true, false)) {
            Noting away = new Noting() {
                @Override
                public Answer answer(Advice advice) {
                    throw new IllegalStateException(new ConnectException("refused"));
                }

                @Override
                public Optional<List<Answer>> answerTogether(List<Advice> batch) {
                    return together
                            ? Optional.of(batch.stream().map(this::answer).toList())
                            : Optional.empty();
                }
            };
            Ledger ledger = Ledger.of(Budget.unlimited().withCalls(5), Journal.none());
            StudentCalls calls = new StudentCalls(away, LIMITS, Accounts.none().withLedger(ledger));
            assertThat(calls.answer(questions(2)))
                    .allMatch(one -> one.failure().orElseThrow().kind() == Answer.FailureKind.UNREACHABLE);
            assertThat(ledger.spent().cost().calls()).isZero();
        }
    }

    @Test
    void every_try_is_paid_for() {
        AtomicInteger times = new AtomicInteger();
        Noting slow = new Noting() {
            @Override
            public Answer answer(Advice advice) {
                return switch (times.getAndIncrement()) {
                    case 0 -> Answer.failed(Answer.FailureKind.RATE_LIMIT, "429", Optional.of(Duration.ofMillis(1)));
                    case 1 -> Answer.failed(Answer.FailureKind.ERROR, "reset", Optional.of(Duration.ofMillis(1)));
                    default -> super.answer(advice);
                };
            }
        };
        Ledger ledger = Ledger.of(
                Budget.unlimited().withPrices(PriceTable.in("USD").with("model", "1000", "100000")), Journal.none());
        StudentCalls calls =
                new StudentCalls(slow, LIMITS.withRetries(2), Accounts.none().withLedger(ledger));
        assertThat(calls.answer(questions(1)).get(0).hasArrived()).isTrue();
        assertThat(ledger.spent().cost().calls()).isEqualTo(3);
        // The refused try costs no tokens, the broken one its bound, the last one what was reported.
        assertThat(ledger.spent().cost().inputTokens()).isEqualTo(20 + 10);
        assertThat(ledger.spent().cost().outputTokens()).isEqualTo(5 + 2);
        assertThat(ledger.spent().cost().money()).isEqualByComparingTo(new BigDecimal("0.73"));
    }

    @Test
    void a_store_that_cannot_keep_ends_the_batch_and_blames_nobody_else() throws IOException {
        CountDownLatch gone = new CountDownLatch(1);
        try (AnswerStore store = store()) {
            StudentCalls calls = new StudentCalls(
                    advice -> {
                        try (Stream<Path> files = Files.list(directory)) {
                            for (Path file : new ArrayList<>(files.toList())) {
                                Files.deleteIfExists(file);
                            }
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                        gone.countDown();
                        return Answer.of("there");
                    },
                    LIMITS.withConcurrency(1),
                    Accounts.none().withAnswers(store));
            assertThatThrownBy(() -> calls.answer(questions(3)))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageStartingWith("the answer store "
                            + directory.resolve("answers.sqlite").toAbsolutePath() + " is gone");
            assertThat(gone.getCount()).isZero();
        }
    }
}
