package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.InterruptedRunException;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.StudentClient;
import dev.wst.TeacherPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Attempts become rollouts: the teacher writes, the student answers, the reward judges. An attempt whose answer did not
 * arrive is unscored and never shown to the reward.
 */
final class RolloutStage {
    private final TeacherPolicy teacher;
    private final StudentClient student;
    private final RewardFunction reward;
    private final int concurrency;
    private final Duration timeout;

    RolloutStage(
            TeacherPolicy teacher, StudentClient student, RewardFunction reward, int concurrency, Duration timeout) {
        this.teacher = teacher;
        this.student = student;
        this.reward = reward;
        this.concurrency = concurrency;
        this.timeout = timeout;
    }

    /** One rollout for each attempt, in order. */
    List<Rollout> run(List<Attempt> attempts, Sampling sampling, Seed seed) {
        List<Advice> advice = teacher.write(attempts, sampling, seed);
        stopIfInterrupted();
        List<Answer> answers = student.answerAll(advice, concurrency, timeout);
        if (answers.size() != advice.size()) {
            throw new TrainingException("the student gave " + answers.size() + " answers to " + advice.size()
                    + " questions; answerAll must give one for each, in order");
        }
        stopIfInterrupted();
        List<Attempt> finished = new ArrayList<>();
        for (int i = 0; i < advice.size(); i++) {
            finished.add(advice.get(i).answered(answers.get(i)));
        }
        return judge(finished);
    }

    private List<Rollout> judge(List<Attempt> finished) {
        List<Attempt> arrived =
                finished.stream().filter(a -> a.answer().hasArrived()).toList();
        List<Rollout> judged = arrived.isEmpty() ? List.of() : verdicts(arrived);
        List<Rollout> all = new ArrayList<>();
        int next = 0;
        for (Attempt attempt : finished) {
            if (attempt.answer().hasArrived()) {
                all.add(judged.get(next++));
            } else {
                Answer.Failure failure = attempt.answer().failure().orElseThrow();
                all.add(new Rollout(
                        attempt, Reward.unscored("no answer: " + failure.kind() + ": " + failure.message())));
            }
        }
        return all;
    }

    private List<Rollout> verdicts(List<Attempt> arrived) {
        CompletableFuture<List<Rollout>> pending = reward.scoreAll(arrived).toCompletableFuture();
        List<Rollout> judged;
        try {
            judged = pending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for rewards");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RewardException known
                    ? known
                    : new RewardException("the reward function failed: " + e.getCause(), e);
        }
        if (judged.size() != arrived.size()) {
            throw new RewardException(
                    "the reward function was asked about " + arrived.size() + " attempts and answered " + judged.size()
                            + "; scoreAll must give one rollout for each, in order");
        }
        for (int i = 0; i < judged.size(); i++) {
            if (!judged.get(i).attempt().equals(arrived.get(i))) {
                throw new RewardException("the reward function answered for another attempt in place " + i
                        + ": expected task " + arrived.get(i).task().id() + ", sample "
                        + arrived.get(i).sample() + ", got task "
                        + judged.get(i).attempt().task().id() + ", sample "
                        + judged.get(i).attempt().sample());
            }
        }
        return judged;
    }

    static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedRunException("interrupted between two stages");
        }
    }
}
