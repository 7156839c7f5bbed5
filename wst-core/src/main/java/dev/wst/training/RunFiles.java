package dev.wst.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a run leaves its traces, and how often.
 *
 * @param place their directory; empty for nowhere
 * @param resumes whether it goes on with the run that is there
 * @param redacted whether questions, instructions and answers are written as lengths and hashes
 * @param everySteps steps from one checkpoint to the next; 0 if only time counts
 * @param everyTime time from one checkpoint to the next
 * @param kept how many of the newest checkpoints stay
 */
record RunFiles(Optional<Path> place, boolean resumes, boolean redacted, int everySteps, Duration everyTime, int kept) {

    /** Those of a run that goes on there, or of a new one, nowhere yet. */
    static RunFiles of(Optional<Path> resumed) {
        return new RunFiles(resumed, resumed.isPresent(), false, 0, Duration.ofMinutes(2), 2);
    }

    /** In the directory of a new run. */
    RunFiles in(Path directory) {
        if (resumes) {
            throw new IllegalStateException(
                    "a run is resumed in its own directory; begin another with WstTrainer.builder() to write elsewhere");
        }
        return new RunFiles(Optional.of(directory), false, redacted, everySteps, everyTime, kept);
    }

    RunFiles redactedTexts() {
        return new RunFiles(place, resumes, true, everySteps, everyTime, kept);
    }

    RunFiles every(int steps) {
        return new RunFiles(place, resumes, redacted, PlanChecks.atLeastOne("checkpointEvery", steps), everyTime, kept);
    }

    RunFiles every(Duration time) {
        return new RunFiles(
                place, resumes, redacted, everySteps, PlanChecks.positive("the time between checkpoints", time), kept);
    }

    RunFiles keeping(int checkpoints) {
        return new RunFiles(
                place, resumes, redacted, everySteps, everyTime, PlanChecks.atLeastOne("checkpointsKept", checkpoints));
    }

    /** There must be one. */
    Path directory() {
        return place.orElseThrow();
    }
}
