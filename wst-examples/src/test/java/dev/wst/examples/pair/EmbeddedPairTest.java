package dev.wst.examples.pair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.evaluation.NearCopies;
import dev.wst.student.TransformerChatModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedPairTest {

    @Test
    void the_student_is_mostly_wrong_alone_and_mostly_right_with_the_method_that_fits() {
        List<Task> tasks = EmbeddedPair.heldOut(60, 3);
        try (TransformerChatModel model = EmbeddedPair.studentModel()) {
            Examiner examiner = new Examiner(
                    new StudentCalls(EmbeddedPair.student(model), CallLimits.defaults()), EmbeddedPair.reward());
            Comparison.Arm fitting = new Comparison.Arm(
                    "fitting",
                    attempts -> attempts.stream()
                            .map(a -> new Advice(a, Instruction.fixed(method(a.task(), 0))))
                            .toList());
            Comparison.Arm other = new Comparison.Arm(
                    "other",
                    attempts -> attempts.stream()
                            .map(a -> new Advice(a, Instruction.fixed(method(a.task(), 1))))
                            .toList());
            Comparison comparison =
                    Comparison.run(tasks, examiner, List.of(Comparison.Arm.none("alone"), fitting, other));
            assertThat(comparison.result("alone").reward().mean()).isLessThanOrEqualTo(0.3);
            assertThat(comparison.result("fitting").reward().mean()).isGreaterThanOrEqualTo(0.95);
            assertThat(comparison.result("other").reward().mean()).isLessThanOrEqualTo(0.4);
        }
    }

    /** A method of the kind that comes so many places after the task's own. */
    private static String method(Task task, int places) {
        List<Kind> kinds = List.of(Kind.values());
        int own = kinds.indexOf(
                Kind.valueOf(Optional.ofNullable(task.attributes().get("kind")).orElseThrow()));
        return kinds.get((own + places) % kinds.size()).methods().get(0);
    }

    @Test
    void no_held_out_question_is_taken_for_one_of_training() {
        assertThat(NearCopies.between(EmbeddedPair.training(1000, 1), EmbeddedPair.heldOut(200, 7))
                        .warning())
                .isEmpty();
    }

    @Test
    void no_held_out_question_has_the_items_of_a_training_question() {
        Set<String> trained = EmbeddedPair.training(3000, 1).stream()
                .map(EmbeddedPairTest::items)
                .collect(Collectors.toSet());
        assertThat(EmbeddedPair.heldOut(500, 7))
                .extracting(EmbeddedPairTest::items)
                .doesNotContainAnyElementsOf(trained);
    }

    private static String items(Task task) {
        return task.prompt().substring(task.prompt().indexOf(':'));
    }

    @Test
    void the_same_seed_draws_the_same_questions() {
        assertThat(EmbeddedPair.training(50, 4)).isEqualTo(EmbeddedPair.training(50, 4));
        assertThat(EmbeddedPair.training(50, 4)).isNotEqualTo(EmbeddedPair.training(50, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "1 2. answer: a b c, 1",
        "answer: a b c,      1",
        "answer: x. answer: a b c, 1",
        "answer: a b c answer: x, 0",
        "a b c,              0",
        "answer: a b,        0",
        "answer: a b c d,    0",
    })
    void right_is_what_follows_the_last_mark(String said, double value) {
        Attempt attempt = Attempt.of(Task.of("t", "q", "a b c"), Instruction.none(), Answer.of(said));
        assertThat(EmbeddedPair.reward().score(attempt)).isEqualTo(Reward.of(value));
    }
}
