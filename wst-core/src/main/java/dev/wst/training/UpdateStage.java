package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Reading;
import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.TeacherPolicy;
import dev.wst.TokenScores;
import dev.wst.UpdateStats;
import dev.wst.ValueFunction;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Experience;
import dev.wst.rl.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Scored rollouts become updates: read them, work out advantages, follow them in epochs and minibatches. */
final class UpdateStage {
    private final TeacherPolicy teacher;
    private final Optional<ValueFunction> critic;
    private final Algorithm algorithm;
    private final double temperature;
    private double klCoefficient;
    private boolean any;

    UpdateStage(TeacherPolicy teacher, Optional<ValueFunction> critic, Algorithm algorithm, double temperature) {
        this.teacher = teacher;
        this.critic = critic;
        this.algorithm = algorithm;
        this.temperature = temperature;
        this.klCoefficient = algorithm.klCoefficient();
    }

    /**
     * One step's updates.
     *
     * @param rollouts scored ones only, at least one
     * @return metrics of the updates
     */
    Map<String, Double> run(List<Rollout> rollouts, OptimizerStep step, Seed seed) {
        List<Advice> advice = rollouts.stream().map(UpdateStage::advice).toList();
        List<Reading> readings = readsFirst() ? teacher.read(advice, temperature) : List.of();
        List<Experience> experiences = experiences(rollouts, advice, readings);
        Plan plan = algorithm.plan(experiences, klCoefficient);
        Map<String, Double> metrics = new LinkedHashMap<>(plan.metrics());
        if (readsFirst()) {
            metrics.putAll(SamplingDrift.of(
                    advice, readings.stream().map(Reading::scores).toList()));
        }
        if (plan.participants().length > 0) {
            metrics.putAll(follow(plan, experiences, advice, readings, step, seed));
        }
        Double kl = plan.metrics().get("objective/kl");
        if (kl != null) {
            klCoefficient = algorithm.nextKlCoefficient(klCoefficient, kl, rollouts.size());
        }
        return metrics;
    }

    /** Whether the teacher's weights were changed at all. */
    boolean any() {
        return any;
    }

    /**
     * Whether the log-probabilities before the updates take a pass of their own. They do not where nothing but the ratios
     * needs them and the first update covers the whole batch: its forward pass finds the same numbers.
     */
    private boolean readsFirst() {
        return algorithm.usesCritic() || algorithm.minibatches() > 1;
    }

    /** What the teacher is trained on in an attempt: its last instruction, and the situation it was written in. */
    private static Advice advice(Rollout rollout) {
        var attempt = rollout.attempt();
        var before = attempt.turns().subList(0, attempt.turns().size() - 1);
        return new Advice(new dev.wst.Attempt(attempt.task(), attempt.sample(), before), attempt.instruction());
    }

    private List<Experience> experiences(List<Rollout> rollouts, List<Advice> advice, List<Reading> readings) {
        List<TokenScores> reference =
                algorithm.usesReference() ? teacher.scoreReference(advice, temperature) : List.of();
        List<double[]> values = critic.map(
                        c -> c.values(readings.stream().map(Reading::states).toList()))
                .orElse(List.of());
        Map<String, Integer> groups = new LinkedHashMap<>();
        List<Experience> experiences = new ArrayList<>();
        for (int i = 0; i < rollouts.size(); i++) {
            String task = rollouts.get(i).attempt().task().id();
            groups.putIfAbsent(task, groups.size());
            experiences.add(new Experience(
                    groups.getOrDefault(task, 0),
                    rollouts.get(i).reward().value(),
                    advice.get(i).instruction().tokenCount(),
                    readings.isEmpty()
                            ? new double[0]
                            : readings.get(i).scores().logProbabilities(),
                    reference.isEmpty() ? new double[0] : reference.get(i).logProbabilities(),
                    values.isEmpty() ? new double[0] : values.get(i)));
        }
        return experiences;
    }

    private Map<String, Double> follow(
            Plan first,
            List<Experience> experiences,
            List<Advice> advice,
            List<Reading> readings,
            OptimizerStep step,
            Seed seed) {
        Plan plan = first;
        Averages averages = new Averages();
        int updates = 0;
        boolean stopped = false;
        for (int epoch = 0; epoch < algorithm.epochs() && !stopped; epoch++) {
            for (int[] minibatch : minibatches(first.participants(), seed.derive(epoch))) {
                Interruption.check("between two updates");
                UpdateStats stats = teacher.update(pick(advice, minibatch), plan.policy(minibatch), temperature, step);
                any = true;
                updates++;
                averages.add(algorithm.usesCritic() ? "loss/policy_avg" : "loss", stats.loss());
                averages.add("grad_norm", stats.gradientNorm());
                averages.addAll(plan.drift(minibatch, stats.scores()));
                if (updates == 1 && !readsFirst()) {
                    averages.addAll(SamplingDrift.of(pick(advice, minibatch), stats.scores()));
                    plan = algorithm.plan(found(experiences, minibatch, stats.scores()), klCoefficient);
                }
                if (critic.isPresent()) {
                    averages.add(
                            "loss/value_avg",
                            critic.get()
                                    .update(states(readings, minibatch), counting(plan.value(minibatch), averages)));
                }
                if (plan.approximateKl(minibatch, stats.scores()) > algorithm.klStop()) {
                    stopped = true;
                    break;
                }
            }
        }
        Map<String, Double> metrics = averages.means();
        metrics.put("updates", (double) updates);
        metrics.put("lr", step.learningRate());
        return metrics;
    }

    private static List<float[][]> states(List<Reading> readings, int[] minibatch) {
        return pick(readings, minibatch).stream().map(Reading::states).toList();
    }

    /** The experiences with the log-probabilities that the first update found. */
    private static List<Experience> found(List<Experience> experiences, int[] minibatch, List<TokenScores> scores) {
        List<Experience> known = new ArrayList<>(experiences);
        for (int m = 0; m < minibatch.length; m++) {
            int i = minibatch[m];
            known.set(i, experiences.get(i).withLogProbabilities(scores.get(m).logProbabilities()));
        }
        return known;
    }

    /** Counts, beside the value loss, the tokens whose value is held back by its clip range. */
    private static Objective counting(Objective value, Averages averages) {
        return (index, scores) -> {
            var slopes = value.at(index, scores);
            for (double slope : slopes.value()) {
                averages.add("val/clipfrac_avg", slope == 0 ? 1 : 0);
            }
            return slopes;
        };
    }

    private List<int[]> minibatches(int[] participants, Seed seed) {
        int parts = Math.min(algorithm.minibatches(), participants.length);
        if (parts == 1) {
            return List.of(participants);
        }
        int[] order = Shuffle.of(participants.length, seed);
        List<int[]> minibatches = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = part * participants.length / parts;
            int to = (part + 1) * participants.length / parts;
            minibatches.add(IntStream.range(from, to)
                    .map(i -> participants[order[i]])
                    .sorted()
                    .toArray());
        }
        return minibatches;
    }

    private static <T> List<T> pick(List<T> all, int[] which) {
        return Arrays.stream(which).mapToObj(all::get).toList();
    }
}
