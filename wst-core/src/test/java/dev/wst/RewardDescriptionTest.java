package dev.wst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What rewards say of themselves: the same in each process. */
class RewardDescriptionTest {
    private record Longer(int than) implements RewardFunction {
        @Override
        public Reward score(Attempt attempt) {
            return Reward.of(attempt.answer().text().length() > than ? 1 : 0);
        }
    }

    private static final class Silent implements RewardFunction {
        @Override
        public Reward score(Attempt attempt) {
            return Reward.of(0);
        }
    }

    @Test
    void a_reward_is_what_its_text_says_or_else_its_class() {
        assertThat(RewardFunction.describe(new Longer(3))).isEqualTo("Longer[than=3]");
        assertThat(RewardFunction.describe(new Silent())).isEqualTo("dev.wst.RewardDescriptionTest$Silent");
    }

    @Test
    void a_lambda_is_where_it_is_written() {
        RewardFunction lambda = attempt -> Reward.of(0);
        assertThat(RewardFunction.describe(lambda)).isEqualTo("dev.wst.RewardDescriptionTest$$Lambda");
        assertThat(RewardFunction.describe(
                        RewardFunction.async(attempt -> CompletableFuture.completedFuture(Reward.of(0)))))
                .isEqualTo("AsyncReward[dev.wst.RewardDescriptionTest$$Lambda]");
    }
}
