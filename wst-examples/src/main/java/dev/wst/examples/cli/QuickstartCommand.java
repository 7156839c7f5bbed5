package dev.wst.examples.cli;

import dev.wst.Seed;
import dev.wst.StudentClient;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RunReader;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainerBuilder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains the embedded teacher against the embedded student and shows what that was worth. */
@Command(
        name = "quickstart",
        description = "Trains the embedded pair in a few minutes and compares on questions never trained on.",
        mixinStandardHelpOptions = true)
public final class QuickstartCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final int HELD_OUT = 200;
    /** Steps that the weights are averaged over: those of a single step may be good for all kinds of question but one. */
    private static final int AVERAGED = 16;

    private static final String ALONE = "student alone";
    private static final String BEFORE = "with the untrained teacher";
    private static final String AFTER = "with the trained teacher";

    @Option(names = "--algorithm", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Algorithms algorithm = Algorithms.ppo;

    @Option(names = "--seed", description = "1 unless given")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--seeds",
            paramLabel = "1-5",
            converter = Seeds.Converter.class,
            description =
                    "do it with each of these seeds and tell of their spread; with --run DIR each leaves its run in"
                            + " DIR/seed-N, and the command given again goes on with what is missing")
    private Optional<Seeds> seeds = Optional.empty();

    @Option(names = "--steps", description = "training steps; default ${DEFAULT-VALUE}")
    private int steps = 150;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "a new directory for metrics, rollouts, adapter and report; runs/quickstart-1, or the next, unless"
                            + " given")
    private Optional<Path> run = Optional.empty();

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        if (seeds.isPresent() && seed.isPresent()) {
            throw new IllegalArgumentException("--seeds takes the place of --seed; give one of the two");
        }
        Path directory = run.orElseGet(QuickstartCommand::unused);
        if (seeds.isPresent()) {
            return series(seeds.get(), directory);
        }
        Optional<Comparison> comparison = one(seed.orElse(1L), directory);
        if (comparison.isEmpty()) {
            return INTERRUPTED;
        }
        show(comparison.get());
        out.println();
        tellOfReport(directory);
        return 0;
    }

    private static Path unused() {
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> Path.of("runs", "quickstart-" + i))
                .filter(path -> !Files.exists(path))
                .findFirst()
                .orElseThrow();
    }

    private void tellOfReport(Path directory) {
        out.println("The report: open " + directory.resolve("report.html").toAbsolutePath());
    }

    private int series(Seeds all, Path directory) {
        SeedOutcomes outcomes = new SeedOutcomes();
        for (long one : all.all()) {
            Path place = directory.resolve("seed-" + one);
            out.println("seed " + one + ":");
            try {
                Optional<Comparison> comparison = one(one, place);
                if (comparison.isEmpty()) {
                    return INTERRUPTED;
                }
                tellOfReport(place);
                outcomes.ended(one, numbers(comparison.get()));
            } catch (RuntimeException e) {
                out.println("seed " + one + " failed: " + e.getMessage());
                outcomes.failed(one, e);
            }
        }
        out.println("Right answers on " + HELD_OUT + " questions never trained on.");
        outcomes.print(out);
        return outcomes.hasFailures() ? 1 : 0;
    }

    private static Map<String, Double> numbers(Comparison comparison) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String arm : List.of(ALONE, BEFORE, AFTER)) {
            numbers.put(arm, comparison.result(arm).reward().mean());
        }
        numbers.put(
                "with the best fixed instruction",
                comparison.result(bestFixed(comparison)).reward().mean());
        return numbers;
    }

    /** Trains, or takes what a series has trained before, compares, and reports; nothing if it was interrupted. */
    private Optional<Comparison> one(long chosen, Path directory) {
        SeedRun before = new SeedRun(directory);
        boolean isTrained = seeds.isPresent() && before.isComplete();
        boolean resumes = seeds.isPresent() && before.exists();
        if (isTrained && before.steps() != steps) {
            throw new IllegalArgumentException("the run in " + directory + " has " + before.steps() + " steps, not "
                    + steps + "; give --steps as then, or another --run");
        }
        Comparison comparison;
        try (TransformerTeacher teacher =
                        isTrained ? EmbeddedPair.trained(directory.resolve("adapter")) : EmbeddedPair.teacher(chosen);
                TransformerTeacher untrained = EmbeddedPair.teacher(chosen);
                TransformerChatModel model = EmbeddedPair.studentModel()) {
            StudentClient student = EmbeddedPair.student(model);
            if (!isTrained) {
                out.println("Training a teacher by " + algorithm + " for " + steps + " steps ...");
                int ended = InterruptOnExit.during(() -> train(teacher, student, chosen, directory, resumes));
                if (ended != 0) {
                    return Optional.empty();
                }
            }
            comparison = compared(teacher, untrained, student, chosen);
        }
        new KeptComparison(comparison, AFTER, Optional.of(BEFORE)).write(directory);
        SavedArguments.write(
                directory,
                "quickstart",
                List.of("--algorithm", algorithm.name(), "--seed", "" + chosen, "--steps", "" + steps));
        Reports.of(RunReader.open(directory)).write();
        return Optional.of(comparison);
    }

    private static Comparison compared(
            TransformerTeacher teacher, TransformerTeacher untrained, StudentClient student, long chosen) {
        List<Comparison.Arm> arms = new ArrayList<>();
        arms.add(Comparison.Arm.none(ALONE));
        // A teacher without a preference would write the same line for every question if it were greedy.
        arms.add(Comparison.Arm.teacher(BEFORE, untrained, EmbeddedPair.sampling(), new Seed(chosen)));
        arms.add(Comparison.Arm.teacher(AFTER, teacher, EmbeddedPair.sampling().withTemperature(0), new Seed(chosen)));
        EmbeddedPair.fixedInstructions()
                .forEach(text -> arms.add(Comparison.Arm.fixed("always \"" + text + "\"", text)));
        Examiner examiner = new Examiner(new StudentCalls(student, CallLimits.defaults()), EmbeddedPair.reward());
        return Comparison.run(EmbeddedPair.heldOut(HELD_OUT, 7), examiner, arms);
    }

    private int train(TransformerTeacher teacher, StudentClient student, long chosen, Path directory, boolean resumes) {
        WstTrainerBuilder trainer = (resumes
                        ? EmbeddedPair.resumed(directory, teacher, student)
                        : EmbeddedPair.run(teacher, student).runDirectory(directory))
                .reward(EmbeddedPair.reward())
                .tasks(EmbeddedPair.training(1000, chosen))
                .algorithm(algorithm == Algorithms.ppo ? EmbeddedPair.ppo() : EmbeddedPair.grpo())
                .averageWeights(AVERAGED)
                .steps(steps)
                .seed(chosen);
        trainer.listener(Display.on(out));
        return trainer.build().fit().interrupted() ? INTERRUPTED : 0;
    }

    private static String bestFixed(Comparison comparison) {
        return comparison.results().stream()
                .filter(r -> r.name().startsWith("always") && r.isScored())
                .max(Comparator.comparingDouble(r -> r.reward().mean()))
                .orElseThrow()
                .name();
    }

    private void show(Comparison comparison) {
        Table table = new Table(out);
        out.println("Right answers on " + HELD_OUT + " questions never trained on, with 95 % intervals:");
        table.print(comparison);
        table.differences(comparison, AFTER, List.of(BEFORE, ALONE, bestFixed(comparison)));
        table.cost(comparison, Optional.empty());
        table.categories(comparison, AFTER, ALONE);
        table.examples(comparison, AFTER, List.of(0, 2, 3));
    }
}
