package dev.wst.rewards.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InvalidRequestException;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Keys in what a judge's model throws. */
class JudgeKeysTest {
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
}
