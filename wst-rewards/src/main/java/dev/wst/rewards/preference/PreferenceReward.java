package dev.wst.rewards.preference;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.StudentClient;
import dev.wst.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The score of a preference model, or how much it exceeds that of the same student's answer without an instruction.
 *
 * <pre>{@code
 * RewardFunction reward = PreferenceReward.overUninstructed(model, student, executor, Duration.ofMinutes(1));
 * }</pre>
 *
 * <p>Scores are in deviations from the mean of the training's replies. Only differences of them mean anything: questions
 * differ in what they let a reply score, so prefer the second form, whose value is 0 where the instruction changed nothing.
 * Parts: {@code score} and, in the second form, {@code uninstructed}. Unscored where the embedding model fails or the answer
 * to compare with did not arrive.
 */
public final class PreferenceReward implements RewardFunction {
    private final PreferenceModel model;
    private final Baseline baseline;

    /** Finds what a score is compared with. */
    private interface Baseline {
        CompletableFuture<Compared> answer(Task task);
    }

    /** The answer to compare with, if any. */
    private record Compared(List<Answer> answer) {}

    private PreferenceReward(PreferenceModel model, Baseline baseline) {
        this.model = Objects.requireNonNull(model, "model");
        this.baseline = baseline;
    }

    /** The score itself. */
    public static PreferenceReward of(PreferenceModel model) {
        return new PreferenceReward(model, task -> CompletableFuture.completedFuture(new Compared(List.of())));
    }

    /**
     * The score minus that of the same student's answer without instruction, asked once for each task.
     *
     * @param executor runs the student's calls
     * @param timeout of the student's answer
     */
    public static PreferenceReward overUninstructed(
            PreferenceModel model, StudentClient student, Executor executor, Duration timeout) {
        UninstructedAnswers answers = new UninstructedAnswers(student, executor, timeout);
        return new PreferenceReward(
                model, task -> answers.answer(task).thenApply(answer -> new Compared(List.of(answer))));
    }

    @Override
    public Reward score(Attempt attempt) {
        return baseline.answer(attempt.task())
                .thenApply(compared -> reward(attempt, compared))
                .join();
    }

    /** Asks for all uninstructed answers first, then scores one attempt after another on the thread of the last answer. */
    @Override
    public CompletionStage<List<Rollout>> scoreAll(List<Attempt> attempts) {
        List<CompletableFuture<Compared>> compared = attempts.stream()
                .map(attempt -> baseline.answer(attempt.task()))
                .toList();
        return CompletableFuture.allOf(compared.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    List<Rollout> rollouts = new ArrayList<>();
                    for (int i = 0; i < attempts.size(); i++) {
                        rollouts.add(new Rollout(
                                attempts.get(i),
                                reward(attempts.get(i), compared.get(i).join())));
                    }
                    return rollouts;
                });
    }

    private Reward reward(Attempt attempt, Compared compared) {
        String context = attempt.task().prompt();
        List<Embedder.Text> texts = new ArrayList<>();
        texts.add(new Embedder.Text(context, attempt.answer().text()));
        for (Answer other : compared.answer()) {
            if (!other.hasArrived()) {
                return Reward.unscored(
                        "no answer to compare with: " + other.failure().orElseThrow());
            }
            texts.add(new Embedder.Text(context, other.text()));
        }
        double[] scores;
        try {
            scores = model.scores(texts);
        } catch (RuntimeException e) {
            return Reward.unscored("the embedding model failed: " + e);
        }
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("score", scores[0]);
        if (scores.length == 1) {
            return Reward.of(scores[0], parts);
        }
        parts.put("uninstructed", scores[1]);
        return Reward.of(scores[0] - scores[1], parts);
    }
}
