package dev.wst.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A student that remembers what it was asked in another process. */
class KeptStudentTest {
    @TempDir
    Path directory;

    private final List<String> asked = new ArrayList<>();

    private final StudentClient alone = new StudentClient() {
        @Override
        public Answer answer(Advice advice) {
            asked.add(advice.task().prompt());
            return advice.task().prompt().equals("fails?")
                    ? Answer.failed(Answer.FailureKind.INVALID_REQUEST, "no")
                    : Answer.of("answer", Answer.Finish.STOP, OptionalInt.of(7), OptionalInt.of(3));
        }

        @Override
        public List<ModelCall> furtherCalls(Advice advice) {
            return List.of(call(advice));
        }
    };

    private final StudentClient together = new StudentClient() {
        @Override
        public Answer answer(Advice advice) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<List<Answer>> answerTogether(List<Advice> batch) {
            batch.forEach(advice -> asked.add(advice.task().prompt()));
            return Optional.of(batch.stream()
                    .map(advice -> Answer.of("to " + advice.task().prompt()))
                    .toList());
        }
    };

    private AnswerStore open() {
        return AnswerStore.open(directory.resolve("kept.sqlite"));
    }

    private static Advice advice(String question, int sample) {
        return new Advice(Situation.of(Task.of(question, question), sample), Instruction.fixed("Do it."));
    }

    private static List<Advice> all(String... questions) {
        return List.of(questions).stream().map(one -> advice(one, 0)).toList();
    }

    @Test
    void what_is_kept_is_not_asked_but_counts_as_if_it_were() {
        List<Advice> batch = List.of(advice("a?", 0), advice("a?", 1), advice("fails?", 0));
        for (int process = 0; process < 2; process++) {
            try (AnswerStore store = open()) {
                Ledger ledger = Ledger.of(Budget.unlimited().withCalls(10), Journal.none());
                StudentClient student = KeptAnswers.of(store, "student").around(alone);
                List<Answer> answers = new StudentCalls(
                                student,
                                CallLimits.defaults().withConcurrency(1),
                                Accounts.none().withLedger(ledger))
                        .answer(batch);
                assertThat(answers).extracting(Answer::hasArrived).containsExactly(true, true, false);
                assertThat(ledger.spent().cost().calls()).isEqualTo(3);
                assertThat(ledger.spent().cost().outputTokens()).isEqualTo(6);
            }
        }
        assertThat(asked).containsExactly("a?", "a?", "fails?", "fails?");
    }

    @Test
    void a_blank_answer_is_asked_for_again() {
        StudentClient silent = advice -> {
            asked.add(advice.task().prompt());
            return Answer.of(" \n");
        };
        try (AnswerStore store = open()) {
            StudentClient student = KeptAnswers.of(store, "student").around(silent);
            student.answer(advice("a?", 0));
            student.answer(advice("a?", 0));
        }
        assertThat(asked).containsExactly("a?", "a?");
    }

    @Test
    void of_a_batch_only_the_rest_is_asked_and_the_order_stays() {
        try (AnswerStore store = open()) {
            StudentClient student = KeptAnswers.of(store, "student").around(together);
            student.answerTogether(all("b?", "d?"));
            assertThat(student.answerTogether(all("a?", "b?", "c?", "d?")).orElseThrow())
                    .extracting(Answer::text)
                    .containsExactly("to a?", "to b?", "to c?", "to d?");
            assertThat(student.answerTogether(all("c?", "a?")).orElseThrow())
                    .extracting(Answer::text)
                    .containsExactly("to c?", "to a?");
        }
        assertThat(asked).containsExactly("b?", "d?", "a?", "c?");
    }

    @Test
    void another_number_of_answers_than_questions_is_refused_and_none_is_kept() {
        try (AnswerStore store = open()) {
            StudentClient many = new StudentClient() {
                @Override
                public Answer answer(Advice advice) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Optional<List<Answer>> answerTogether(List<Advice> batch) {
                    return Optional.of(Collections.nCopies(batch.isEmpty() ? 0 : 3, Answer.of("42")));
                }
            };
            KeptAnswers kept = KeptAnswers.of(store, "student");
            assertThatThrownBy(() -> kept.around(many).answerTogether(all("a?", "b?")))
                    .isInstanceOf(WstException.class)
                    .hasMessage("the student gave 3 answers to 2 questions; answerTogether must give one for each, in"
                            + " order, and nothing of them was kept");
            assertThat(kept.find(many.call(advice("a?", 0)), 0)).isEmpty();
        }
    }

    @Test
    void it_says_of_itself_what_the_student_says() {
        try (AnswerStore store = open()) {
            StudentClient student = KeptAnswers.of(store, "student").around(alone);
            Advice advice = advice("a?", 0);
            assertThat(student.answerTogether(List.of())).isEmpty();
            assertThat(student.call(advice)).isEqualTo(alone.call(advice));
            assertThat(student.furtherCalls(advice)).isEqualTo(alone.furtherCalls(advice));
        }
    }
}
