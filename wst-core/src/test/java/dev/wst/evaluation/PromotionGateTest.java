package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromotionGateTest {
    private static final int QUESTIONS = 400;

    private static Comparison.Result arm(String name, int questions, IntFunction<Reward> rewards) {
        return new Comparison.Result(
                name,
                IntStream.range(0, questions)
                        .mapToObj(i -> new Rollout(
                                Attempt.of(Task.of("t" + i, "q"), Instruction.none(), Answer.of("a")),
                                rewards.apply(i)))
                        .toList());
    }

    private static Reward of(boolean isRight) {
        return Reward.of(isRight ? 1 : 0);
    }

    /** Alone the student is right on the last 100, with the current teacher on 100 more. */
    private static Comparison against(IntFunction<Reward> candidate) {
        return new Comparison(List.of(
                arm("alone", QUESTIONS, i -> of(i >= 300)),
                arm("current", QUESTIONS, i -> of(i >= 200)),
                arm("candidate", QUESTIONS, candidate)));
    }

    private static PromotionGate.Decision decide(IntFunction<Reward> candidate) {
        return PromotionGate.defaults().decide(against(candidate), "candidate", "current", "alone");
    }

    private static List<Integer> unmet(PromotionGate.Decision decision) {
        return IntStream.range(0, decision.reasons().size())
                .filter(i -> decision.reasons().get(i).startsWith("NO"))
                .boxed()
                .toList();
    }

    @Test
    void a_better_candidate_may_replace_the_current_teacher() {
        PromotionGate.Decision decision = decide(i -> of(i >= 150));
        assertThat(decision.isGranted()).isTrue();
        assertThat(decision.overCurrent().mean()).isEqualTo(0.125, within(1e-12));
        assertThat(decision.overAlone().mean()).isEqualTo(0.375, within(1e-12));
        assertThat(decision.harm().mean()).isZero();
        assertThat(decision).hasToString("""
                        granted
                          yes, candidate minus current: 0.125 [0.096, 0.161] on 400 questions; the lower end should be at least -0.02
                          yes, candidate minus alone: 0.375 [0.329, 0.423] on 400 questions; the lower end should be above 0
                          yes, share of questions that candidate makes worse than alone: 0.000 [0.000, 0.010]; the upper end should be at most 0.02
                          yes, questions with a verdict for alone and none for candidate: 0 of 400; the share should be at most 0.02""");
    }

    @Test
    void one_that_is_the_same_may_too_where_the_questions_are_enough_to_see_that() {
        assertThat(decide(i -> of(i >= 200)).isGranted()).isTrue();
        PromotionGate strict = PromotionGate.defaults().withMargin(0.005);
        assertThat(unmet(strict.decide(against(i -> of(i >= 200)), "candidate", "current", "alone")))
                .containsExactly(0);
    }

    @Test
    void a_worse_one_may_not() {
        // 12 questions of 400 less than the current teacher: 0.03 [0.017, 0.052].
        PromotionGate.Decision decision = decide(i -> of(i >= 212));
        assertThat(decision.isGranted()).isFalse();
        assertThat(unmet(decision)).containsExactly(0);
        assertThat(decision.toString())
                .startsWith("refused\n  NO, candidate minus current: -0.030 [-0.052, -0.017] on");
        assertThat(PromotionGate.defaults()
                        .withMargin(0.06)
                        .decide(against(i -> of(i >= 212)), "candidate", "current", "alone")
                        .isGranted())
                .isTrue();
    }

    @Test
    void nor_one_that_is_no_better_than_no_teacher() {
        assertThat(unmet(decide(i -> of(i >= 298)))).containsExactly(0, 1);
    }

    @Test
    void nor_one_that_harms_many_though_it_helps_more() {
        // Wrong on 7 that the student alone has right: 0.018 [0.009, 0.036].
        PromotionGate.Decision decision = decide(i -> of(i < 393));
        assertThat(decision.overCurrent().mean()).isGreaterThan(0.4);
        assertThat(unmet(decision)).containsExactly(2);
        assertThat(PromotionGate.defaults()
                        .withMostHarm(0.04)
                        .decide(against(i -> of(i < 393)), "candidate", "current", "alone")
                        .isGranted())
                .isTrue();
    }

    @Test
    void nor_one_with_which_the_student_does_not_answer() {
        IntFunction<Reward> silent = i -> i < 9 ? Reward.unscored("no answer: TIMEOUT: late") : of(i >= 150);
        assertThat(unmet(decide(silent))).containsExactly(3);
        assertThat(decide(i -> i < 8 ? Reward.unscored("no answer") : of(i >= 150))
                        .isGranted())
                .isTrue();
    }

    @Test
    void too_few_questions_are_refused() {
        Comparison few = new Comparison(List.of(
                arm("alone", 150, i -> of(false)),
                arm("current", 150, i -> of(false)),
                arm("new", 150, i -> of(true))));
        assertThatThrownBy(() -> PromotionGate.defaults().decide(few, "new", "current", "alone"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "150 questions with verdicts for new and alone are too few: if none of them were harmed, a share of"
                                + " 0.025 still could be, and the bound is 0.02; compare on more questions, or allow more harm");
        assertThat(PromotionGate.defaults()
                        .withMostHarm(0.03)
                        .decide(few, "new", "current", "alone")
                        .isGranted())
                .isTrue();
        assertThatThrownBy(() -> decide(i -> Reward.unscored("no answer")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("0 questions with verdicts for candidate and alone are too few");
    }

    @Test
    void bounds_that_no_teacher_could_meet_are_refused() {
        assertThatThrownBy(() -> PromotionGate.defaults().withMargin(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the margin should be above 0, got 0.0;");
        assertThatThrownBy(() -> PromotionGate.defaults().withMostHarm(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the bound on the share of harmed questions should lie between 0 and 1, got 1.0");
    }

    @Test
    void questions_that_are_not_the_same_are_no_comparison() {
        Comparison.Result four = arm("four", 4, i -> of(true));
        assertThatThrownBy(() -> new Comparison(List.of(four, arm("five", 5, i -> of(true)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("arms should be compared on the same questions, but four has 4 and five has 5");
        List<Rollout> swapped = List.of(
                four.rollouts().get(0),
                four.rollouts().get(2),
                four.rollouts().get(1),
                four.rollouts().get(3));
        assertThatThrownBy(() -> new Comparison(List.of(four, new Comparison.Result("swapped", swapped))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "arms should be compared on the same questions in the same order, but in place 2 four has task t1"
                                + " and swapped has task t2");
    }
}
