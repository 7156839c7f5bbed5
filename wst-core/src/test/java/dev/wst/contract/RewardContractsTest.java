package dev.wst.contract;

import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;

/** A lambda and an asynchronous judge. */
class RewardContractsTest {
    private abstract static class Contained extends RewardFunctionContract {
        @Override
        protected Task task() {
            return Task.of("t", "What is 6 times 7?", "42");
        }

        @Override
        protected String better() {
            return "It is 42.";
        }

        @Override
        protected String worse() {
            return "It is 41.";
        }
    }

    @Nested
    class Lambda extends Contained {
        @Override
        protected RewardFunction reward() {
            return attempt -> Reward.of(
                    attempt.answer().text().contains(attempt.task().reference().orElseThrow()) ? 1 : 0);
        }
    }

    @Nested
    class Asynchronous extends Contained {
        @Override
        protected RewardFunction reward() {
            return RewardFunction.async(attempt -> CompletableFuture.supplyAsync(
                    () -> Reward.of(attempt.answer().text().contains("42") ? 1 : 0)));
        }
    }
}
