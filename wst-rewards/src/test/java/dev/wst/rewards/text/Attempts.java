package dev.wst.rewards.text;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;

/** Attempts for tests. */
final class Attempts {
    /** More than a student should ever write, and of one piece. */
    static final String MEGABYTE = "The answer is 42, as everybody knows. ".repeat(28_000);

    private Attempts() {}

    static Attempt attempt(String instruction, String answer, String reference) {
        return Attempt.of(Task.of("t", "question", reference), Instruction.fixed(instruction), Answer.of(answer));
    }

    static Reward score(RewardFunction reward, String answer, String reference) {
        return reward.score(attempt("", answer, reference));
    }

    static Reward score(RewardFunction reward, String answer) {
        return score(reward, answer, "gold");
    }
}
