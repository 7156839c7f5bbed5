package dev.wst.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import dev.wst.files.AtomicDirectory;
import dev.wst.files.AtomicFile;
import dev.wst.files.DirectoryLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The directory of one run while it is written: run.json with what decides the run and tasks.jsonl with its tasks, from the
 * beginning; metrics.jsonl with one line a step and rollouts.jsonl with one line for every answer (its instruction, its reward and
 * the parts of it, or why it has none), as it goes; report.json at the end. {@link RunReader} reads it.
 *
 * <p>Lines are left behind even if the process is killed when a step has ended; no failure leaves half a line, and run.json and
 * report.json are there whole or not at all. One run at a time writes a directory.
 */
public final class RunDirectory implements AutoCloseable {
    static final String DESCRIPTION = "run.json";
    static final String TASKS = "tasks.jsonl";
    static final String METRICS = "metrics.jsonl";
    static final String ROLLOUTS = "rollouts.jsonl";
    static final String REPORT = "report.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path directory;
    private final AtomicFile.Opening files;
    private final Redaction redaction;
    private final DirectoryLock lock;
    private final JsonLines metrics;
    private final JsonLines rollouts;

    /**
     * How much of a run's files is valid.
     *
     * @param metrics bytes of metrics.jsonl
     * @param rollouts bytes of rollouts.jsonl
     */
    public record Lengths(long metrics, long rollouts) {}

    private RunDirectory(Path directory, AtomicFile.Opening files, Redaction redaction) throws IOException {
        this.directory = directory;
        this.files = files;
        this.redaction = redaction;
        this.lock = DirectoryLock.take(directory);
        this.metrics = lines(METRICS);
        this.rollouts = lines(ROLLOUTS);
    }

    /**
     * Creates the directory.
     *
     * @param redacted whether questions, instructions and answers are written as their lengths and hashes only
     * @throws InvalidInputException if it exists or lies below a file
     * @throws EnvironmentException if it cannot be created
     */
    public static RunDirectory create(
            Path directory, RunDescription description, List<Task> training, List<Task> validation, boolean redacted) {
        return create(directory, description, training, validation, redacted, Files::newOutputStream);
    }

    static RunDirectory create(
            Path directory,
            RunDescription description,
            List<Task> training,
            List<Task> validation,
            boolean redacted,
            AtomicFile.Opening files) {
        requireFree(directory);
        Redaction redaction = redacted ? Redaction.ALL : Redaction.NONE;
        AtomicDirectory.write(directory, fresh -> {
            Files.write(fresh.resolve(DESCRIPTION), pretty(description.json()));
            try (JsonLines tasks =
                    new JsonLines(fresh.resolve(TASKS), Files.newOutputStream(fresh.resolve(TASKS)), 0)) {
                tasks.append(training.stream()
                        .map(task -> TaskLine.of(RecordedRollout.TRAIN, task, redaction))
                        .toList());
                tasks.append(validation.stream()
                        .map(task -> TaskLine.of(RecordedRollout.VALIDATION, task, redaction))
                        .toList());
            }
            Files.createFile(fresh.resolve(METRICS));
            Files.createFile(fresh.resolve(ROLLOUTS));
        });
        return open(directory, files, redaction);
    }

    /**
     * Opens the directory of a run that goes on; {@link #cutTo} says from where.
     *
     * @throws InvalidInputException if there is none there, or one of another version
     * @throws dev.wst.UnavailableException if another run writes it
     * @throws EnvironmentException if it cannot be read or written
     */
    public static RunDirectory reopen(Path directory, boolean redacted) {
        RunReader unused = RunReader.open(directory);
        return open(directory, Files::newOutputStream, redacted ? Redaction.ALL : Redaction.NONE);
    }

    private static RunDirectory open(Path directory, AtomicFile.Opening files, Redaction redaction) {
        try {
            return new RunDirectory(directory, files, redaction);
        } catch (IOException e) {
            throw new EnvironmentException("the run directory " + directory + " cannot be written: " + e, e);
        }
    }

    private static void requireFree(Path directory) {
        Path there = directory.toAbsolutePath();
        if (Files.isDirectory(there)) {
            throw new InvalidInputException("the run directory " + directory
                    + " exists already; give each run its own, move the old one away, or resume the run in it");
        }
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new InvalidInputException("the run directory " + directory + " cannot be created: " + there
                    + " is a file, not a directory; name another run directory or move the file away");
        }
    }

    private JsonLines lines(String name) throws IOException {
        Path file = directory.resolve(name);
        return new JsonLines(file, files.open(file, StandardOpenOption.APPEND), Files.size(file));
    }

    public Path path() {
        return directory;
    }

    /** What was written so far, once it is on the disk. */
    public Lengths synced() {
        metrics.sync();
        rollouts.sync();
        return new Lengths(metrics.length(), rollouts.length());
    }

    /** Whether so much was written at least. */
    public boolean holds(Lengths lengths) {
        return metrics.length() >= lengths.metrics && rollouts.length() >= lengths.rollouts;
    }

    /** Takes back what was written after this. */
    public void cutTo(Lengths lengths) {
        metrics.cutTo(lengths.metrics);
        rollouts.cutTo(lengths.rollouts);
    }

    /** Appends a step. */
    public void write(StepMetrics step, List<Rollout> batch) {
        writeRollouts(RecordedRollout.TRAIN, step.step(), batch);
        metrics.append(List.of(MetricsLine.of(step)));
    }

    /** Appends a validation. */
    public void write(Validation validation) {
        writeRollouts(RecordedRollout.VALIDATION, validation.step(), validation.rollouts());
        writeRollouts(RecordedRollout.TRANSFER, validation.step(), validation.transfer());
        metrics.append(List.of(MetricsLine.of(validation)));
    }

    /**
     * Appends rollouts without metrics: those of a step that did not come to its end.
     *
     * @param split {@link RecordedRollout#TRAIN}, {@link RecordedRollout#VALIDATION} or {@link RecordedRollout#TRANSFER}
     */
    public void writeRollouts(String split, int step, List<Rollout> batch) {
        rollouts.append(batch.stream()
                .map(rollout -> RolloutLine.of(split, step, rollout, redaction))
                .toList());
    }

    /** Writes report.json, over an older one. */
    public void writeReport(RunReport report) {
        Path file = directory.resolve(REPORT);
        try {
            AtomicFile.write(file, pretty(report.json()), files);
        } catch (IOException e) {
            throw JsonLines.unwritable(file, e);
        }
    }

    private static byte[] pretty(JsonNode json) throws IOException {
        String text = MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json);
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try (lock;
                metrics) {
            rollouts.close();
        }
    }
}
