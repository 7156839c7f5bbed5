package dev.wst.rewards.guard;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.calls.Verdicts;
import dev.wst.rewards.StudentAccess;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The student and the reward that a probe asks once more.
 *
 * <pre>{@code
 * StudentProbe probe = new StudentProbe(StudentAccess.of(student, executor), MathReward.gsm8k(), 1);
 * Guard blind = new BlindProbe(probe);
 * }</pre>
 *
 * @param student the frozen student of the run
 * @param reward tells right answers: a value of {@code right} or more is right
 * @param right from which reward on an answer is right
 */
public record StudentProbe(StudentAccess student, RewardFunction reward, double right) {

    public StudentProbe {
        Objects.requireNonNull(student, "student");
        Objects.requireNonNull(reward, "reward");
        if (!Double.isFinite(right)) {
            throw new IllegalArgumentException("the reward of a right answer must be a number, got " + right);
        }
    }

    /** What came of asking a task with an instruction. */
    enum Outcome {
        RIGHT,
        WRONG,
        /** The student failed, or the reward gave no verdict. */
        UNKNOWN
    }

    /**
     * A question to be put.
     *
     * @param shown what the student sees
     * @param scored what its answer is scored for
     */
    record Trial(Task shown, Task scored, Instruction instruction) {
        private Advice to(Task task) {
            return Advice.of(task, instruction);
        }
    }

    /** The calls that asking again may take, where such an answer comes. */
    List<ModelCall> calls(Trial trial, Answer answer) {
        return Stream.concat(
                        student.calls(trial.to(trial.shown())).stream(),
                        reward.calls(trial.to(trial.scored()).answered(answer)).stream())
                .toList();
    }

    /** What comes of asking again. */
    CompletableFuture<List<Outcome>> ask(List<Trial> trials) {
        List<Advice> shown =
                trials.stream().map(trial -> trial.to(trial.shown())).toList();
        List<Advice> scored =
                trials.stream().map(trial -> trial.to(trial.scored())).toList();
        return student.examine(shown, scored, reward).thenApply(this::outcomes);
    }

    /** What came of the attempts themselves. */
    CompletableFuture<List<Outcome>> own(List<Attempt> attempts) {
        return Verdicts.of(reward, attempts).thenApply(this::outcomes);
    }

    private List<Outcome> outcomes(List<Reward> verdicts) {
        return verdicts.stream().map(this::outcome).toList();
    }

    private Outcome outcome(Reward verdict) {
        if (!verdict.isScored()) {
            return Outcome.UNKNOWN;
        }
        return verdict.value() >= right ? Outcome.RIGHT : Outcome.WRONG;
    }

    @Override
    public String toString() {
        return "StudentProbe[" + student + ", " + RewardFunction.describe(reward) + ", right from " + right + "]";
    }
}
