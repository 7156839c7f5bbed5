package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExaminerTest {
    private static final List<Task> TASKS = List.of(Task.of("a", "one"), Task.of("b", "two"), Task.of("c", "three"));

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> judged = Collections.synchronizedList(new ArrayList<>());
    private final List<String> checked = new ArrayList<>();

    /** Repeats what it was asked, but has no answer to the second question. */
    private final StudentClient student = advice -> {
        asked.add(advice.task().id());
        return advice.task().id().equals("b")
                ? Answer.failed(Answer.FailureKind.CONTENT_FILTER, "withheld")
                : Answer.of(advice.instruction().text() + " " + advice.task().prompt());
    };

    /** As good as the answer is long. */
    private final RewardFunction reward = new RewardFunction() {
        @Override
        public Reward score(Attempt attempt) {
            judged.add(attempt.task().id());
            return Reward.of(attempt.answer().text().length());
        }

        @Override
        public void check(Task task) {
            checked.add(task.id());
            if (task.id().equals("unjudgeable")) {
                throw new WstException("task unjudgeable has no reference");
            }
        }
    };

    private final Examiner examiner = new Examiner(
            new StudentCalls(student, new CallLimits(1, Duration.ofSeconds(5), 0), Accounts.none(), pause -> {}),
            reward);

    private static List<Advice> told(String text) {
        return TASKS.stream()
                .map(task -> Advice.of(task, Instruction.fixed(text)))
                .toList();
    }

    @Test
    void every_question_becomes_a_rollout_and_what_did_not_arrive_is_not_judged() {
        List<Rollout> rollouts = examiner.examine(told("go:"));
        assertThat(rollouts)
                .extracting(rollout -> rollout.attempt().task().id())
                .containsExactly("a", "b", "c");
        assertThat(rollouts.get(0).reward()).isEqualTo(Reward.of("go: one".length()));
        assertThat(rollouts.get(1).reward().isScored()).isFalse();
        assertThat(rollouts.get(2).reward()).isEqualTo(Reward.of("go: three".length()));
        assertThat(judged).containsExactly("a", "c");
    }

    @Test
    void finished_attempts_are_judged_without_asking_anybody() {
        List<Attempt> attempts = told("any").stream()
                .map(advice -> advice.answered(Answer.of("four")))
                .toList();
        assertThat(examiner.judge(attempts))
                .isEqualTo(attempts.stream()
                        .map(attempt -> new Rollout(attempt, Reward.of(4)))
                        .toList());
        assertThat(asked).isEmpty();
    }

    @Test
    void tasks_are_checked_before_the_student_is_asked_its_first_question() {
        examiner.prepare(TASKS);
        assertThat(checked).containsExactly("a", "b", "c");
        assertThat(asked).containsExactly("a");
        List<Task> bad = List.of(TASKS.get(0), Task.of("unjudgeable", "why"));
        assertThatThrownBy(() -> Comparison.run(bad, examiner, List.of(Comparison.Arm.none("alone"))))
                .hasMessage("task unjudgeable has no reference");
        assertThat(asked).as("not once more").hasSize(1);
    }

    @Test
    void a_reward_has_ten_minutes_unless_somebody_says_otherwise() {
        assertThat(examiner.rewardTime()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void an_arm_instructs_every_question_in_its_first_sample() {
        List<Situation> seen = new ArrayList<>();
        Comparison.Arm own = new Comparison.Arm("own", situations -> {
            seen.addAll(situations);
            return situations.stream()
                    .map(situation -> new Advice(situation, Instruction.fixed(situation.name())))
                    .toList();
        });
        assertThat(own.advise(TASKS))
                .extracting(advice -> advice.instruction().text())
                .containsExactly("task a, sample 0", "task b, sample 0", "task c, sample 0");
        assertThat(seen).extracting(Situation::task).isEqualTo(TASKS);
        assertThat(Comparison.Arm.none("alone").advise(TASKS))
                .extracting(Advice::instruction)
                .containsOnly(Instruction.none())
                .hasSize(3);
        assertThat(Comparison.Arm.fixed("told", "work").advise(TASKS)).isEqualTo(told("work"));
        assertThat(Comparison.Arm.fixed("told", "work").name()).isEqualTo("told");
    }
}
