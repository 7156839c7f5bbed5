package dev.wst.metrics;

import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.Validation;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Writes a run's metrics as an event file of TensorBoard: every metric as a scalar by step, validations as {@code eval/reward}
 * and {@code eval/unscored}.
 *
 * <pre>{@code
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(student).reward(reward).tasks(tasks)
 *         .runDirectory(Path.of("runs/first"))
 *         .listener(TensorBoard.in(Path.of("logs/first"), InstantSource.system()))   // tensorboard --logdir logs
 *         .build();
 * }</pre>
 *
 * <p>Each step is in the file when the next begins. A run that is resumed begins another file in the same directory, at which
 * TensorBoard drops the steps that come again. TensorBoard's numbers are floats of 32 bits; metrics.jsonl has all digits. A file
 * that cannot be written ends the run with an {@link EnvironmentException}.
 */
public final class TensorBoard implements TrainingListener {
    private static final int MOST_FILES = 10_000;

    private final Path directory;
    private final InstantSource clock;
    private OptionalInt resumedAfter = OptionalInt.empty();
    private Path file;

    private TensorBoard(Path directory, InstantSource clock) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.file = directory;
    }

    /**
     * Writes into this directory, one for each run; it is created where it is missing.
     *
     * @param clock gives events their time
     */
    public static TensorBoard in(Path directory, InstantSource clock) {
        return new TensorBoard(directory, clock);
    }

    @Override
    public void onResume(List<StepMetrics> steps, List<Validation> validations) {
        resumedAfter =
                OptionalInt.of(steps.isEmpty() ? 0 : steps.get(steps.size() - 1).step());
    }

    @Override
    public void onStart(int steps) {
        file = created();
        append(TensorBoardEvent.version(clock.instant()));
        // Before the first step there is a validation, at step 0.
        resumedAfter.ifPresent(after -> append(TensorBoardEvent.start(clock.instant(), after == 0 ? 0 : after + 1)));
    }

    @Override
    public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
        append(TensorBoardEvent.scalars(clock.instant(), metrics.step(), metrics.values()));
    }

    @Override
    public void onValidation(Validation validation) {
        append(TensorBoardEvent.scalars(clock.instant(), validation.step(), MetricsLine.values(validation)));
    }

    /** TensorBoard reads the files of a directory in the order of their names. */
    private Path created() {
        try {
            Files.createDirectories(directory);
            for (int i = 0; i < MOST_FILES; i++) {
                Path one = directory.resolve(String.format(
                        Locale.ROOT,
                        "events.out.tfevents.%010d.wst.%04d",
                        clock.instant().getEpochSecond(),
                        i));
                try {
                    return Files.createFile(one);
                } catch (FileAlreadyExistsException e) {
                    // A run that was resumed within a second, or by a clock that stands still.
                }
            }
        } catch (IOException e) {
            throw new EnvironmentException("TensorBoard's files cannot be written to " + directory + ": " + e, e);
        }
        throw new InvalidInputException(
                directory + " is full of event files of one second; give each run its own directory");
    }

    private void append(byte[] event) {
        try {
            Files.write(file, TensorBoardEvent.record(event), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw JsonLines.unwritable(file, e);
        }
    }
}
