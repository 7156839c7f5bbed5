package dev.wst.examples.figures;

import dev.wst.Instruction;
import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.evaluation.Interval;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.serving.Abstention;
import dev.wst.serving.ServedTeacher;
import dev.wst.serving.ServingListener;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What abstaining saves where a teacher was not trained on a kind of question, and what it costs. */
@Command(
        name = "abstention",
        description =
                "Trains the embedded teacher without one of the five kinds of question, another with each seed, chooses on a"
                        + " validation when not to teach, and tells of fresh questions of all kinds how many are answered worse.",
        mixinStandardHelpOptions = true)
public final class AbstentionFigures implements Callable<Integer> {
    private static final double MOST_HARM = 0.02;
    private static final double LEAST_KEPT = 0.9;
    private static final String KIND = "kind";
    private static final String ALONE = "student alone";
    private static final String EVERYWHERE = "taught everywhere";
    private static final String SURE = "abstaining by confidence";
    private static final String KNOWN = "abstaining by category";

    @Option(names = "--seeds", split = ",", defaultValue = "1,2,3,4,5", description = "Default ${DEFAULT-VALUE}.")
    private List<Long> seeds = List.of();

    @Option(names = "--steps", defaultValue = "200", description = "Training steps; default ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--questions",
            defaultValue = "750",
            description = "To validate on, and as many fresh ones; default ${DEFAULT-VALUE}.")
    private int questions;

    @Override
    public Integer call() {
        boolean isMet = true;
        try (TransformerChatModel model = EmbeddedPair.studentModel()) {
            StudentClient student = EmbeddedPair.student(model);
            for (long seed : seeds) {
                isMet &= run(student, seed);
            }
        }
        System.out.printf(
                "%s: at most %.0f %% of the fresh questions harmed and at least %.0f %% of the gain kept, %s, with every seed%n",
                isMet ? "met" : "MISSED", 100 * MOST_HARM, 100 * LEAST_KEPT, KNOWN);
        return isMet ? 0 : 1;
    }

    private boolean run(StudentClient student, long seed) {
        List<Task> training = EmbeddedPair.training(1000, seed);
        List<String> kinds =
                training.stream().map(AbstentionFigures::kind).distinct().toList();
        String unseen = kinds.get((int) Math.floorMod(seed - 1, (long) kinds.size()));
        List<Task> all = EmbeddedPair.heldOut(2 * questions, 1000 + seed);
        Examiner examiner = new Examiner(new StudentCalls(student, CallLimits.defaults()), EmbeddedPair.reward());
        try (TransformerTeacher teacher = EmbeddedPair.teacher(seed)) {
            train(
                    teacher,
                    student,
                    training.stream().filter(task -> !kind(task).equals(unseen)).toList(),
                    seed);
            List<Comparison.Arm> arms = List.of(
                    Comparison.Arm.none(ALONE),
                    Comparison.Arm.teacher(
                            EVERYWHERE, teacher, EmbeddedPair.sampling().withTemperature(0), new Seed(seed)));
            Comparison validation = Comparison.run(all.subList(0, questions), examiner, arms);
            Comparison fresh = Comparison.run(all.subList(questions, all.size()), examiner, arms);
            List<Rollout> taught = validation.result(EVERYWHERE).rollouts();
            List<Rollout> alone = validation.result(ALONE).rollouts();
            Abstention sure = Abstention.byConfidence(taught, alone, MOST_HARM);
            Abstention known = Abstention.byCategory(taught, alone, MOST_HARM, AbstentionFigures::wording);
            System.out.printf("seed %d, %s left out of training%n  %s%n  %s%n", seed, unseen, sure, known);
            return print(new Comparison(List.of(
                    fresh.result(ALONE),
                    fresh.result(EVERYWHERE),
                    abstaining(SURE, fresh, sure),
                    abstaining(KNOWN, fresh, known))));
        }
    }

    private static String kind(Task task) {
        return Objects.requireNonNull(task.attributes().get(KIND), task.id());
    }

    /** What an app knows of a question: how it is worded, two ways for each kind. */
    private static String wording(String question) {
        return question.substring(0, question.indexOf(':'));
    }

    private void train(TransformerTeacher teacher, StudentClient student, List<Task> training, long seed) {
        EmbeddedPair.run(teacher, student)
                .reward(EmbeddedPair.reward())
                .tasks(training)
                .algorithm(EmbeddedPair.ppo())
                .steps(steps)
                .seed(seed)
                .build()
                .fit();
    }

    /** Taught where the rule says so, alone elsewhere. */
    private static Comparison.Result abstaining(String name, Comparison fresh, Abstention rule) {
        List<Rollout> taught = fresh.result(EVERYWHERE).rollouts();
        List<Rollout> alone = fresh.result(ALONE).rollouts();
        return new Comparison.Result(
                name,
                IntStream.range(0, taught.size())
                        .mapToObj(i -> rule.test(written(taught.get(i))) ? taught.get(i) : alone.get(i))
                        .toList());
    }

    private static ServedTeacher.Written written(Rollout rollout) {
        Instruction instruction = rollout.attempt().instruction();
        return new ServedTeacher.Written(
                rollout.attempt().task().prompt(),
                ServingListener.Outcome.TAUGHT,
                instruction.text(),
                Arrays.stream(instruction.logProbabilities()).average().orElseThrow(),
                "");
    }

    private static boolean print(Comparison fresh) {
        double whole = fresh.difference(EVERYWHERE, ALONE).mean();
        boolean isMet = false;
        for (String name : List.of(EVERYWHERE, SURE, KNOWN)) {
            Interval harm = fresh.worse(name, ALONE);
            Interval gain = fresh.difference(name, ALONE);
            double kept = gain.mean() / whole;
            System.out.printf("  %-26s harmed %s  gain %s  %5.1f %% of the gain%n", name, harm, gain, 100 * kept);
            isMet = harm.mean() <= MOST_HARM && kept >= LEAST_KEPT;
        }
        return isMet;
    }
}
