package dev.wst.examples.cli;

import dev.wst.StudentClient;
import dev.wst.TrainingReport;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import dev.wst.training.WstTrainerBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a teacher of the user's choice against a student of the user's choice. */
@Command(
        name = "train",
        description = "Trains a teacher; leaves metrics, rollouts, the adapter and a report in a run directory.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    private TeacherOptions teacher = new TeacherOptions();

    @Mixin
    private StudentOptions student = new StudentOptions();

    @Mixin
    private TaskOptions tasks = new TaskOptions();

    @Mixin
    private AlgorithmOptions algorithm = new AlgorithmOptions();

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

    @Option(names = "--seed", description = "default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--run", required = true, description = "the run directory; it must not exist")
    private Path run = Path.of("");

    @Override
    public Integer call() {
        try (TransformerTeacher policy = teacher.open(seed);
                StudentOptions.Open answering = student.open()) {
            return InterruptOnExit.during(() -> train(policy, answering.client()));
        }
    }

    /** How to go on; nothing if the run ended before the first update. */
    private String comparison() {
        Path learned = run.resolve("adapter");
        return Files.exists(learned)
                ? "; compare with: evaluate " + (teacher.isWhole() ? "--teacher " : "--adapter ") + learned + " ..."
                : "";
    }

    private int train(TransformerTeacher policy, StudentClient client) {
        WstTrainerBuilder trainer = WstTrainer.builder()
                .teacher(policy)
                .student(client)
                .studentCalls(student.limits())
                .reward(tasks.reward())
                .tasks(tasks.training(seed))
                .sampling(teacher.sampling())
                .algorithm(algorithm.build())
                .steps(steps)
                .batch(batch)
                .samples(samples)
                .seed(seed)
                .outageLimit(Duration.ofSeconds(outage))
                .rewardTime(Duration.ofSeconds(rewardSeconds))
                .runDirectory(run);
        validation.map(TaskOptions::heldOut).ifPresent(trainer::validation);
        validateEvery.ifPresent(trainer::validateEvery);
        trainer.listener(Display.on(System.out));
        TrainingReport report = trainer.build().fit();
        System.out.println((report.interrupted() ? "Interrupted; what was learned until then is in " : "The run is in ")
                + run
                + comparison());
        return report.interrupted() ? 130 : 0;
    }
}
