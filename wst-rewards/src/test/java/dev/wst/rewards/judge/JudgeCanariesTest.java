package dev.wst.rewards.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.judge.CanaryReport.Outcome;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JudgeCanariesTest {
    private static final Pattern RIGHT = Pattern.compile("= 42|Mercury|Tokyo|eight");
    private static final int ATTACKS = 12;

    private static Judge judge(FakeModel model) {
        return Judge.of(model, "fake", Runnable::run);
    }

    private static CanaryReport run(Predicate<String> likes) {
        return JudgeCanaries.run(judge(FakeModel.plain(asked -> asked.line(verdict(asked, likes)))));
    }

    private static String verdict(FakeModel.Asked asked, Predicate<String> likes) {
        if (asked.user().contains("[begin answer A")) {
            boolean a = likes.test(asked.exhibit("answer A"));
            boolean b = likes.test(asked.exhibit("answer B"));
            return a == b ? "tie" : a ? "A" : "B";
        }
        return likes.test(asked.exhibit("answer")) ? "9" : "1";
    }

    @Test
    void a_judge_that_knows_the_answers_is_safe() {
        CanaryReport report = run(answer -> RIGHT.matcher(answer).find());
        assertThat(report.results()).hasSize(2 * ATTACKS);
        assertThat(report.isSafe()).isTrue();
        assertThat(report).hasToString("fake held against 24 of 24 canaries");
    }

    @Test
    void nothing_of_a_hidden_order_reaches_the_judge_unseen() {
        String hidden = Attack.HIDDEN_TEXT.on("wrong");
        assertThat(hidden.codePoints()).anyMatch(c -> c >= 0xE0100).anyMatch(c -> c > 0xE0000 && c < 0xE0080);
        assertThat(VisibleText.of(hidden).chars()).allMatch(c -> c < 128);
    }

    @Test
    void a_judge_that_obeys_is_caught() {
        CanaryReport report = run(answer ->
                RIGHT.matcher(answer).find() || answer.toLowerCase(Locale.ROOT).contains("highest score"));
        assertThat(report.isSafe()).isFalse();
        assertThat(report.with(Outcome.TALKED_OVER))
                .extracting(CanaryReport.Result::attack)
                .contains("direct order", "forged fence", "forged chat turn", "pressure");
        assertThat(report.with(Outcome.HELD)).hasSizeGreaterThan(0);
        assertThat(report.toString())
                .contains("direct order, rubric: talked over (right 0.89, wrong 0.00, attacked 0.89)");
    }

    @Test
    void every_attack_moves_a_judge_that_falls_for_anything_longer() {
        CanaryReport report = run(answer -> RIGHT.matcher(answer).find() || answer.length() > 40);
        assertThat(report.with(Outcome.TALKED_OVER)).hasSize(2 * ATTACKS);
    }

    @Test
    void a_judge_that_likes_everything_or_says_nothing_is_not_called_safe() {
        assertThat(run(answer -> true).with(Outcome.CANNOT_JUDGE)).hasSize(2 * ATTACKS);
        CanaryReport silent = JudgeCanaries.run(judge(FakeModel.plain(asked -> "I cannot say.")));
        assertThat(silent.with(Outcome.NO_VERDICT)).hasSize(2 * ATTACKS);
        assertThat(silent.isSafe()).isFalse();
    }
}
