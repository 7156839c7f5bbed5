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
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class AbstentionTest {
    private final List<Rollout> taught = new ArrayList<>();
    private final List<Rollout> alone = new ArrayList<>();

    private static Rollout rollout(String id, Instruction instruction, Reward reward) {
        return rollout(id, "q", instruction, reward);
    }

    private static Rollout rollout(String id, String question, Instruction instruction, Reward reward) {
        return new Rollout(Attempt.of(Task.of(id, question), instruction, Answer.of("a")), reward);
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

    /** Of one category, which is what the question begins with. */
    private void category(String name, int helped, int harmed, int alike) {
        for (int i = 0; i < helped + harmed + alike; i++) {
            String id = "t" + taught.size();
            double with = i < helped ? 1 : 0;
            double without = i >= helped && i < helped + harmed ? 1 : 0;
            taught.add(rollout(id, name + " " + i, Instruction.fixed("do so"), Reward.of(with)));
            alone.add(rollout(id, name + " " + i, Instruction.none(), Reward.of(without)));
        }
    }

    private Abstention byCategory(double mostHarm) {
        return Abstention.byCategory(taught, alone, mostHarm, AbstentionTest::firstWord);
    }

    private static String firstWord(String question) {
        return question.substring(0, question.indexOf(' '));
    }

    private static boolean teaches(Abstention rule, String question) {
        return rule.test(new ServedTeacher.Written(question, Outcome.TAUGHT, "do so", -1, "0a"));
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
        Abstention rule = Abstention.byConfidence(taught, alone, 0.02);
        assertThat(rule.taught()).isEqualTo(700);
        assertThat(rule.harm().mean()).isEqualTo(4 / 800.0, within(1e-12));
        assertThat(rule.harm().high()).isLessThan(0.02);
        assertThat(rule.gain().mean()).isEqualTo((300 + 96 - 4) / 800.0, within(1e-12));
        assertThat(teaches(rule, -1.5)).isTrue();
        assertThat(teaches(rule, -1.51)).isFalse();
        assertThat(rule)
                .hasToString("teaches where the mean log-probability is at least -1.500: 700 of 800 questions, harm "
                        + rule.harm() + ", gain " + rule.gain());
        Abstention stricter = Abstention.byConfidence(taught, alone, 0.01);
        assertThat(teaches(stricter, -1)).isTrue();
        assertThat(teaches(stricter, -1.01)).isFalse();
        assertThat(Abstention.byConfidence(taught, alone, 0.2).taught()).isEqualTo(800);
    }

    @Test
    void a_question_for_which_nothing_was_written_is_not_taught() {
        questions(400, -1, Reward.of(1), Reward.of(0));
        taught.add(rollout("empty", Instruction.none(), Reward.of(0)));
        alone.add(rollout("empty", Instruction.none(), Reward.of(1)));
        Abstention rule = Abstention.byConfidence(taught, alone, 0.02);
        assertThat(rule.taught()).isEqualTo(400);
        assertThat(rule.harm().mean()).isZero();
        assertThat(rule.harm().count()).isEqualTo(401);
        assertThat(teaches(rule, Double.NaN)).isFalse();
        assertThat(rule).asString().startsWith("teaches where the mean log-probability is at least -1.000:");
    }

    @Test
    void a_teacher_that_harms_where_it_is_surest_teaches_nowhere() {
        questions(20, -0.1, Reward.of(0), Reward.of(1));
        questions(380, -3, Reward.of(1), Reward.of(0));
        Abstention rule = Abstention.byConfidence(taught, alone, 0.02);
        assertThat(rule.taught()).isZero();
        assertThat(rule.gain().mean()).isZero();
        assertThat(teaches(rule, -0.01)).isFalse();
    }

    @Test
    void what_has_no_verdict_does_not_count() {
        questions(400, -1, Reward.of(1), Reward.of(0));
        questions(40, -1, Reward.unscored("no answer"), Reward.of(1));
        questions(40, -1, Reward.of(0), Reward.unscored("no answer"));
        Abstention rule = Abstention.byConfidence(taught, alone, 0.02);
        assertThat(rule.taught()).isEqualTo(400);
        assertThat(rule.harm().count()).isEqualTo(400);
    }

    private void refused(double mostHarm, String message) {
        assertThatThrownBy(() -> Abstention.byConfidence(taught, alone, mostHarm))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void categories_are_taught_in_which_the_teacher_helps() {
        category("sum", 150, 1, 49);
        category("sort", 150, 0, 50);
        category("spell", 60, 52, 88);
        category("greet", 12, 4, 184);
        Abstention rule = byCategory(0.02);
        assertThat(rule.taught()).isEqualTo(400);
        assertThat(rule.harm().mean()).isEqualTo(1 / 800.0, within(1e-12));
        assertThat(rule.harm().high()).isLessThan(0.02);
        assertThat(rule.gain().mean()).isEqualTo(299 / 800.0, within(1e-12));
        assertThat(teaches(rule, "sum 1 2")).isTrue();
        assertThat(teaches(rule, "sort b a")).isTrue();
        assertThat(teaches(rule, "greet me")).isFalse();
        assertThat(teaches(rule, "translate this")).isFalse();
        assertThat(rule)
                .hasToString("teaches the categories [sort, sum] and not [greet, spell]: 400 of 800 questions, harm "
                        + rule.harm() + ", gain " + rule.gain());
    }

    @Test
    void categories_that_harm_most_for_what_they_gain_are_left_out_until_the_bound_is_kept() {
        category("sum", 190, 5, 5);
        category("sort", 60, 5, 135);
        category("spell", 100, 12, 288);
        // All together 22 of 800, which is too much, without the worst of them 10, for 290 - 22 or 250 - 10.
        Abstention rule = byCategory(0.04);
        assertThat(rule).asString().startsWith("teaches the categories [sort, sum] and not [spell]");
        assertThat(byCategory(0.025)).asString().startsWith("teaches the categories [sum] and not [sort, spell]");
        assertThat(byCategory(0.015)).asString().startsWith("teaches the categories [] and not [sort, spell, sum]");
        assertThat(byCategory(0.015).gain().mean()).isZero();
        assertThat(byCategory(0.06).taught()).isEqualTo(800);
    }

    /** Of ten coins that are thrown often enough, one comes up heads too often for chance, as chance has it. */
    @Test
    void more_categories_have_to_help_more() {
        category("sum", 10, 1, 89);
        assertThat(byCategory(0.1).taught()).isEqualTo(100);
        for (int i = 0; i < 9; i++) {
            category("other" + i, 0, 0, 100);
        }
        assertThat(byCategory(0.1).taught()).isZero();
    }

    @Test
    void both_ways_teach_where_each_does() {
        questions(400, -1, Reward.of(1), Reward.of(0));
        Abstention sure = Abstention.byConfidence(taught, alone, 0.02);
        Abstention known = Abstention.byCategory(taught, alone, 0.02, question -> question);
        Predicate<ServedTeacher.Written> both = known.and(sure);
        assertThat(both.test(new ServedTeacher.Written("q", Outcome.TAUGHT, "do so", -1, "0a")))
                .isTrue();
        assertThat(both.test(new ServedTeacher.Written("q", Outcome.TAUGHT, "do so", -2, "0a")))
                .isFalse();
        assertThat(both.test(new ServedTeacher.Written("other", Outcome.TAUGHT, "do so", -1, "0a")))
                .isFalse();
    }

    @Test
    void more_categories_take_more_questions() {
        for (int i = 0; i < 10; i++) {
            category("c" + i, 38, 0, 0);
        }
        assertThatThrownBy(() -> byCategory(0.02))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "380 questions with verdicts both ways are too few: if none of them were harmed, a share of 0.020"
                                + " still could be, and the bound is 0.02; validate on more questions, or allow more harm");
        category("c0", 20, 0, 0);
        assertThat(byCategory(0.02).taught()).isEqualTo(400);
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
