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
import dev.wst.files.FileStart;
import dev.wst.files.RunningHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of one run while it is written: run.json with what decides the run and tasks.jsonl with its tasks, from the
 * beginning; metrics.jsonl with one line a step and rollouts.jsonl with one line for every answer (its instruction, its reward and
 * the parts of it, or why it has none), as it goes; report.json at the end. {@link RunReader} reads it.
 *
 * <p>Lines are left behind even if the process is killed when a step has ended; no failure leaves half a line, and run.json and
 * report.json are there whole or not at all. One run at a time writes a directory.
 */
public final class RunDirectory implements AutoCloseable {
    /** The name of the file with what decides the run. */
    public static final String DESCRIPTION = "run.json";

    static final String TASKS = "tasks.jsonl";
    static final String METRICS = "metrics.jsonl";
    static final String ROLLOUTS = "rollouts.jsonl";
    static final String REPORT = "report.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path directory;
    private final AtomicFile.Opening files;
    private final Detail detail;
    private final DirectoryLock lock;
    private final JsonLines metrics;
    private final JsonLines rollouts;

    /** What is written of questions, instructions and answers. */
    public enum Detail {
        /** Their texts. */
        TEXTS(Redaction.NONE, false),
        /** Their texts, and of instructions the tokens they were drawn as, with the log-probabilities of these. */
        TEXTS_AND_TOKENS(Redaction.NONE, true),
        /** Their lengths and hashes only. */
        REDACTED(Redaction.ALL, false);

        private final Redaction redaction;
        private final boolean tokens;

        Detail(Redaction redaction, boolean tokens) {
            this.redaction = redaction;
            this.tokens = tokens;
        }

        private JsonNode line(String split, int step, Rollout rollout) {
            return tokens
                    ? RolloutLine.withTokens(split, step, rollout, redaction)
                    : RolloutLine.of(split, step, rollout, redaction);
        }
    }

    /**
     * How much of a run's files belongs to it, and what it is.
     *
     * @param metrics of metrics.jsonl
     * @param rollouts of rollouts.jsonl
     */
    public record Written(FileStart metrics, FileStart rollouts) {
        /** Of a run that has not begun. */
        public static final Written NOTHING = new Written(FileStart.NOTHING, FileStart.NOTHING);

        /** From files by their names; nothing was written to one that is not there. */
        public static Written of(Map<String, FileStart> files) {
            return new Written(
                    files.getOrDefault(METRICS, FileStart.NOTHING), files.getOrDefault(ROLLOUTS, FileStart.NOTHING));
        }

        /** The files by their names. */
        public Map<String, FileStart> byName() {
            return Map.of(METRICS, metrics, ROLLOUTS, rollouts);
        }
    }

    private RunDirectory(
            Path directory,
            AtomicFile.Opening files,
            Detail detail,
            DirectoryLock lock,
            JsonLines metrics,
            JsonLines rollouts) {
        this.directory = directory;
        this.files = files;
        this.detail = detail;
        this.lock = lock;
        this.metrics = metrics;
        this.rollouts = rollouts;
    }

    /**
     * Creates the directory.
     *
     * @throws InvalidInputException if it exists or lies below a file
     * @throws EnvironmentException if it cannot be created
     */
    public static RunDirectory create(
            Path directory, RunDescription description, List<Task> training, List<Task> validation, Detail detail) {
        return create(directory, description, training, validation, detail, Files::newOutputStream);
    }

    static RunDirectory create(
            Path directory,
            RunDescription description,
            List<Task> training,
            List<Task> validation,
            Detail detail,
            AtomicFile.Opening files) {
        requireFree(directory);
        AtomicDirectory.write(directory, fresh -> {
            Files.write(fresh.resolve(DESCRIPTION), pretty(description.json()));
            Files.write(fresh.resolve(TASKS), tasks(training, validation, detail.redaction));
            Files.createFile(fresh.resolve(METRICS));
            Files.createFile(fresh.resolve(ROLLOUTS));
        });
        return open(directory, files, detail);
    }

    /**
     * Opens the directory of a run that goes on; {@link #cutTo} says from where.
     *
     * @throws InvalidInputException if there is none there, or one of another version
     * @throws dev.wst.UnavailableException if another run writes it
     * @throws EnvironmentException if it cannot be read or written
     */
    public static RunDirectory reopen(Path directory, Detail detail) {
        RunReader unused = RunReader.open(directory);
        return open(directory, Files::newOutputStream, detail);
    }

    private static RunDirectory open(Path directory, AtomicFile.Opening files, Detail detail) {
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            return open(directory, files, detail, lock);
        } catch (IOException e) {
            lock.close();
            throw new EnvironmentException("the run directory " + directory + " cannot be written: " + e, e);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static RunDirectory open(Path directory, AtomicFile.Opening files, Detail detail, DirectoryLock lock)
            throws IOException {
        JsonLines metrics = lines(directory.resolve(METRICS), files);
        try {
            return new RunDirectory(directory, files, detail, lock, metrics, lines(directory.resolve(ROLLOUTS), files));
        } catch (IOException | RuntimeException e) {
            metrics.close();
            throw e;
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

    private static JsonLines lines(Path file, AtomicFile.Opening files) throws IOException {
        RunningHash there = RunningHash.of(file, Files.size(file));
        return new JsonLines(file, files.open(file, StandardOpenOption.APPEND), there);
    }

    private static byte[] tasks(List<Task> training, List<Task> validation, Redaction redaction) {
        return JsonLines.bytes(Stream.concat(
                        training.stream().map(task -> TaskLine.of(RecordedRollout.TRAIN, task, redaction)),
                        validation.stream().map(task -> TaskLine.of(RecordedRollout.VALIDATION, task, redaction)))
                .toList());
    }

    /**
     * Writes tasks.jsonl anew if it does not hold these tasks, which a run that goes on was begun with.
     *
     * @return whether it did not hold them
     */
    public boolean restoreTasks(List<Task> training, List<Task> validation) {
        Path file = directory.resolve(TASKS);
        byte[] expected = tasks(training, validation, detail.redaction);
        try {
            if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), expected)) {
                return false;
            }
            AtomicFile.write(file, expected, files);
            return true;
        } catch (IOException e) {
            throw JsonLines.unwritable(file, e);
        }
    }

    public Path path() {
        return directory;
    }

    /** What was written so far, once it is on the disk. */
    public Written synced() {
        metrics.sync();
        rollouts.sync();
        return new Written(metrics.written(), rollouts.written());
    }

    /** What run.json holds. */
    public FileStart description() {
        Path file = directory.resolve(DESCRIPTION);
        try {
            return RunningHash.of(file, Files.size(file)).start();
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be read: " + e, e);
        }
    }

    /** The file that does not begin with this, if there is one. */
    public Optional<Path> changedSince(Written written) {
        if (!metrics.beginsWith(written.metrics)) {
            return Optional.of(directory.resolve(METRICS));
        }
        return rollouts.beginsWith(written.rollouts) ? Optional.empty() : Optional.of(directory.resolve(ROLLOUTS));
    }

    /** Takes back what was written after this. */
    public void cutTo(Written written) {
        metrics.cutTo(written.metrics.bytes());
        rollouts.cutTo(written.rollouts.bytes());
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
        rollouts.append(
                batch.stream().map(rollout -> detail.line(split, step, rollout)).toList());
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
