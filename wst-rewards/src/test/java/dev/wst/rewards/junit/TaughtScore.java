package dev.wst.rewards.junit;

import dev.wst.Advice;
import dev.wst.InvalidInputException;
import dev.wst.Precision;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.evaluation.Interval;
import dev.wst.rewards.data.TaskFile;
import dev.wst.serving.ServedTeacher;
import dev.wst.serving.Teaching;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Fails an app's build when its trained teacher helps less than it did. The teacher writes its instructions in the test; the student's
 * answers to them, and those to the bare questions, are found in a file that lies beside the tests, so that a build calls nobody.
 *
 * <pre>{@code
 * class TaughtScoreTest {
 *     @RegisterExtension
 *     static final TaughtScore SCORE = TaughtScore.of(Path.of("models/SmolLM2-135M-Instruct.gguf"), Path.of("models/adapter"))
 *             .tasks(Path.of("src/test/resources/questions.jsonl"))
 *             .student(LangChain4jStudent.of(chatModel))
 *             .reward(MathReward.gsm8k())
 *             .answers(Path.of("src/test/resources/answers.sqlite"))
 *             .atLeast(0.8)
 *             .betterThanAlone()
 *             .build();
 *
 *     @Test
 *     void the_teacher_still_helps(TaughtScore.Result result) {}
 * }
 * }</pre>
 *
 * <p>The answers are recorded by running the test once with the system property {@code wst.record}, as in
 * {@code mvn test -Dtest=TaughtScoreTest -Dwst.record=true}: what is not in the file is asked of the student then, and added. A new
 * adapter writes other instructions, so it takes a new recording; until then the test fails and names what is missing, as it does
 * where a question has no verdict. Without the property the file is not changed.
 *
 * <p>Every test of the class fails where a condition is not met, whether it takes the {@link Result} as a parameter or not.
 * Everything is measured once, before the first of them.
 */
public final class TaughtScore implements BeforeEachCallback, ParameterResolver {
    /** The system property that has answers recorded: {@value}. */
    public static final String RECORD = "wst.record";

    private static final String ALONE = "alone";
    private static final String TAUGHT = "taught";

    private final Builder built;
    private final List<Condition> conditions;
    private Optional<Result> measured = Optional.empty();

    private TaughtScore(Builder built) {
        this.built = built;
        this.conditions = List.copyOf(built.conditions);
    }

    /**
     * A teacher, as it is served: it writes the likeliest instruction of at most 64 tokens, and always in FP32, so that different
     * processors write the same.
     *
     * @param base a GGUF file or a Hugging Face directory
     * @param adapter what training left; whether it is there shows in the test
     */
    public static Builder of(Path base, Path adapter) {
        return new Builder(base, adapter);
    }

    /**
     * What was measured.
     *
     * @param comparison of the arms "alone" and "taught"
     */
    public record Result(Comparison comparison) {
        /** The mean reward with the teacher's instructions. */
        public Interval taught() {
            return comparison.result(TAUGHT).reward();
        }

        /** The mean reward of the student alone. */
        public Interval alone() {
            return comparison.result(ALONE).reward();
        }

        /** How much more is earned with the instructions, question by question. */
        public Interval gain() {
            return comparison.difference(TAUGHT, ALONE);
        }

        /** The share of the questions that are answered worse with an instruction. */
        public Interval harm() {
            return comparison.worse(TAUGHT, ALONE);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Result result = result();
        List<String> unmet = conditions.stream()
                .filter(condition -> !condition.isMet.test(result))
                .map(condition -> condition.complaint.apply(result))
                .toList();
        if (!unmet.isEmpty()) {
            throw new AssertionError("the teacher in " + built.adapter + " should help more, by the answers in "
                    + built.answers() + ":\n  " + String.join("\n  ", unmet));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Result.class;
    }

    @Override
    public Result resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return result();
    }

    private synchronized Result result() {
        if (measured.isEmpty()) {
            measured = Optional.of(measure());
        }
        return measured.get();
    }

    private static boolean records() {
        return !System.getProperty(RECORD, "false").equals("false");
    }

    private Result measure() {
        List<Task> tasks = built.tasks().get();
        try (RecordedAnswers answers = records()
                        ? RecordedAnswers.recording(built.answers())
                        : RecordedAnswers.replaying(built.answers(), howToRecord());
                ServedTeacher teacher = built.serving
                        .apply(ServedTeacher.builder(built.base)
                                .adapter(built.adapter)
                                .precision(Precision.FP32))
                        .build()) {
            Examiner examiner = new Examiner(
                    new StudentCalls(built.student(), built.limits, answers.accounts()),
                    built.reward().apply(answers.accounts()));
            List<Comparison.Arm> arms = List.of(
                    Comparison.Arm.none(ALONE),
                    built.teaching.apply(Teaching.builder(teacher)).build().arm(TAUGHT));
            Comparison comparison = records() ? Comparison.run(tasks, examiner, arms) : found(tasks, examiner, arms);
            comparison.results().forEach(result -> requireVerdicts(result, tasks.size()));
            return new Result(comparison);
        }
    }

    /** All arms at once, so that one message counts what is missing of all. */
    private Comparison found(List<Task> tasks, Examiner examiner, List<Comparison.Arm> arms) {
        tasks.forEach(examiner.reward()::check);
        List<Situation> situations =
                tasks.stream().map(task -> Situation.of(task, 0)).toList();
        List<Advice> all = new ArrayList<>();
        arms.forEach(arm -> all.addAll(arm.instruct().apply(situations)));
        List<Rollout> rollouts;
        try {
            rollouts = examiner.examine(all);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    e.getMessage() + "\nThe answers are looked for in " + built.answers() + "; " + howToRecord(), e);
        }
        List<Comparison.Result> results = new ArrayList<>();
        for (Comparison.Arm arm : arms) {
            int from = results.size() * tasks.size();
            results.add(new Comparison.Result(arm.name(), rollouts.subList(from, from + tasks.size())));
        }
        return new Comparison(results);
    }

    private static String howToRecord() {
        return "to record what is missing, run this test once with -D" + RECORD
                + "=true where the student can be asked, and keep the file with the tests";
    }

    private void requireVerdicts(Comparison.Result result, int questions) {
        if (result.unscored() > 0) {
            throw new InvalidInputException(result.unscored() + " of " + questions + " questions have no verdict, "
                    + result.name() + ", so they cannot tell whether the teacher helps: most often "
                    + Rollout.mostFrequentReason(result.rollouts()).orElseThrow()
                    + "; record again where answers failed, and leave out questions that the reward cannot judge");
        }
    }

    /**
     * What is to hold.
     *
     * @param complaint about a result for which it does not
     */
    private record Condition(Predicate<Result> isMet, Function<Result, String> complaint) {}

    /**
     * Builds a {@link TaughtScore}; made by {@link TaughtScore#of}.
     *
     * <pre>{@code
     * TaughtScore score = TaughtScore.of(Path.of("models/SmolLM2-135M-Instruct.gguf"), Path.of("models/adapter"))
     *         .serving(builder -> builder.sampling(Sampling.greedy(24)))
     *         .teaching(builder -> builder.where(wrote -> wrote.meanLogProbability() > -0.7))
     *         .tasks(heldOut)
     *         .student(student)
     *         .reward(reward)
     *         .answers(Path.of("src/test/resources/answers.sqlite"))
     *         .harmAtMost(0.02)
     *         .build();
     * }</pre>
     */
    public static final class Builder {
        private final Path base;
        private final Path adapter;
        private final List<Condition> conditions = new ArrayList<>();
        private Optional<Supplier<List<Task>>> tasks = Optional.empty();
        private Optional<StudentClient> student = Optional.empty();
        private Optional<Function<Accounts, RewardFunction>> reward = Optional.empty();
        private Optional<Path> answers = Optional.empty();
        private CallLimits limits = CallLimits.defaults();
        private UnaryOperator<ServedTeacher.Builder> serving = UnaryOperator.identity();
        private UnaryOperator<Teaching.Builder> teaching = UnaryOperator.identity();

        private Builder(Path base, Path adapter) {
            this.base = Objects.requireNonNull(base, "base");
            this.adapter = Objects.requireNonNull(adapter, "adapter");
        }

        /** The questions, which the teacher must not have been trained on; at least one. */
        public Builder tasks(List<Task> value) {
            List<Task> all = List.copyOf(value);
            if (all.isEmpty()) {
                throw new IllegalArgumentException("a score needs at least one question, got none");
            }
            tasks = Optional.of(() -> all);
            return this;
        }

        /** The same from a file that {@link TaskFile} reads; what is wrong with it shows in the test. */
        public Builder tasks(Path file) {
            Objects.requireNonNull(file, "file");
            tasks = Optional.of(() -> TaskFile.read(file));
            return this;
        }

        /**
         * Whose answers they are. It is asked when answers are recorded, and otherwise says only what call it would make, since
         * answers are found by that: another model, another sampling or other messages are another call.
         */
        public Builder student(StudentClient value) {
            student = Optional.of(value);
            return this;
        }

        /** How the student is asked when answers are recorded; {@link CallLimits#defaults} unless given. */
        public Builder studentCalls(CallLimits value) {
            limits = Objects.requireNonNull(value, "limits");
            return this;
        }

        /** What the answers are worth. */
        public Builder reward(RewardFunction value) {
            Objects.requireNonNull(value, "reward");
            return rewardFrom(accounts -> value);
        }

        /** The same for one that asks somebody, such as a judge, whose replies are to be recorded in the same file. */
        public Builder rewardFrom(Function<Accounts, RewardFunction> made) {
            reward = Optional.of(made);
            return this;
        }

        /** The file of recorded answers. */
        public Builder answers(Path file) {
            answers = Optional.of(file);
            return this;
        }

        /** How the teacher is served, where the app says more than which teacher it is. */
        public Builder serving(UnaryOperator<ServedTeacher.Builder> how) {
            serving = Objects.requireNonNull(how, "how");
            return this;
        }

        /** How requests are taught, where the app has a rule of when not to teach, or texts around an instruction. */
        public Builder teaching(UnaryOperator<Teaching.Builder> how) {
            teaching = Objects.requireNonNull(how, "how");
            return this;
        }

        /** The mean reward with the teacher's instructions is at least this. */
        public Builder atLeast(double score) {
            conditions.add(new Condition(
                    result -> result.taught().mean() >= score,
                    result -> String.format(
                            Locale.ROOT,
                            "the taught score is %s on %d questions, and should be at least %s",
                            result.taught(),
                            result.taught().count(),
                            score)));
            return this;
        }

        /** With the instructions more is earned than without, by a paired 95 % interval. */
        public Builder betterThanAlone() {
            conditions.add(new Condition(
                    result -> result.gain().low() > 0,
                    result -> String.format(
                            Locale.ROOT,
                            "the taught score %.3f less that of the student alone %.3f is %s on %d questions, and the lower end"
                                    + " should be above 0",
                            result.taught().mean(),
                            result.alone().mean(),
                            result.gain(),
                            result.gain().count())));
            return this;
        }

        /** The share of the questions that are answered worse with an instruction is at most this, by the upper end of its 95 % interval. */
        public Builder harmAtMost(double share) {
            conditions.add(new Condition(
                    result -> result.harm().high() <= share,
                    result -> String.format(
                            Locale.ROOT,
                            "the share of questions that are answered worse for being taught is %s on %d questions, and the upper"
                                    + " end should be at most %s",
                            result.harm(),
                            result.harm().count(),
                            share)));
            return this;
        }

        private Path answers() {
            return answers.orElseThrow(() -> missing("answers(Path)"));
        }

        private Supplier<List<Task>> tasks() {
            return tasks.orElseThrow(() -> missing("tasks(Path)"));
        }

        private StudentClient student() {
            return student.orElseThrow(() -> missing("student(StudentClient)"));
        }

        private Function<Accounts, RewardFunction> reward() {
            return reward.orElseThrow(() -> missing("reward(RewardFunction)"));
        }

        private static IllegalStateException missing(String what) {
            return new IllegalStateException("a taught score needs " + what + ", which was not given");
        }

        /**
         * The extension.
         *
         * @throws IllegalStateException if questions, student, reward, answers or every condition is missing
         */
        public TaughtScore build() {
            Object unused = List.of(tasks(), student(), reward(), answers());
            if (conditions.isEmpty()) {
                throw missing("a condition, such as atLeast(double) or betterThanAlone()");
            }
            return new TaughtScore(this);
        }
    }
}
