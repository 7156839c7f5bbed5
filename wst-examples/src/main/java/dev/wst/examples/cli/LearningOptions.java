package dev.wst.examples.cli;

import dev.wst.rl.WarmStart;
import dev.wst.training.WstTrainerBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the teacher learns from, beside the rollouts of each step. */
final class LearningOptions {
    @Option(
            names = "--warm-start",
            paramLabel = "STEPS",
            description = "steps that imitate the best instructions of each question before the algorithm takes over;"
                    + " none unless given")
    private Optional<Integer> warmStart = Optional.empty();

    @Option(
            names = "--imitate",
            paramLabel = "FILE",
            description =
                    "with --warm-start: instructions that you have, one a line; in those steps at most half of each question's"
                            + " samples are taken from them, and imitated where they earn most")
    private Optional<Path> imitated = Optional.empty();

    @Option(
            names = "--draw-by-signal",
            description = "draw questions less often whose instructions last earned all the same")
    private boolean drawBySignal;

    @Option(
            names = "--reuse",
            paramLabel = "STEPS",
            description = "learn again from the rollouts of so many steps before each step; from none unless given")
    private Optional<Integer> reuse = Optional.empty();

    @Option(
            names = "--average",
            paramLabel = "STEPS",
            description =
                    "measure, and end with, the mean of the teacher's weights over about so many steps; those of the"
                            + " last step unless given")
    private Optional<Integer> average = Optional.empty();

    void addTo(WstTrainerBuilder trainer) {
        if (warmStart.isEmpty()) {
            new Unheard().with("--imitate", imitated).refuseWithout("--warm-start");
        }
        List<String> instructions = imitated.map(EvaluateCommand::lines).orElse(List.of());
        warmStart
                .map(steps -> WarmStart.of(steps).withInstructions(instructions))
                .ifPresent(trainer::warmStart);
        if (drawBySignal) {
            trainer.drawBySignal();
        }
        reuse.ifPresent(trainer::reuse);
        average.ifPresent(trainer::averageWeights);
    }
}
