package dev.wst.training;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a run leaves its traces, and how often.
 *
 * @param resumes whether it goes on with the run that is there
 * @param redacted whether questions, instructions and answers are written as lengths and hashes
 * @param everySteps steps from one checkpoint to the next; 0 if only time counts
 * @param everyTime time from one checkpoint to the next
 * @param kept how many of the newest checkpoints stay
 */
record RunFiles(Path directory, boolean resumes, boolean redacted, int everySteps, Duration everyTime, int kept) {}
