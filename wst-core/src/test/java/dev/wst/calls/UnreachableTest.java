package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A student whose server goes away in the middle of a step, and comes back. */
class UnreachableTest {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> pauses = new ArrayList<>();
    private final Ledger ledger = Ledger.of(Budget.unlimited(), Journal.none());

    private static List<Advice> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Advice.of(Task.of("t" + i, "q" + i), Instruction.fixed("go")))
                .toList();
    }

    /** Gone from one call to another, both counted from 0. */
    private StudentClient gone(int from, int to, Answer.FailureKind kind) {
        return advice -> {
            String question = advice.task().prompt();
            int call = asked.size();
            asked.add(question);
            return call >= from && call < to ? Answer.failed(kind, "gone") : Answer.of("answer to " + question);
        };
    }

    private List<Answer> answers(StudentClient student, Duration outage) {
        StudentCalls calls = new StudentCalls(
                student,
                CallLimits.defaults().withConcurrency(1),
                Accounts.none().withLedger(ledger),
                pauses::add);
        return calls.answer(questions(6), outage, "step 1");
    }

    @Test
    void whoever_could_not_be_reached_is_asked_again_and_no_other() {
        List<Answer> answers = answers(gone(2, 7, Answer.FailureKind.UNREACHABLE), Duration.ofMinutes(1));
        assertThat(answers)
                .extracting(Answer::text)
                .containsExactly(
                        "answer to q0", "answer to q1", "answer to q2", "answer to q3", "answer to q4", "answer to q5");
        assertThat(asked).containsExactly("q0", "q1", "q2", "q3", "q4", "q5", "q2", "q3", "q4", "q5", "q2");
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void what_reached_nobody_costs_nothing() {
        answers(gone(2, 7, Answer.FailureKind.UNREACHABLE), Duration.ofMinutes(1));
        assertThat(ledger.spent().cost().calls()).isEqualTo(6);
    }

    @Test
    void a_failure_of_one_question_itself_keeps_no_other_waiting() {
        List<Answer> answers = answers(gone(2, 7, Answer.FailureKind.ERROR), Duration.ofMinutes(1));
        assertThat(answers).filteredOn(Answer::hasArrived).hasSize(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void an_outage_that_lasts_leaves_the_others_answers() {
        List<Answer> answers = answers(gone(2, 1000, Answer.FailureKind.UNREACHABLE), Duration.ofSeconds(7));
        assertThat(answers).filteredOn(Answer::hasArrived).hasSize(2);
        assertThat(answers.get(5).failure().orElseThrow().kind()).isEqualTo(Answer.FailureKind.UNREACHABLE);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void whoever_was_cut_off_is_asked_again_and_each_try_is_paid() {
        List<Answer> answers = answers(gone(2, 7, Answer.FailureKind.BROKEN_OFF), Duration.ofMinutes(1));
        assertThat(answers).allMatch(Answer::hasArrived);
        assertThat(asked).containsExactly("q0", "q1", "q2", "q3", "q4", "q5", "q2", "q3", "q4", "q5", "q2");
        assertThat(ledger.spent().cost().calls()).isEqualTo(11);
    }

    @Test
    void a_question_that_breaks_its_server_each_time_is_given_up_with_its_failure() {
        StudentClient student = advice -> {
            asked.add(advice.task().prompt());
            return advice.task().prompt().equals("q2")
                    ? Answer.failed(Answer.FailureKind.BROKEN_OFF, "header parser received no bytes")
                    : Answer.of("answer");
        };
        List<Answer> answers = answers(student, Duration.ofHours(1));
        assertThat(answers).filteredOn(Answer::hasArrived).hasSize(5);
        assertThat(answers.get(2).failure().orElseThrow().kind()).isEqualTo(Answer.FailureKind.BROKEN_OFF);
        assertThat(asked).hasSize(6 + 6);
        assertThat(pauses).hasSize(6);
    }

    @Test
    void rounds_in_which_nobody_was_there_do_not_count_against_a_question_that_was_cut_off() {
        List<Answer> answers = answers(
                advice -> {
                    asked.add(advice.task().prompt());
                    int round = pauses.size();
                    if (asked.size() < 3 || round == 12) {
                        return Answer.of("answer");
                    }
                    return Answer.failed(
                            round % 2 == 0 ? Answer.FailureKind.BROKEN_OFF : Answer.FailureKind.UNREACHABLE, "gone");
                },
                Duration.ofHours(1));
        assertThat(answers).allMatch(Answer::hasArrived);
    }
}
