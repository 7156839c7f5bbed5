package dev.wst.rewards.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InvalidRequestException;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Task;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** What a judge gives away: no key in what its model throws, and what it is in run.json. */
class JudgeTextsTest {
    private static final String KEY = "sk-proj-0123456789abcdefghij";

    private static Judge judge(RuntimeException failure) {
        FakeModel model = FakeModel.plain(asked -> {
            throw failure;
        });
        return Judge.of(model, "fake-1", ForkJoinPool.commonPool())
                .with(JudgeOptions.defaults().withLimits(CallLimits.defaults().withRetries(0)));
    }

    private static Attempt attempt() {
        return Attempt.of(Task.of("t1", "How much is 1 + 1?", "2"), Instruction.none(), Answer.of("two"));
    }

    @Test
    void a_judge_that_fails_shows_no_key() {
        Reward reward = RubricReward.of(
                        judge(new IllegalStateException("POST with Authorization: Bearer " + KEY + " broke off")),
                        Rubric.of("The answer is right."))
                .score(attempt());
        assertThat(reward.isScored()).isFalse();
        assertThat(reward.reason()).doesNotContain(KEY).contains("POST with Authorization: Bearer [secret] broke off");
    }

    @Test
    void a_judge_that_refuses_shows_no_key() {
        Reward reward = PairwiseReward.againstReference(
                        judge(new InvalidRequestException("no such project for " + KEY)), "The better one wins.")
                .score(attempt());
        assertThat(reward.isScored()).isFalse();
        assertThat(reward.reason()).doesNotContain(KEY).contains("no such project for [secret]");
    }

    @Test
    void what_a_judge_is_asked_by_is_in_its_description_and_no_more() {
        Judge judge = judge(new IllegalStateException("not asked"));
        Rubric rubric = Rubric.of("The answer is right.");
        assertThat(RubricReward.of(judge.with(Accounts.none()), rubric).toString())
                .matches("RubricReward\\[Judge\\[fake-1, calls [0-9a-f]{16}, 1 votes, at least 1, MEAN, seed 0],"
                        + " Rubric\\[\"The answer is right.\", 1 to 10]]")
                .isEqualTo(RubricReward.of(judge, rubric).toString());
        assertThat(PairwiseReward.againstReference(judge, "The better one wins.")
                        .guidedByReference()
                        .toString())
                .endsWith(", against the reference, \"The better one wins.\", guided by the reference]");
    }
}
