package dev.wst.examples.cli;

import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.WstException;
import dev.wst.evaluation.NearCopies;
import dev.wst.metrics.RunReader;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import dev.wst.training.WstTrainerBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a teacher of the user's choice against a student of the user's choice. */
@Command(
        name = "train",
        description = "Trains a teacher; leaves metrics, rollouts, the adapter and a report in a run directory.",
        mixinStandardHelpOptions = true,
        preprocessor = SavedArguments.class,
        sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @Mixin
    private TeacherOptions teacher = new TeacherOptions();

    @Mixin
    private StudentsOptions students = new StudentsOptions();

    @Mixin
    private TaskOptions tasks = new TaskOptions();

    @Mixin
    private RewardOptions reward = new RewardOptions();

    @Mixin
    private AlgorithmOptions algorithm = new AlgorithmOptions();

    @Mixin
    private LearningOptions learning = new LearningOptions();

    @Mixin
    private RefinementOptions refinement = new RefinementOptions();

    @Option(
            names = "--validation",
            description = "other questions, asked before, during and after",
            paramLabel = "FILE")
    private Optional<String> validation = Optional.empty();

    @Option(names = "--validate-every", description = "steps between validations; only first and last unless given")
    private Optional<Integer> validateEvery = Optional.empty();

    @Option(names = "--steps", description = "training steps; default ${DEFAULT-VALUE}")
    private int steps = 100;

    @Option(names = "--batch", description = "questions of a step; default ${DEFAULT-VALUE}")
    private int batch = 8;

    @Option(names = "--samples", description = "instructions tried for each question; default ${DEFAULT-VALUE}")
    private int samples = 8;

    @Option(
            names = "--outage",
            description =
                    "seconds that a step waits for a student that answers nothing or a judge away; default ${DEFAULT-VALUE}")
    private int outage = 1800;

    @Option(
            names = "--reward-seconds",
            description = "how long a reward may take for one attempt; default ${DEFAULT-VALUE}")
    private int rewardSeconds = 600;

    @Option(names = "--seed", description = "1 unless given")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--seeds",
            paramLabel = "1-5",
            converter = Seeds.Converter.class,
            description =
                    "train once with each of these seeds, in DIR/seed-N of --run DIR, and tell of their spread; given"
                            + " again, it goes on with what is missing")
    private Optional<Seeds> seeds = Optional.empty();

    @Option(
            names = "--reach",
            paramLabel = "REWARD",
            description = "with --seeds and --validation: tell how many calls of the student it took until a validation"
                    + " showed this mean reward")
    private Optional<Double> reach = Optional.empty();

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Option(names = "--run", paramLabel = "DIR", description = "the run directory; it must not exist")
    private Optional<Path> run = Optional.empty();

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "go on with the run in this directory, as if it had never stopped; nothing else need be given,"
                            + " limits and budgets may be")
    private Optional<Path> resume = Optional.empty();

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description = "steps from one checkpoint to the next; every two minutes unless given")
    private Optional<Integer> checkpointEvery = Optional.empty();

    @Option(
            names = "--early-stop",
            paramLabel = "N",
            description =
                    "end when so many validations in a row were no better than the best, and keep the best teacher")
    private Optional<Integer> earlyStop = Optional.empty();

    @Mixin
    private MetricOptions metrics = new MetricOptions();

    @Option(names = "--redact", description = "write lengths and hashes of texts into the run directory, not the texts")
    private boolean redact;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "a file of answers shared with other runs: what one has asked the others do not ask again")
    private Optional<Path> answers = Optional.empty();

    @Option(
            names = "--replay",
            paramLabel = "DIR",
            description = "train on the answers of the run in this directory, and ask nothing")
    private Optional<Path> replay = Optional.empty();

    @Option(
            names = "--ask-missing",
            description = "with --replay: ask what that run did not, and keep it with its answers")
    private boolean askMissing;

    @Option(names = "--dry-run", description = "say what the run will need, and end before the first question")
    private boolean dryRun;

    private boolean begun;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        requireFitting();
        return seeds.isPresent()
                ? series(seeds.get())
                : one(seed.orElse(1L), resume.or(() -> run).orElseThrow(), resume.isPresent());
    }

    private void requireFitting() {
        if (run.isEmpty() && resume.isEmpty()) {
            throw new IllegalArgumentException("give --run DIR for a new run, or --resume DIR for one that goes on");
        }
        if (seeds.isPresent() && (seed.isPresent() || resume.isPresent())) {
            throw new IllegalArgumentException(
                    "--seeds takes neither --seed nor --resume; to go on with a series, give its" + " command again");
        }
        metrics.requireHeard();
        if (validation.isEmpty()) {
            new Unheard().with("--validate-every", validateEvery).refuseWithout("--validation");
        }
        if (seeds.isPresent()) {
            metrics.requireForSeveral();
        }
        if (reach.isPresent() && (seeds.isEmpty() || validation.isEmpty())) {
            throw new IllegalArgumentException(
                    "--reach tells of validations with several seeds; give --seeds and --validation too");
        }
        if (replay.isPresent() && answers.isPresent()) {
            throw new IllegalArgumentException(
                    "--replay takes the answers of a run, --answers those of a file; give one");
        }
        if (askMissing && replay.isEmpty()) {
            throw new IllegalArgumentException("--ask-missing belongs to --replay, which asks nothing otherwise");
        }
        if (students.areValidated() && validation.isEmpty()) {
            throw new IllegalArgumentException(
                    "--validation-student answers the questions of --validation; give that too");
        }
    }

    /** One run after another; one that fails does not keep the others from being made. */
    private int series(Seeds all) {
        Path directory = run.orElseThrow();
        SeedOutcomes outcomes = new SeedOutcomes();
        for (long one : all.all()) {
            Path place = directory.resolve("seed-" + one);
            SeedRun before = new SeedRun(place);
            if (before.exists()) {
                SavedArguments.requireSame(place, SavedArguments.ofSeed(given(), one, place));
            }
            try {
                if (!before.isComplete()) {
                    System.out.println("seed " + one + " in " + place + ":");
                    int ended = one(one, place, before.exists());
                    if (ended != 0 || dryRun) {
                        return ended;
                    }
                }
                outcomes.ended(one, before.numbers(reach));
            } catch (RuntimeException e) {
                if (!before.exists()) {
                    // Nothing was begun: it is no fault of the seed.
                    throw e;
                }
                System.out.println("seed " + one + " failed: " + e.getMessage());
                outcomes.failed(one, e);
            }
        }
        outcomes.print(System.out);
        return outcomes.hasFailures() ? 1 : 0;
    }

    private int one(long chosen, Path directory, boolean resumes) {
        metrics.requireWritable(directory, resumes, seeds.isPresent());
        try (RewardOptions.Open judging = reward.open();
                TransformerTeacher policy = teacher.open(chosen);
                OpenStudents answering = students.open();
                Answers shared = Answers.open(answers.or(() -> replay.map(run -> run.resolve("answers.sqlite"))))) {
            WstTrainer trainer = trainer(policy, answering, judging, shared, directory, chosen, resumes);
            if (dryRun) {
                System.out.println(Needs.text(trainer.estimateByCaller(), budget.build()));
                validation
                        .map(where -> NearCopies.between(tasks.training(chosen), TaskOptions.heldOut(where)))
                        .flatMap(NearCopies::warning)
                        .ifPresent(System.out::println);
                return 0;
            }
            return InterruptOnExit.during(() -> train(trainer, directory));
        }
    }

    /** How to go on; nothing if the run ended before the first update. */
    private String comparison(Path directory) {
        Path learned = directory.resolve("adapter");
        return Files.exists(learned)
                ? "; compare with: evaluate " + (teacher.isWhole() ? "--teacher " : "--adapter ") + learned + " ..."
                : "";
    }

    private WstTrainer trainer(
            TransformerTeacher policy,
            OpenStudents answering,
            RewardOptions.Open judging,
            Answers shared,
            Path directory,
            long chosen,
            boolean resumes) {
        WstTrainerBuilder trainer =
                resumes ? WstTrainer.resume(directory) : WstTrainer.builder().runDirectory(directory);
        trainer.teacher(policy)
                .studentCalls(students.limits())
                .answersPerInstruction(students.answersPerInstruction())
                .budget(budget.build())
                .rewardFrom(judging.made())
                .tasks(tasks.training(chosen))
                .sampling(teacher.sampling())
                .algorithm(algorithm.build())
                .steps(steps)
                .batch(batch)
                .samples(samples)
                .seed(chosen)
                .outageLimit(Duration.ofSeconds(outage))
                .rewardTime(Duration.ofSeconds(rewardSeconds));
        answering.addTo(trainer);
        validation.map(TaskOptions::heldOut).ifPresent(trainer::validation);
        validateEvery.ifPresent(trainer::validateEvery);
        checkpointEvery.ifPresent(trainer::checkpointEvery);
        earlyStop.ifPresent(trainer::stopEarly);
        learning.addTo(trainer);
        trainer.refinement(refinement.build());
        if (redact) {
            trainer.redactTexts();
        }
        shared.store().ifPresent(replay.isPresent() && !askMissing ? trainer::replay : trainer::answers);
        trainer.listener(new TrainingListener() {
            @Override
            public void onStart(int count) {
                begun = true;
                if (!resumes) {
                    SavedArguments.write(
                            directory,
                            "train",
                            seeds.isPresent() ? SavedArguments.ofSeed(given(), chosen, directory) : given());
                }
            }
        });
        trainer.listener(Display.on(System.out));
        metrics.listeners(directory, seeds.isPresent()).forEach(trainer::listener);
        return trainer.build();
    }

    /** The command line without the command's name. */
    private List<String> given() {
        List<String> all = command.commandLine().getParseResult().originalArgs();
        return all.subList(1, all.size());
    }

    private int train(WstTrainer trainer, Path directory) {
        TrainingReport report;
        try {
            report = trainer.fit();
        } catch (RuntimeException e) {
            reportFailure(directory, e);
            throw e;
        }
        Path page = Reports.of(RunReader.open(directory)).write();
        String end = switch (report.ending()) {
            case FINISHED -> "The run is in ";
            case STOPPED_EARLY -> "Validations got no better; the run, with its best teacher, is in ";
            case INTERRUPTED -> "Interrupted; what was learned until then is in ";
            case BUDGET_SPENT -> "The budget is spent; what was learned until then is in ";
            case FAILED -> throw new IllegalStateException("a run that failed throws");
        };
        System.out.println(end
                + directory
                + (report.ending().isComplete() ? "" : "; go on with: train --resume " + directory)
                + comparison(directory));
        System.out.println("The report: open " + page.toAbsolutePath());
        return report.interrupted() ? INTERRUPTED : 0;
    }

    /** A run that failed has a report too, if it had begun: the directory is another's otherwise. */
    private void reportFailure(Path directory, RuntimeException failure) {
        try {
            if (begun) {
                System.out.println("The report: open "
                        + Reports.of(RunReader.open(directory)).write().toAbsolutePath());
            }
        } catch (WstException e) {
            failure.addSuppressed(e);
        }
    }
}
