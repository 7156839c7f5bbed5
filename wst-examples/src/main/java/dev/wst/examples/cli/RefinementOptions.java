package dev.wst.examples.cli;

import dev.wst.training.Refinement;
import picocli.CommandLine.Option;

/** How often the teacher writes for a sample. */
final class RefinementOptions {
    @Option(
            names = "--rounds",
            description = "instructions of a sample, the student's draft being read in between; ${DEFAULT-VALUE} unless"
                    + " given")
    private int rounds = 1;

    @Option(
            names = "--credit-improvement",
            description = "with --rounds: judge drafts too, and credit an instruction with what came after its draft")
    private boolean creditImprovement;

    Refinement build() {
        return new Refinement(rounds, creditImprovement);
    }
}
