package dev.wst.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.serving.ServingListener.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbstentionTest {
    private final List<Rollout> taught = new ArrayList<>();
    private final List<Rollout> alone = new ArrayList<>();

    private static Rollout rollout(String id, Instruction instruction, Reward reward) {
        return new Rollout(Attempt.of(Task.of(id, "q"), instruction, Answer.of("a")), reward);
    }

    private static Instruction sure(double meanLogProbability) {
        return Instruction.sampled(
                "do so",
                new int[] {1, 2},
                new double[] {meanLogProbability, meanLogProbability},
                Instruction.Ending.STOP);
    }

    private void questions(int count, double sureness, Reward with, Reward without) {
        for (int i = 0; i < count; i++) {
            String id = "t" + taught.size();
            taught.add(rollout(id, sure(sureness), with));
            alone.add(rollout(id, Instruction.none(), without));
        }
    }

    private static boolean teaches(Abstention rule, double sureness) {
        return rule.test(new ServedTeacher.Written("q", Outcome.TAUGHT, "do so", sureness, "0a"));
    }

    @Test
    void it_teaches_as_far_down_as_the_harm_stays_under_the_bound() {
        questions(300, -0.5, Reward.of(1), Reward.of(0));
        questions(300, -1, Reward.of(1), Reward.of(1));
        questions(4, -1.5, Reward.of(0), Reward.of(1));
        questions(96, -1.5, Reward.of(1), Reward.of(0));
        questions(50, -2, Reward.of(0), Reward.of(1));
        questions(50, -2.5, Reward.of(1), Reward.of(0));
        Abstention rule = Abstention.chosenOn(taught, alone, 0.02);
        assertThat(rule.threshold()).isEqualTo(-1.5);
        assertThat(rule.taught()).isEqualTo(700);
        assertThat(rule.harm().mean()).isEqualTo(4 / 800.0, within(1e-12));
        assertThat(rule.harm().high()).isLessThan(0.02);
        assertThat(rule.gain().mean()).isEqualTo((300 + 96 - 4) / 800.0, within(1e-12));
        assertThat(teaches(rule, -1.5)).isTrue();
        assertThat(teaches(rule, -1.51)).isFalse();
        assertThat(rule)
                .hasToString("teaches where the mean log-probability is at least -1.500: 700 of 800 questions, harm "
                        + rule.harm() + ", gain " + rule.gain());
        Abstention stricter = Abstention.chosenOn(taught, alone, 0.01);
        assertThat(stricter.threshold()).isEqualTo(-1);
        assertThat(Abstention.chosenOn(taught, alone, 0.2).taught()).isEqualTo(800);
    }

    @Test
    void a_teacher_that_harms_where_it_is_surest_teaches_nowhere() {
        questions(20, -0.1, Reward.of(0), Reward.of(1));
        questions(380, -3, Reward.of(1), Reward.of(0));
        Abstention rule = Abstention.chosenOn(taught, alone, 0.02);
        assertThat(rule.threshold()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(rule.taught()).isZero();
        assertThat(rule.gain().mean()).isZero();
        assertThat(teaches(rule, -0.01)).isFalse();
    }

    @Test
    void what_has_no_verdict_does_not_count() {
        questions(400, -1, Reward.of(1), Reward.of(0));
        questions(40, -1, Reward.unscored("no answer"), Reward.of(1));
        questions(40, -1, Reward.of(0), Reward.unscored("no answer"));
        Abstention rule = Abstention.chosenOn(taught, alone, 0.02);
        assertThat(rule.taught()).isEqualTo(400);
        assertThat(rule.harm().count()).isEqualTo(400);
    }

    private void refused(double mostHarm, String message) {
        assertThatThrownBy(() -> Abstention.chosenOn(taught, alone, mostHarm))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void too_few_questions_are_refused() {
        questions(100, -1, Reward.of(1), Reward.of(0));
        refused(
                0.02,
                "100 questions with verdicts both ways are too few: if none of them were harmed, a share of 0.037 still could"
                        + " be, and the bound is 0.02; validate on more questions, or allow more harm");
        taught.clear();
        refused(
                0.02,
                "0 questions with verdicts both ways are too few: if none of them were harmed, a share of 1.000 still could"
                        + " be, and the bound is 0.02; validate on more questions, or allow more harm");
    }

    @Test
    void what_is_no_comparison_is_refused() {
        refused(1.5, "the bound on the share of harmed questions should lie between 0 and 1, got 1.5");
        questions(1, -1, Reward.of(1), Reward.of(0));
        alone.add(alone.get(0));
        refused(0.02, "task t0 was answered twice without an instruction; give one rollout for each question");
        alone.clear();
        refused(
                0.02,
                "task t0 should be answered once with and once without an instruction, but has no rollout without");
        alone.add(rollout("t0", Instruction.none(), Reward.of(1)));
        taught.set(0, rollout("t0", Instruction.fixed("do so"), Reward.of(1)));
        refused(
                0.02,
                "the instruction for task t0 was not written by a teacher, so nobody knows how sure one was of it");
    }
}
