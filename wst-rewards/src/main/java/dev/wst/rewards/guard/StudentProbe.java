package dev.wst.rewards.guard;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import dev.wst.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The student and the reward that a probe asks once more.
 *
 * <pre>{@code
 * StudentProbe probe = new StudentProbe(student, MathReward.gsm8k(), 1, 8, Duration.ofMinutes(2), threads);
 * Guard blind = new BlindProbe(probe);
 * }</pre>
 *
 * @param student the frozen student of the run
 * @param reward tells right answers: a value of {@code right} or more is right
 * @param right from which reward on an answer is right
 * @param concurrency the most calls under way at once
 * @param timeout of each call
 * @param threads where the calls of a batch are waited for; {@code Runnable::run} waits in the caller
 */
public record StudentProbe(
        StudentClient student,
        RewardFunction reward,
        double right,
        int concurrency,
        Duration timeout,
        Executor threads) {

    public StudentProbe {
        Objects.requireNonNull(student, "student");
        Objects.requireNonNull(reward, "reward");
        Objects.requireNonNull(threads, "threads");
        if (!Double.isFinite(right)) {
            throw new IllegalArgumentException("the reward of a right answer must be a number, got " + right);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, got " + concurrency);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be positive, got " + timeout);
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
    record Trial(Task shown, Task scored, Instruction instruction) {}

    CompletionStage<List<Outcome>> ask(List<Trial> trials) {
        return CompletableFuture.supplyAsync(() -> outcomes(trials), threads);
    }

    private List<Outcome> outcomes(List<Trial> trials) {
        List<Advice> batch = trials.stream()
                .map(trial -> new Advice(Attempt.at(trial.shown(), 0), trial.instruction()))
                .toList();
        List<Answer> answers = student.answerAll(batch, concurrency, timeout);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            Answer answer = answers.get(i);
            outcomes.add(
                    answer.hasArrived()
                            ? outcome(new Advice(Attempt.at(trial.scored(), 0), trial.instruction()).answered(answer))
                            : Outcome.UNKNOWN);
        }
        return outcomes;
    }

    Outcome outcome(Attempt attempt) {
        Reward verdict = reward.score(attempt);
        if (!verdict.isScored()) {
            return Outcome.UNKNOWN;
        }
        return verdict.value() >= right ? Outcome.RIGHT : Outcome.WRONG;
    }
}
