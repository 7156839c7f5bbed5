package dev.wst.diagnosis;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A run that was never made: eight tasks of four samples a step, a teacher that comes to write the right one of eight instructions,
 * a student that answers by the instruction, and the numbers that belong to it. A test changes one thing of it.
 */
final class SyntheticRun {
    static final int TASKS = 8;
    static final int SAMPLES = 4;
    private static final List<String> INSTRUCTIONS = List.of(
            "Count the letters one by one.",
            "Keep a running total.",
            "Compare each with the best so far.",
            "Go from the last to the first.",
            "Write every second one.",
            "Think of the alphabet.",
            "Work in pairs.",
            "Look at both ends.");

    private final long seed;
    private Writing writing = (step, task, sample, random) ->
            INSTRUCTIONS.get(random.nextDouble() < skill(step) ? kind(task) : random.nextInt(INSTRUCTIONS.size()));
    private Answering answering = (step, task, instruction) -> "By \"" + instruction + "\" " + task.id() + " comes to "
            + (isRight(task, instruction) ? task.reference().orElseThrow() : "nothing");
    private Judging judging = (step, attempt) ->
            Reward.of(isRight(attempt.task(), attempt.instruction().text()) ? 1 : 0);
    private Measuring measuring = (step, values) -> {};
    private IntFunction<String> label = number -> "answer" + number;

    @FunctionalInterface
    interface Writing {
        String text(int step, Task task, int sample, SplittableRandom random);
    }

    @FunctionalInterface
    interface Answering {
        String text(int step, Task task, String instruction);
    }

    @FunctionalInterface
    interface Judging {
        Reward of(int step, Attempt attempt);
    }

    @FunctionalInterface
    interface Measuring {
        void change(int step, Map<String, Double> values);
    }

    SyntheticRun(long seed) {
        this.seed = seed;
    }

    SyntheticRun writing(Writing other) {
        writing = other;
        return this;
    }

    SyntheticRun answering(Answering other) {
        answering = other;
        return this;
    }

    SyntheticRun judging(Judging other) {
        judging = other;
        return this;
    }

    SyntheticRun measuring(Measuring other) {
        measuring = other;
        return this;
    }

    /** From a third to nearly all, over sixty steps. */
    private static double skill(int step) {
        return 0.3 + 0.65 * Math.min(1, step / 60.0);
    }

    static int kind(Task task) {
        return Integer.parseInt(task.attributes().getOrDefault("kind", "0"));
    }

    static boolean isRight(Task task, String instruction) {
        return instruction.equals(INSTRUCTIONS.get(kind(task)));
    }

    /** What is right for the task of a number. */
    SyntheticRun labelling(IntFunction<String> other) {
        label = other;
        return this;
    }

    private Task task(int number) {
        return new Task(
                "t" + number,
                "What do we get if the method that belongs to number " + number + " is used here?",
                Optional.of(label.apply(number)),
                Map.of("kind", "" + number % INSTRUCTIONS.size()));
    }

    List<Rollout> rollouts(int step) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            Task task = task((step - 1) * TASKS + i);
            for (int sample = 0; sample < SAMPLES; sample++) {
                SplittableRandom random = new SplittableRandom(
                        new Seed(seed).derive(task.id()).derive(sample).value());
                String text = writing.text(step, task, sample, random);
                Attempt attempt = new Advice(Situation.of(task, sample), Instruction.fixed(text))
                        .answered(Answer.of(answering.text(step, task, text)));
                rollouts.add(new Rollout(attempt, judging.of(step, attempt)));
            }
        }
        return rollouts;
    }

    StepMetrics metrics(int step, List<Rollout> rollouts) {
        double[] rewards = rollouts.stream()
                .filter(one -> one.reward().isScored())
                .mapToDouble(one -> one.reward().value())
                .toArray();
        double mean = DoubleStream.of(rewards).average().orElse(0);
        double std = Math.sqrt(
                DoubleStream.of(rewards).map(r -> (r - mean) * (r - mean)).sum() / Math.max(1, rewards.length - 1));
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("reward", mean);
        values.put("reward_std", std);
        values.put("frac_reward_zero_std", equalGroups(rollouts));
        parts(rollouts, values);
        values.put("completions/mean_length", 7.0);
        values.put("completions/clipped_ratio", 0.02);
        values.put("objective/kl", 0.05 * step);
        values.put("sampling/sampling_logp_difference/mean", 0.008);
        values.put("loss/value_avg", 0.45 * std * std);
        values.put("policy/clipfrac_avg", 0.08);
        values.put("policy/entropy_avg", Math.max(0.01, 0.4 - 0.006 * step));
        values.put("val/ratio", 1.001);
        measuring.change(step, values);
        return new StepMetrics(step, values);
    }

    private static void parts(List<Rollout> rollouts, Map<String, Double> values) {
        Map<String, List<Double>> parts = new LinkedHashMap<>();
        rollouts.forEach(one -> one.reward()
                .parts()
                .forEach((name, value) ->
                        parts.computeIfAbsent(name, n -> new ArrayList<>()).add(value)));
        parts.forEach((name, all) -> values.put(
                "rewards/" + name + "/mean",
                all.stream().mapToDouble(v -> v).average().orElse(0)));
    }

    private static double equalGroups(List<Rollout> rollouts) {
        return IntStream.range(0, TASKS)
                        .filter(i -> rollouts.subList(i * SAMPLES, (i + 1) * SAMPLES).stream()
                                        .map(Rollout::reward)
                                        .distinct()
                                        .count()
                                == 1)
                        .count()
                / (double) TASKS;
    }

    /** A validation on thirty tasks of which a share is right. */
    static Validation validation(int step, double share) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Task task = Task.of("v" + i, "Question " + i, "answer" + i);
            Attempt attempt = Attempt.of(task, Instruction.fixed("Work it out, " + i + "."), Answer.of("this"));
            rollouts.add(new Rollout(attempt, Reward.of(i < 30 * share ? 1 : 0)));
        }
        return new Validation(step, rollouts);
    }

    /** A watch of a run of so many steps. */
    Diagnosis watched(int steps) {
        return watched(steps, "");
    }

    Diagnosis watched(int steps, String reward) {
        return watched(steps, reward, List.of(validation(0, 0.3)), List.of(validation(steps, 0.9)));
    }

    Diagnosis watched(int steps, String reward, List<Validation> before, List<Validation> after) {
        RunWatch watch = RunWatch.telling(reward, finding -> {});
        before.forEach(watch::onValidation);
        for (int step = 1; step <= steps; step++) {
            List<Rollout> rollouts = rollouts(step);
            watch.onStep(metrics(step, rollouts), rollouts);
        }
        after.forEach(watch::onValidation);
        return watch.diagnosis();
    }
}
