package dev.wst.rewards;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import java.util.List;
import java.util.stream.Stream;

/** Attempts for tests. */
final class Attempts {
    private Attempts() {}

    /** An attempt at task "t" whose answer is the text. */
    static Attempt answered(String text) {
        return at("t", "be brief", text);
    }

    static Attempt at(String task, String instruction, String answer) {
        return Attempt.of(Task.of(task, "question " + task, "gold"), Instruction.fixed(instruction), Answer.of(answer));
    }

    static List<Attempt> answered(String... texts) {
        return Stream.of(texts).map(Attempts::answered).toList();
    }

    static List<Reward> verdicts(RewardFunction reward, List<Attempt> attempts) {
        return reward.scoreAll(attempts).toCompletableFuture().join();
    }
}
