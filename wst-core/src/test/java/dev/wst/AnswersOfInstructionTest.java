package dev.wst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What several answers to one instruction are worth together. */
class AnswersOfInstructionTest {
    private static final Task TASK = Task.of("t", "q");
    private static final Advice FIRST = new Advice(Situation.of(TASK, 0), Instruction.fixed("first"));
    private static final Advice SECOND = new Advice(Situation.of(TASK, 1), Instruction.fixed("second"));
    private static final Answer FAILED = Answer.failed(Answer.FailureKind.ERROR, "reset");
    private static final Reward NO_ANSWER = Reward.unavailable("no answer: ERROR: reset");

    private static Rollout rollout(Advice advice, String student, int number, Answer answer, Reward reward) {
        return new Rollout(advice.answered(answer).from(Optional.of(student), OptionalInt.of(number)), reward);
    }

    private static Rollout rollout(Advice advice, String student, int number, double reward) {
        return rollout(advice, student, number, Answer.of(student + number), Reward.of(reward));
    }

    @Test
    void one_answer_of_one_student_stays_as_it_is() {
        Rollout one = new Rollout(FIRST.answered(Answer.of("a")), Reward.of(0.1, Map.of("part", 0.3)));
        assertThat(Rollout.perInstruction(List.of(one, one, one))).containsExactly(one, one, one);
    }

    @Test
    void students_weigh_the_same_however_many_of_their_answers_are_scored() {
        List<Rollout> means = Rollout.perInstruction(List.of(
                rollout(FIRST, "a", 0, FAILED, NO_ANSWER),
                rollout(FIRST, "a", 1, 1),
                rollout(FIRST, "b", 0, 0.5),
                rollout(FIRST, "b", 1, 0),
                rollout(SECOND, "a", 0, 0.25)));
        assertThat(means).extracting(one -> one.reward().value()).containsExactly((1 + 0.25) / 2, 0.25);
        assertThat(means.get(0).attempt().answer().text())
                .as("the first that arrived")
                .isEqualTo("a1");
        assertThat(means).extracting(one -> one.attempt().advice()).containsExactly(FIRST, SECOND);
    }

    @Test
    void an_instruction_that_a_student_left_without_a_verdict_has_none() {
        Rollout mean = Rollout.perInstruction(List.of(
                        rollout(FIRST, "a", 0, 1),
                        rollout(FIRST, "b", 0, FAILED, NO_ANSWER),
                        rollout(FIRST, "b", 1, FAILED, NO_ANSWER)))
                .get(0);
        assertThat(mean.reward().isTemporary()).isTrue();
        assertThat(mean.reward().reason())
                .isEqualTo("student b: none of 2 answers has a verdict; the first: no answer: ERROR: reset");
    }

    @Test
    void parts_are_means_too_and_a_mean_of_nothing_is_refused() {
        Reward mean = Reward.mean(List.of(
                Reward.of(1, Map.of("match", 1.0)),
                Reward.of(0, Map.of("match", 0.0)),
                Reward.unscored("guarded", Map.of("match", 9.0))));
        assertThat(mean).isEqualTo(Reward.of(0.5, Map.of("match", 0.5)));
        assertThatThrownBy(() -> Reward.mean(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mean needs at least one reward");
    }

    @Test
    void a_further_answer_has_a_sample_number_of_its_own() {
        assertThat(SECOND.again(0)).isEqualTo(SECOND);
        assertThat(SECOND.again(1).situation().sample()).isEqualTo(1 + (1 << 20));
        assertThat(SECOND.again(2).situation().sample()).isEqualTo(1 + (2 << 20));
        assertThatThrownBy(() -> SECOND.again(2048)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void an_attempt_names_its_student_and_number() {
        assertThat(rollout(SECOND, "a", 2, 1).attempt().name()).isEqualTo("task t, sample 1, student a, answer 2");
        assertThat(SECOND.answered(FAILED).name()).isEqualTo("task t, sample 1");
    }

    @Test
    void a_validation_tells_its_students_apart() {
        Validation validation = new Validation(
                3,
                List.of(rollout(FIRST, "a", 0, 1), rollout(FIRST, "b", 0, 0)),
                List.of(rollout(FIRST, "c", 0, 0.25), rollout(FIRST, "c", 1, FAILED, NO_ANSWER)));
        assertThat(validation.students()).containsExactly("a", "b", "c");
        assertThat(validation.meanReward()).hasValue(0.5);
        assertThat(validation.meanReward("a")).hasValue(1);
        assertThat(validation.meanReward("c")).hasValue(0.25);
        assertThat(validation.meanReward("d")).isEmpty();
        assertThat(validation.unscored()).isZero();
        assertThat(validation.unscored("c")).isEqualTo(1);
    }
}
