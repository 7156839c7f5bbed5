package dev.wst.rl;

import dev.wst.Advice;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.TeacherPolicy;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.TokenScores;
import dev.wst.TrainingDivergedException;
import dev.wst.UpdateStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The scored rollouts that one step learns from [N], its own first and then those of earlier steps, and what an algorithm needs to
 * learn from them: how they were sampled, the numbers of the optimiser, a seed for the order of minibatches.
 */
public final class Batch {
    private final List<Rollout> rollouts;
    private final int own;
    private final List<Group> groups;
    private final List<Advice> advice;
    private final Sampling sampling;
    private final OptimizerStep step;
    private final Seed seed;

    /**
     * @param rollouts scored ones only, at least one
     * @param sampling that their instructions were drawn with
     */
    public Batch(List<Rollout> rollouts, Sampling sampling, OptimizerStep step, Seed seed) {
        this(List.of(List.copyOf(rollouts)), sampling, step, seed, rollouts.size());
    }

    /** @param byStep this step's, then those of the step before it, and so on */
    private Batch(List<List<Rollout>> byStep, Sampling sampling, OptimizerStep step, Seed seed, int own) {
        this.rollouts = byStep.stream().flatMap(List::stream).toList();
        this.own = own;
        this.groups = IntStream.range(0, byStep.size())
                .boxed()
                .flatMap(age -> byStep.get(age).stream().map(rollout -> Group.of(rollout, age)))
                .toList();
        this.advice =
                rollouts.stream().map(rollout -> rollout.attempt().advice()).toList();
        this.sampling = sampling;
        this.step = step;
        this.seed = seed;
    }

    /**
     * With rollouts of earlier steps, which are learned from again: compared with those of their own step, each token with the
     * truncated importance weight of the present policy.
     *
     * @param earlier scored ones, drawn as those of this step were; the step before this one first
     */
    public Batch withEarlier(List<List<Rollout>> earlier) {
        List<List<Rollout>> byStep = new ArrayList<>();
        byStep.add(rollouts.subList(0, own));
        byStep.addAll(earlier);
        return new Batch(byStep, sampling, step, seed, own);
    }

    /**
     * What instructions are compared within: the task, how many drafts the teacher had read, and the step they were drawn in.
     *
     * @param round from 0
     * @param age in steps; 0 for those of this step
     */
    private record Group(String task, int round, int age) {
        static Group of(Rollout rollout, int age) {
            return new Group(
                    rollout.attempt().task().id(),
                    rollout.attempt().situation().earlier().size(),
                    age);
        }
    }

    /** N, those of earlier steps among them. */
    int size() {
        return rollouts.size();
    }

    /** How many are of this step. */
    int own() {
        return own;
    }

    /** All instructions, by their number. */
    int[] all() {
        return IntStream.range(0, size()).toArray();
    }

    /** The longest instruction that could have been sampled. */
    int maxTokens() {
        return sampling.maxTokens();
    }

    double learningRate() {
        return step.learningRate();
    }

    /** What the teacher's present weights say of each instruction. */
    List<Reading> read(TeacherPolicy teacher) {
        List<Reading> readings = teacher.read(advice, sampling.temperature());
        requireFinite("under the present weights", scores(readings));
        return readings;
    }

    static List<TokenScores> scores(List<Reading> readings) {
        return readings.stream().map(Reading::scores).toList();
    }

    /** What the reference policy says of each instruction. */
    List<TokenScores> readReference(TeacherPolicy teacher) {
        List<TokenScores> scores = teacher.scoreReference(advice, sampling.temperature());
        requireFinite("under the reference policy", scores);
        return scores;
    }

    private void requireFinite(String where, List<TokenScores> scores) {
        for (int i = 0; i < scores.size(); i++) {
            double[] logProbabilities = scores.get(i).logProbabilities();
            for (int t = 0; t < logProbabilities.length; t++) {
                if (!Double.isFinite(logProbabilities[t])) {
                    throw new TrainingDivergedException("the log-probability of token " + t + " of the instruction for "
                            + name(i) + " is " + logProbabilities[t] + " " + where
                            + "; no weight was changed in this step");
                }
            }
        }
    }

    /** Which instruction it is, for messages. */
    String name(int instruction) {
        return advice.get(instruction).situation().name();
    }

    /**
     * The instructions as the losses see them.
     *
     * @param before scores under the present weights; empty where the first update finds them
     * @param reference scores under the reference policy; empty where it plays no part
     * @param values [N, T] from the critic; empty without one
     */
    List<Experience> experiences(List<TokenScores> before, List<TokenScores> reference, List<double[]> values) {
        Map<Group, Integer> numbers = new LinkedHashMap<>();
        List<Experience> experiences = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            numbers.putIfAbsent(groups.get(i), numbers.size());
            experiences.add(new Experience(
                    numbers.getOrDefault(groups.get(i), 0),
                    rollouts.get(i).reward().value(),
                    advice.get(i).instruction().tokenCount(),
                    before.isEmpty() ? new double[0] : before.get(i).logProbabilities(),
                    reference.isEmpty() ? new double[0] : reference.get(i).logProbabilities(),
                    values.isEmpty() ? new double[0] : values.get(i),
                    i < own ? new double[0] : advice.get(i).instruction().logProbabilities()));
        }
        return experiences;
    }

    /** Of each task whose rewards differ, the instructions with the highest reward; by their number, ascending. */
    int[] best() {
        Map<Group, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            members.computeIfAbsent(groups.get(i), group -> new ArrayList<>()).add(i);
        }
        return members.values().stream().flatMapToInt(this::best).sorted().toArray();
    }

    private IntStream best(List<Integer> group) {
        double[] rewards = group.stream().mapToDouble(this::reward).toArray();
        double highest = Arrays.stream(rewards).max().orElseThrow();
        return Deviation.isZero(rewards)
                ? IntStream.empty()
                : group.stream().mapToInt(Integer::intValue).filter(i -> reward(i) == highest);
    }

    private double reward(int instruction) {
        return rollouts.get(instruction).reward().value();
    }

    /** Of some instructions together. */
    int tokens(int[] instructions) {
        return Arrays.stream(instructions)
                .map(i -> advice.get(i).instruction().tokenCount())
                .sum();
    }

    /**
     * What each update of the step learns from, in order: every epoch goes through all participants, cut into parts in an
     * order of its own.
     *
     * @param parts of an epoch; at most one for each participant
     * @return instructions by their number, ascending in each minibatch
     */
    List<int[]> minibatches(int[] participants, int epochs, int parts) {
        List<int[]> minibatches = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            minibatches.addAll(minibatches(participants, Math.min(parts, participants.length), seed.derive(epoch)));
        }
        return minibatches;
    }

    private static List<int[]> minibatches(int[] participants, int parts, Seed seed) {
        if (parts == 1) {
            return List.of(participants);
        }
        int[] order = seed.order(participants.length);
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

    /** One update of the teacher on a minibatch. */
    UpdateStats update(TeacherPolicy teacher, int[] minibatch, Objective loss) {
        return teacher.update(pick(advice, minibatch), loss, sampling.temperature(), step);
    }

    /**
     * How far the probabilities at which a minibatch was drawn are from those that were read: of this step's instructions by rounding
     * alone, of those of earlier steps by what was learned since.
     */
    Map<String, Double> samplingDrift(int[] minibatch, List<TokenScores> read) {
        int[] present = IntStream.range(0, minibatch.length)
                .filter(m -> minibatch[m] < own)
                .toArray();
        int[] past = IntStream.range(0, minibatch.length)
                .filter(m -> minibatch[m] >= own)
                .toArray();
        List<Advice> all = pick(advice, minibatch);
        Map<String, Double> drift = new LinkedHashMap<>();
        if (present.length > 0) {
            drift.putAll(SamplingDrift.of(pick(all, present), pick(read, present)));
        }
        if (past.length > 0) {
            drift.putAll(SamplingDrift.weights(pick(all, past), pick(read, past)));
        }
        return drift;
    }

    static <T> List<T> pick(List<T> all, int[] which) {
        return Arrays.stream(which).mapToObj(all::get).toList();
    }
}
