package dev.wst.examples.cli;

import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RunReader;
import dev.wst.report.TeachingReport;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainerBuilder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private static final int HELD_OUT = 200;
    private static final String ALONE = "student alone";
    private static final String BEFORE = "with the untrained teacher";
    private static final String AFTER = "with the trained teacher";

    @Option(names = "--algorithm", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Algorithms algorithm = Algorithms.ppo;

    @Option(names = "--seed", description = "default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--steps", description = "training steps; default ${DEFAULT-VALUE}")
    private int steps = 200;

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
        Path directory = run.orElseGet(QuickstartCommand::unused);
        List<Task> heldOut = EmbeddedPair.heldOut(HELD_OUT, 7);
        Sampling greedy = EmbeddedPair.sampling().withTemperature(0);
        try (TransformerTeacher teacher = EmbeddedPair.teacher(seed);
                TransformerTeacher untrained = EmbeddedPair.teacher(seed);
                TransformerChatModel model = EmbeddedPair.studentModel()) {
            StudentClient student = EmbeddedPair.student(model);
            out.println("Training a teacher by " + algorithm + " for " + steps + " steps ...");
            int ended = InterruptOnExit.during(() -> train(teacher, student, directory));
            if (ended != 0) {
                return ended;
            }
            List<Comparison.Arm> arms = new ArrayList<>();
            arms.add(Comparison.Arm.none(ALONE));
            // A teacher without a preference would write the same line for every question if it were greedy.
            arms.add(Comparison.Arm.teacher(BEFORE, untrained, EmbeddedPair.sampling(), new Seed(seed)));
            arms.add(Comparison.Arm.teacher(AFTER, teacher, greedy, new Seed(seed)));
            EmbeddedPair.fixedInstructions()
                    .forEach(text -> arms.add(Comparison.Arm.fixed("always \"" + text + "\"", text)));
            Examiner examiner = new Examiner(new StudentCalls(student, CallLimits.defaults()), EmbeddedPair.reward());
            Comparison comparison = Comparison.run(heldOut, examiner, arms);
            show(comparison);
            new KeptComparison(comparison, AFTER, Optional.of(BEFORE)).write(directory);
        }
        Path page = TeachingReport.of(RunReader.open(directory))
                .madeBy(Reports.commandLine(
                        "quickstart",
                        List.of("--algorithm", algorithm.name(), "--seed", "" + seed, "--steps", "" + steps)))
                .write();
        out.println();
        out.println("The report: open " + page.toAbsolutePath());
        return 0;
    }

    private static Path unused() {
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> Path.of("runs", "quickstart-" + i))
                .filter(path -> !Files.exists(path))
                .findFirst()
                .orElseThrow();
    }

    private int train(TransformerTeacher teacher, StudentClient student, Path directory) {
        WstTrainerBuilder trainer = EmbeddedPair.run(teacher, student)
                .reward(EmbeddedPair.reward())
                .tasks(EmbeddedPair.training(1000, seed))
                .algorithm(algorithm == Algorithms.ppo ? EmbeddedPair.ppo() : EmbeddedPair.grpo())
                .steps(steps)
                .seed(seed)
                .runDirectory(directory);
        trainer.listener(Display.on(out));
        return trainer.build().fit().interrupted() ? 130 : 0;
    }

    private void show(Comparison comparison) {
        Table table = new Table(out);
        out.println("Right answers on " + HELD_OUT + " questions never trained on, with 95 % intervals:");
        table.print(comparison);
        String best = comparison.results().stream()
                .filter(r -> r.name().startsWith("always") && r.isScored())
                .max(Comparator.comparingDouble(r -> r.reward().mean()))
                .orElseThrow()
                .name();
        table.difference(comparison, AFTER, BEFORE);
        table.difference(comparison, AFTER, best);
        table.examples(comparison, AFTER, List.of(0, 2, 3));
    }
}
