package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<List<String>> asked = new ArrayList<>();

    private static List<Advice> write(List<Situation> situations) {
        return situations.stream()
                .map(situation -> new Advice(
                        situation,
                        Instruction.fixed(situation.name() + ", after "
                                + situation.earlier().stream()
                                        .map(draft -> draft.answer().text())
                                        .toList())))
                .toList();
    }

    private static Answer answer(Advice advice) {
        int drafts = advice.situation().earlier().size();
        return advice.task().id().equals("b") && drafts == 1
                ? Answer.failed(Answer.FailureKind.TIMEOUT, "too late")
                : Answer.of(advice.task().id() + drafts);
    }

    private List<Attempt> answers(List<Advice> advice) {
        asked.add(advice.stream().map(one -> one.instruction().text()).toList());
        return advice.stream().map(one -> one.answered(answer(one))).toList();
    }

    private static List<Situation> situations(String... ids) {
        return List.of(ids).stream()
                .map(id -> Situation.of(Task.of(id, "question " + id), 0))
                .toList();
    }

    @Test
    void the_teacher_reads_each_draft_before_it_writes_again() {
        List<Attempt> last = Rounds.of(situations("a", "c"), 3, RoundsTest::write, this::answers);
        assertThat(asked)
                .containsExactly(
                        List.of("task a, sample 0, after []", "task c, sample 0, after []"),
                        List.of("task a, sample 0, after [a0]", "task c, sample 0, after [c0]"),
                        List.of("task a, sample 0, after [a0, a1]", "task c, sample 0, after [c0, c1]"));
        assertThat(last).extracting(one -> one.answer().text()).containsExactly("a2", "c2");
        assertThat(last.get(0).situation().earlier())
                .extracting(one -> one.answer().text())
                .containsExactly("a0", "a1");
    }

    @Test
    void a_draft_that_did_not_arrive_ends_its_rounds_and_no_others() {
        List<Attempt> last = Rounds.of(situations("a", "b", "c"), 3, RoundsTest::write, this::answers);
        assertThat(asked.get(2)).hasSize(2);
        assertThat(last).extracting(one -> one.task().id()).containsExactly("a", "b", "c");
        assertThat(last.get(1).answer().failure()).isPresent();
        assertThat(last.get(2).answer().text()).isEqualTo("c2");
    }

    @Test
    void where_no_draft_arrives_nothing_more_is_asked() {
        List<Attempt> last = Rounds.of(
                situations("a"),
                3,
                RoundsTest::write,
                advice -> advice.stream()
                        .map(one -> one.answered(Answer.failed(Answer.FailureKind.TIMEOUT, "too late")))
                        .toList());
        assertThat(last).hasSize(1);
        assertThat(last.get(0).situation().earlier()).isEmpty();
    }

    @Test
    void an_arm_in_rounds_is_judged_by_its_last_answer_and_pays_for_all() {
        StudentClient student = advice -> Answer.of(
                "" + advice.situation().earlier().size(), Answer.Finish.STOP, OptionalInt.of(10), OptionalInt.of(1));
        Examiner examiner = new Examiner(
                new StudentCalls(student, CallLimits.defaults()),
                attempt -> Reward.of(Integer.parseInt(attempt.answer().text())));
        Comparison.Arm once = new Comparison.Arm("once", RoundsTest::write);
        Comparison comparison = Comparison.run(
                List.of(Task.of("a", "question a"), Task.of("c", "question c")),
                examiner,
                List.of(once, new Comparison.Arm("thrice", RoundsTest::write).inRounds(3)));
        assertThat(comparison.result("once").reward().mean()).isZero();
        assertThat(comparison.result("thrice").reward().mean()).isEqualTo(2);
        assertThat(comparison.result("thrice").studentTokens()).isEqualTo(new TokenCount(6, 60, 6, 0));
        assertThat(comparison.result("thrice").rollouts())
                .extracting(Rollout::attempt)
                .extracting(one -> one.situation().earlier().size())
                .containsExactly(2, 2);
        assertThatThrownBy(() -> once.inRounds(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an arm has at least 1 round, got 0");
    }
}
