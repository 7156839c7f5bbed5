package dev.wst.evaluation;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.UnavailableException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
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
    /** The draws of a bootstrap are the same for the same rewards. */
    private static final Seed BOOTSTRAP = new Seed(17);

    private static final int MOST_CATEGORIES = 20;

    /** @throws IllegalArgumentException if two results are of different questions, or of the same in another order */
    public Comparison {
        results = List.copyOf(results);
        for (Result other : results) {
            results.get(0).requireSameQuestions(other);
        }
    }

    /** One way of instructing a student. */
    public static final class Arm {
        private final String name;
        private final Function<List<Situation>, Written> write;
        private final int rounds;

        private Arm(Function<List<Situation>, Written> write, String name, int rounds) {
            this.name = Objects.requireNonNull(name, "name");
            this.write = write;
            this.rounds = rounds;
        }

        /**
         * Any way.
         *
         * @param name in tables
         * @param instruct gives each situation its instruction, in order
         */
        public Arm(String name, Function<List<Situation>, List<Advice>> instruct) {
            this(situations -> new Written(instruct.apply(situations), List.of()), name, 1);
        }

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

        /**
         * A model that writes the instructions and may fail to, such as an {@code InstructingModel}. A question whose instruction did
         * not arrive is put to nobody and has no verdict.
         *
         * <pre>{@code
         * InstructingModel large = InstructingModel.of(chatModel, CallLimits.defaults());
         * Comparison.Arm model = Comparison.Arm.model("large model", large::write);
         * }</pre>
         *
         * @param write gives for each situation, in order, the model's answer, whose text is the instruction
         */
        public static Arm model(String name, Function<List<Situation>, List<Answer>> write) {
            return new Arm(situations -> Written.of(situations, write.apply(situations)), name, 1);
        }

        /**
         * The same way in several rounds: it reads the student's draft and instructs again, and the last answer counts. Each round is
         * a call of the student.
         *
         * <pre>{@code
         * Comparison.Arm refined = Comparison.Arm.teacher("two rounds", teacher, Sampling.greedy(64), new Seed(17)).inRounds(2);
         * }</pre>
         *
         * @param count at least 1
         */
        public Arm inRounds(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("an arm has at least 1 round, got " + count);
            }
            return new Arm(write, name, count);
        }

        /** In tables. */
        public String name() {
            return name;
        }

        /**
         * Gives each situation its instruction, in order.
         *
         * @return throws {@link UnavailableException} where a model's instruction did not arrive: the student alone is another arm
         */
        public Function<List<Situation>, List<Advice>> instruct() {
            return situations -> write.apply(situations).complete(name);
        }

        List<Advice> advise(List<Task> tasks) {
            return write(tasks).advice();
        }

        private Written write(List<Task> tasks) {
            return write.apply(tasks.stream().map(task -> Situation.of(task, 0)).toList());
        }

        private Result examine(Written written, Examiner examiner) {
            return rounds > 1
                    ? new Result(
                            name,
                            examiner.judge(
                                    Rounds.after(written.complete(name), rounds, instruct(), examiner::attempts)))
                    : new Result(name, written.examined(examiner), written.replies());
        }
    }

    /**
     * What one arm did.
     *
     * @param rollouts one for each question, in order
     * @param replies of the model that wrote the instructions, one for each question; empty where no model was called for them
     */
    public record Result(String name, List<Rollout> rollouts, List<Answer> replies) {
        public Result {
            rollouts = List.copyOf(rollouts);
            replies = List.copyOf(replies);
            if (!replies.isEmpty() && replies.size() != rollouts.size()) {
                throw new IllegalArgumentException("arm " + name + " has " + rollouts.size() + " questions and "
                        + replies.size() + " replies of the model that instructs; it should have as many, or none");
            }
        }

        /** Of an arm whose instructions no model was called for. */
        public Result(String name, List<Rollout> rollouts) {
            this(name, rollouts, List.of());
        }

        /** What the student's calls took. */
        public TokenCount studentTokens() {
            return TokenCount.of(IntStream.range(0, rollouts.size())
                    .filter(i -> replies.isEmpty() || replies.get(i).hasArrived())
                    .mapToObj(i -> rollouts.get(i).attempt().withDrafts())
                    .flatMap(List::stream)
                    .map(Attempt::answer)
                    .toList());
        }

        /** What the calls took of the model that wrote the instructions, where there is one. */
        public TokenCount instructorTokens() {
            return TokenCount.of(replies);
        }

        private Result of(Predicate<Task> chosen) {
            int[] places = IntStream.range(0, rollouts.size())
                    .filter(i -> chosen.test(rollouts.get(i).attempt().task()))
                    .toArray();
            return new Result(
                    name,
                    IntStream.of(places).mapToObj(rollouts::get).toList(),
                    replies.isEmpty()
                            ? replies
                            : IntStream.of(places).mapToObj(replies::get).toList());
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
     * Puts every arm to the test. All of them write first and the student is asked then, so that a teacher that cannot be loaded costs no
     * call.
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
        List<Written> written = arms.stream().map(arm -> arm.write(tasks)).toList();
        return new Comparison(IntStream.range(0, arms.size())
                .mapToObj(i -> arms.get(i).examine(written.get(i), examiner))
                .toList());
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

    /**
     * One arm against another: the difference with its interval, the questions that went either way, and a test. Those that either
     * lacks are left out.
     *
     * @throws IllegalArgumentException if no question is left, or there is no arm of that name
     */
    public PairedDifference paired(String first, String second) {
        return paired(first, second, 1);
    }

    /**
     * One arm against each of several others, with intervals that hold for all of them at once; those with which it has no question in
     * common are left out.
     *
     * @throws IllegalArgumentException if there is no arm of a name
     */
    public List<PairedDifference> pairedWith(String first, List<String> others) {
        List<String> comparable =
                others.stream().filter(other -> isComparable(first, other)).toList();
        return comparable.stream()
                .map(other -> paired(first, other, comparable.size()))
                .toList();
    }

    /**
     * The same as one of several comparisons that are looked at together, such as one for each part of the questions.
     *
     * @param comparisons how many; at least 1
     * @throws IllegalArgumentException if no question is left, or there is no arm of that name
     */
    public PairedDifference paired(String first, String second, int comparisons) {
        if (comparisons < 1) {
            throw new IllegalArgumentException("there should be at least 1 comparison, got " + comparisons);
        }
        int[] both = compared(first, second);
        double[] a = rewards(first, both);
        double[] b = rewards(second, both);
        double[] differences =
                IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
        int better = (int) Arrays.stream(differences).filter(d -> d > 0).count();
        int worse = (int) Arrays.stream(differences).filter(d -> d < 0).count();
        double level = PairedDifference.level(comparisons);
        return new PairedDifference(
                first,
                second,
                Interval.ofPairs(a, b, level),
                Resampled.interval(differences, level, BOOTSTRAP),
                better,
                worse,
                a.length - better - worse,
                Interval.of(Arrays.stream(differences).map(d -> d < 0 ? 1 : 0).toArray(), level),
                Math.min(1, comparisons * PairedDifference.signTest(better, worse)),
                comparisons);
    }

    /**
     * This comparison cut by an attribute of the tasks, such as MATH's subject or level: for each value the same arms on its questions
     * alone, values in alphabetical order.
     *
     * <pre>{@code
     * compared.by("level").forEach((level, part) -> System.out.println(level + ": " + part.result("alone").reward()));
     * }</pre>
     *
     * @return empty where no task has the attribute; tasks without it are left out
     */
    public SortedMap<String, Comparison> by(String attribute) {
        Function<Task, Optional<String>> value =
                task -> Optional.ofNullable(task.attributes().get(attribute));
        SortedMap<String, Comparison> parts = new TreeMap<>();
        tasks().forEach(task -> value.apply(task)
                .ifPresent(one -> parts.computeIfAbsent(
                        one, same -> of(other -> value.apply(other).equals(Optional.of(same))))));
        return parts;
    }

    /**
     * By each attribute that sorts the questions into two to twenty parts, such as a subject: more are no kinds of question, but
     * names.
     */
    public SortedMap<String, SortedMap<String, Comparison>> categories() {
        SortedMap<String, SortedMap<String, Comparison>> categories = new TreeMap<>();
        tasks().stream()
                .flatMap(task -> task.attributes().keySet().stream())
                .distinct()
                .forEach(attribute -> {
                    SortedMap<String, Comparison> parts = by(attribute);
                    if (parts.size() > 1 && parts.size() <= MOST_CATEGORIES) {
                        categories.put(attribute, parts);
                    }
                });
        return categories;
    }

    private Comparison of(Predicate<Task> chosen) {
        return new Comparison(results.stream().map(result -> result.of(chosen)).toList());
    }

    private List<Task> tasks() {
        return results.isEmpty()
                ? List.of()
                : results.get(0).rollouts().stream()
                        .map(one -> one.attempt().task())
                        .toList();
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
