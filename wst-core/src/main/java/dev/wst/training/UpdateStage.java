package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Reading;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.TeacherPolicy;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
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
    private static final List<String> PPO_LOSS = List.of("loss/policy_avg");
    /** TRL's policy_loss leaves out an entropy bonus, which there is none of here. */
    private static final List<String> GRPO_LOSS = List.of("loss", "policy_loss");

    private final TeacherPolicy teacher;
    private final Optional<ValueFunction> critic;
    private final Algorithm algorithm;
    private final Sampling sampling;
    private final double temperature;
    private double klCoefficient;
    private boolean any;

    UpdateStage(TeacherPolicy teacher, Optional<ValueFunction> critic, Algorithm algorithm, Sampling sampling) {
        this.teacher = teacher;
        this.critic = critic;
        this.algorithm = algorithm;
        this.sampling = sampling;
        this.temperature = sampling.temperature();
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
        requireFinite(
                "under the present weights",
                advice,
                readings.stream().map(Reading::scores).toList());
        List<Experience> experiences = experiences(rollouts, advice, readings);
        Plan plan = algorithm.plan(experiences, klCoefficient, sampling.maxTokens());
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
        requireFinite("under the reference policy", advice, reference);
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
                if (critic.isPresent()) {
                    // Before the teacher: if either diverges, the teacher has not moved.
                    averages.add(
                            "loss/value_avg",
                            critic.get()
                                    .update(states(readings, minibatch), watched(plan, minibatch, advice, averages)));
                }
                UpdateStats stats = teacher.update(pick(advice, minibatch), plan.policy(minibatch), temperature, step);
                any = true;
                updates++;
                for (String name : algorithm.usesCritic() ? PPO_LOSS : GRPO_LOSS) {
                    averages.add(name, stats.loss());
                }
                averages.add("grad_norm", stats.gradientNorm());
                averages.addAll(plan.drift(minibatch, stats.scores()));
                if (updates == 1 && !readsFirst()) {
                    averages.addAll(SamplingDrift.of(pick(advice, minibatch), stats.scores()));
                    plan = algorithm.plan(
                            found(experiences, minibatch, stats.scores()), klCoefficient, sampling.maxTokens());
                }
                if (plan.approximateKl(minibatch, stats.scores()) > algorithm.klStop()) {
                    stopped = true;
                    break;
                }
            }
        }
        Map<String, Double> metrics = averages.means();
        averages.variance("val/ratio").ifPresent(variance -> metrics.put("val/ratio_var", variance));
        metrics.put("updates", (double) updates);
        if (Double.isFinite(algorithm.klStop())) {
            metrics.put("updates/kl_stopped", stopped ? 1.0 : 0.0);
        }
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

    /** The value loss, held to be finite; beside it, the tokens whose value its clip range decides are counted. */
    private static Objective watched(Plan plan, int[] minibatch, List<Advice> advice, Averages averages) {
        Objective value = plan.value(minibatch);
        return (index, scores) -> {
            TokenSlopes slopes = value.at(index, scores);
            if (!Double.isFinite(slopes.loss())) {
                throw new TrainingDivergedException("the critic's loss for " + name(advice.get(minibatch[index]))
                        + " is " + slopes.loss() + "; no weight was changed");
            }
            for (boolean clipped : plan.clippedValues(minibatch[index], scores.values())) {
                averages.add("val/clipfrac_avg", clipped ? 1 : 0);
            }
            return slopes;
        };
    }

    private static void requireFinite(String where, List<Advice> advice, List<TokenScores> scores) {
        for (int i = 0; i < scores.size(); i++) {
            double[] logProbabilities = scores.get(i).logProbabilities();
            for (int t = 0; t < logProbabilities.length; t++) {
                if (!Double.isFinite(logProbabilities[t])) {
                    throw new TrainingDivergedException("the log-probability of token " + t + " of the instruction for "
                            + name(advice.get(i)) + " is " + logProbabilities[t] + " " + where
                            + "; no weight was changed in this step");
                }
            }
        }
    }

    private static String name(Advice advice) {
        return "task " + advice.task().id() + ", sample " + advice.soFar().sample();
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
