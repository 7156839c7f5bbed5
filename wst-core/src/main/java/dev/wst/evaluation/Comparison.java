package dev.wst.evaluation;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Several ways of instructing a student, tried on the same questions in the same order.
 *
 * <pre>{@code
 * Comparison comparison = Comparison.run(heldOut, examiner, List.of(
 *         Comparison.Arm.none("student alone"),
 *         Comparison.Arm.fixed("step by step", "Think step by step."),
 *         Comparison.Arm.teacher("teacher", teacher, Sampling.greedy(64), new Seed(17))));
 * }</pre>
 *
 * @param results one for each arm, in order
 */
public record Comparison(List<Result> results) {
    /** @throws IllegalArgumentException if two results are of different questions, or of the same in another order */
    public Comparison {
        results = List.copyOf(results);
        for (Result other : results) {
            results.get(0).requireSameQuestions(other);
        }
    }

    /**
     * One way of instructing a student.
     *
     * @param name in tables
     * @param instruct gives each situation its instruction, in order
     */
    public record Arm(String name, Function<List<Situation>, List<Advice>> instruct) {

        /** The student alone. */
        public static Arm none(String name) {
            return always(name, Instruction.none());
        }

        /** The same text for every question. */
        public static Arm fixed(String name, String text) {
            return always(name, Instruction.fixed(text));
        }

        private static Arm always(String name, Instruction instruction) {
            return new Arm(
                    name,
                    situations -> situations.stream()
                            .map(situation -> new Advice(situation, instruction))
                            .toList());
        }

        /** A teacher. */
        public static Arm teacher(String name, TeacherPolicy policy, Sampling sampling, Seed seed) {
            return new Arm(name, situations -> policy.write(situations, sampling, seed));
        }

        List<Advice> advise(List<Task> tasks) {
            return instruct.apply(
                    tasks.stream().map(task -> Situation.of(task, 0)).toList());
        }
    }

    /**
     * What one arm did.
     *
     * @param rollouts one for each question, in order
     */
    public record Result(String name, List<Rollout> rollouts) {
        public Result {
            rollouts = List.copyOf(rollouts);
        }

        /**
         * Mean reward of the rollouts that have one.
         *
         * @throws IllegalArgumentException if none has
         */
        public Interval reward() {
            return Interval.of(rollouts.stream()
                    .filter(r -> r.reward().isScored())
                    .mapToDouble(r -> r.reward().value())
                    .toArray());
        }

        private void requireSameQuestions(Result other) {
            List<String> ours = questions();
            List<String> theirs = other.questions();
            if (ours.size() != theirs.size()) {
                throw new IllegalArgumentException("arms should be compared on the same questions, but " + name
                        + " has " + ours.size() + " and " + other.name + " has " + theirs.size());
            }
            for (int i = 0; i < ours.size(); i++) {
                if (!ours.get(i).equals(theirs.get(i))) {
                    throw new IllegalArgumentException(
                            "arms should be compared on the same questions in the same order, but"
                                    + " in place " + (i + 1) + " " + name + " has task " + ours.get(i) + " and "
                                    + other.name
                                    + " has task " + theirs.get(i));
                }
            }
        }

        private List<String> questions() {
            return rollouts.stream().map(one -> one.attempt().task().id()).toList();
        }

        /** Whether any rollout has one. */
        public boolean isScored() {
            return unscored() < rollouts.size();
        }

        /** How many have none. */
        public int unscored() {
            return (int) rollouts.stream().filter(r -> !r.reward().isScored()).count();
        }
    }

    /**
     * Puts every arm to the test.
     *
     * @throws dev.wst.WstException if the student does not answer a first question
     * @throws IllegalArgumentException if there are no tasks or arms, or the reward can never judge a task
     */
    public static Comparison run(List<Task> tasks, Examiner examiner, List<Arm> arms) {
        if (tasks.isEmpty() || arms.isEmpty()) {
            throw new IllegalArgumentException(
                    "a comparison needs tasks and arms, got " + tasks.size() + " and " + arms.size());
        }
        examiner.prepare(tasks);
        List<Result> results = new ArrayList<>();
        for (Arm arm : arms) {
            results.add(new Result(arm.name(), examiner.examine(arm.advise(tasks))));
        }
        return new Comparison(results);
    }

    /**
     * One arm's result.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Result result(String name) {
        return results.stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no arm " + name + "; there are "
                        + results.stream().map(Result::name).toList()));
    }

    /**
     * How much more the first arm earned than the second on the same questions; those that either lacks are left out.
     *
     * @throws IllegalArgumentException if no question is left, or there is no arm of that name
     */
    public Interval difference(String first, String second) {
        int[] both = compared(first, second);
        return Interval.ofPairs(rewards(first, both), rewards(second, both));
    }

    /**
     * The share of the questions on which the first arm earned less than the second; those that either lacks are left out.
     *
     * @throws IllegalArgumentException if no question is left, or there is no arm of that name
     */
    public Interval worse(String first, String second) {
        int[] both = compared(first, second);
        double[] a = rewards(first, both);
        double[] b = rewards(second, both);
        return Interval.of(IntStream.range(0, a.length)
                .mapToDouble(i -> a[i] < b[i] ? 1 : 0)
                .toArray());
    }

    private int[] compared(String first, String second) {
        int[] both = inCommon(result(first).rollouts(), result(second).rollouts());
        if (both.length == 0) {
            throw new IllegalArgumentException("no question was scored with both " + first + " and " + second);
        }
        return both;
    }

    private double[] rewards(String name, int[] which) {
        List<Rollout> rollouts = result(name).rollouts();
        return IntStream.of(which)
                .mapToDouble(i -> rollouts.get(i).reward().value())
                .toArray();
    }

    /** Whether there is a question that both arms have a verdict on. */
    public boolean isComparable(String first, String second) {
        return inCommon(result(first).rollouts(), result(second).rollouts()).length > 0;
    }

    private static int[] inCommon(List<Rollout> a, List<Rollout> b) {
        return IntStream.range(0, a.size())
                .filter(i -> a.get(i).reward().isScored() && b.get(i).reward().isScored())
                .toArray();
    }
}
