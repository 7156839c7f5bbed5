package dev.wst.diagnosis;

import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Validation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A run until now, as far as diagnosis needs it: numbers of each step, and what validations earned task by task. */
final class History {
    /** Steps that tell what it was like at the beginning: enough for a mean, few enough that little was learned. */
    static final int START = 5;
    /** What counts as more reward than at the beginning, in standard deviations of a single reward there. */
    private static final double RISE = 0.25;

    private final String reward;
    private final boolean isRedacted;
    private final List<Step> steps = new ArrayList<>();
    private final List<Earned> validations = new ArrayList<>();

    /**
     * A step.
     *
     * @param texts empty of a step before a run was resumed, which nobody has told of
     */
    record Step(StepMetrics metrics, Optional<StepTexts> texts) {
        int number() {
            return metrics.step();
        }

        OptionalDouble value(String name) {
            Double value = metrics.values().get(name);
            return value == null || !Double.isFinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }

    /**
     * What a validation earned, and whether its instructions differ.
     *
     * @param rewards by task
     * @param commonest the instruction that most tasks got
     * @param timesCommonest how many
     * @param instructions of all tasks
     */
    record Earned(
            int step,
            Map<String, Double> rewards,
            ByReference byReference,
            String commonest,
            int timesCommonest,
            int instructions) {
        static Earned in(Validation validation) {
            List<Rollout> perInstruction = Rollout.perInstruction(validation.rollouts());
            Map<String, Double> rewards = new LinkedHashMap<>();
            perInstruction.stream()
                    .filter(one -> one.reward().isScored())
                    .forEach(one ->
                            rewards.put(one.attempt().task().id(), one.reward().value()));
            List<String> commonest = StepTexts.commonest(
                    perInstruction.stream().map(Rollout::attempt).toList());
            return new Earned(
                    validation.step(),
                    rewards,
                    ByReference.of(perInstruction),
                    commonest.isEmpty() ? "" : commonest.get(0),
                    commonest.size(),
                    perInstruction.size());
        }
    }

    /**
     * @param reward as it describes itself; empty where that is not known
     * @param isRedacted whether texts are lengths and hashes
     */
    History(String reward, boolean isRedacted) {
        this.reward = reward;
        this.isRedacted = isRedacted;
    }

    void add(StepMetrics metrics, List<Rollout> rollouts) {
        steps.add(new Step(
                metrics, rollouts.isEmpty() ? Optional.empty() : Optional.of(StepTexts.of(rollouts, isRedacted))));
    }

    void add(Validation validation) {
        validations.add(Earned.in(validation));
    }

    /** How the reward describes itself. */
    String reward() {
        return reward;
    }

    List<Earned> validations() {
        return validations;
    }

    /** The last validation, once so many steps are made. */
    Optional<Earned> validatedAfter(int count) {
        return validations.isEmpty()
                ? Optional.empty()
                : Optional.of(validations.get(validations.size() - 1)).filter(one -> one.step() >= count);
    }

    /** The number of the last step; 0 before the first. */
    int last() {
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).number();
    }

    boolean has(int count) {
        return steps.size() >= count;
    }

    List<Step> all() {
        return Collections.unmodifiableList(steps);
    }

    /** The first steps, fewer where there are not so many. */
    List<Step> first() {
        return steps.subList(0, Math.min(START, steps.size()));
    }

    /** The last steps; empty where there are not so many. */
    List<Step> last(int count) {
        return has(count) ? steps.subList(steps.size() - count, steps.size()) : List.of();
    }

    /** What the last rollouts show; empty where there are not so many steps with rollouts. */
    List<StepTexts> texts(int count) {
        List<StepTexts> texts =
                last(count).stream().flatMap(step -> step.texts().stream()).toList();
        return texts.size() == count ? texts : List.of();
    }

    /** The mean over steps that all have this number; empty otherwise, or if there are none. */
    static OptionalDouble mean(List<Step> some, String name) {
        List<Double> values = new ArrayList<>();
        some.forEach(step -> step.value(name).ifPresent(values::add));
        return values.size() < some.size()
                ? OptionalDouble.empty()
                : values.stream().mapToDouble(v -> v).average();
    }

    /** The mean over steps of the first of these numbers that all have. */
    static OptionalDouble mean(List<Step> some, List<String> names) {
        return names.stream()
                .map(name -> mean(some, name))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    /** By how much rewards are above those of the beginning; empty where either is not known. */
    OptionalDouble gain(List<Step> some) {
        OptionalDouble now = mean(some, "reward");
        OptionalDouble then = mean(first(), "reward");
        return now.isPresent() && then.isPresent()
                ? OptionalDouble.of(now.getAsDouble() - then.getAsDouble())
                : OptionalDouble.empty();
    }

    /**
     * Whether more is earned than at the beginning. What would be alarming otherwise (nothing new is tried, answers are all the
     * same) is then what the end of learning looks like.
     */
    boolean hasRisen(List<Step> some) {
        double spread = mean(first(), "reward_std").orElse(0);
        OptionalDouble gain = gain(some);
        return gain.isPresent() && gain.getAsDouble() > RISE * spread;
    }

    /** Whether the algorithm has a critic, and so learns from differences between tasks too. */
    boolean hasCritic() {
        return !steps.isEmpty()
                && steps.get(steps.size() - 1).value("loss/value_avg").isPresent();
    }

    /** Finds a symptom, if it is there now. */
    @FunctionalInterface
    interface Sign {
        Optional<Evidence> in(History history);
    }
}
