package dev.wst.metrics;

import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads the directory of a run, one that is under way too: a last line that is still being written, or was cut off when its
 * process was killed, is left out.
 *
 * <p>Each call reads its files anew, so that it sees what has come since; ask once for what you need twice.
 *
 * <pre>{@code
 * RunReader run = RunReader.open(Path.of("runs/gsm8k"));
 * for (StepMetrics step : run.steps()) {
 *     System.out.println(step.step() + ": " + step.values().get("reward"));
 * }
 * }</pre>
 */
public final class RunReader {
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final RunDescription description;

    private RunReader(Path directory, RunDescription description) {
        this.directory = directory;
        this.description = description;
    }

    /**
     * Opens a run directory.
     *
     * @throws InvalidInputException if there is none there, or one of another version
     * @throws EnvironmentException if it cannot be read
     */
    public static RunReader open(Path directory) {
        Path file = directory.resolve(RunDirectory.DESCRIPTION);
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException(directory + " is no directory; name the directory of a run");
        }
        if (!Files.exists(file)) {
            throw new InvalidInputException(
                    directory + " holds no " + RunDirectory.DESCRIPTION + ": it is not the directory of a run");
        }
        return new RunReader(directory, RunDescription.read(json(file)));
    }

    private static RecordedObject json(Path file) {
        try {
            return RecordedObject.parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static EnvironmentException unreadable(Path file, IOException e) {
        return new EnvironmentException(file + " cannot be read: " + e, e);
    }

    /** What the run was begun with. */
    public RunDescription description() {
        return description;
    }

    /** The metrics of every finished step. */
    public List<StepMetrics> steps() {
        List<StepMetrics> steps = new ArrayList<>();
        eachLine(RunDirectory.METRICS, line -> {
            if (!MetricsLine.isValidation(line)) {
                steps.add(MetricsLine.metrics(line));
            }
        });
        return List.copyOf(steps);
    }

    /** Every validation, with its rollouts. */
    public List<Validation> validations() {
        List<RecordedRollout> all = rollouts();
        Map<Integer, List<Rollout>> rollouts = byStep(all, RecordedRollout.VALIDATION);
        Map<Integer, List<Rollout>> transfer = byStep(all, RecordedRollout.TRANSFER);
        List<Integer> steps = new ArrayList<>();
        eachLine(RunDirectory.METRICS, line -> {
            if (MetricsLine.isValidation(line)) {
                steps.add(MetricsLine.step(line));
            }
        });
        return steps.stream()
                .sorted()
                .map(step -> new Validation(
                        step, rollouts.getOrDefault(step, List.of()), transfer.getOrDefault(step, List.of())))
                .toList();
    }

    private static Map<Integer, List<Rollout>> byStep(List<RecordedRollout> all, String split) {
        return all.stream()
                .filter(one -> one.split().equals(split))
                .collect(Collectors.groupingBy(
                        RecordedRollout::step, Collectors.mapping(RecordedRollout::rollout, Collectors.toList())));
    }

    /** Every answer with its verdict, in the order that they were made, those of a step that was not finished included. */
    public List<RecordedRollout> rollouts() {
        Map<String, Task> tasks = new HashMap<>();
        eachLine(RunDirectory.TASKS, line -> {
            Task task = TaskLine.read(line);
            tasks.put(task.id(), task);
        });
        List<RecordedRollout> rollouts = new ArrayList<>();
        eachLine(RunDirectory.ROLLOUTS, line -> rollouts.add(RolloutLine.read(line, id -> known(tasks, id))));
        return List.copyOf(rollouts);
    }

    private static Task known(Map<String, Task> tasks, String id) {
        Task task = tasks.get(id);
        if (task == null) {
            throw new IllegalArgumentException(
                    "it names the task " + id + ", which " + RunDirectory.TASKS + " does not hold");
        }
        return task;
    }

    /** The tasks of a split ({@link RecordedRollout#TRAIN} or {@link RecordedRollout#VALIDATION}). */
    public List<Task> tasks(String split) {
        List<Task> tasks = new ArrayList<>();
        eachLine(RunDirectory.TASKS, line -> {
            if (line.text("split").equals(split)) {
                tasks.add(TaskLine.read(line));
            }
        });
        return List.copyOf(tasks);
    }

    /** What its teacher was found to be worth when it had ended; empty where nobody has compared it. */
    public Optional<KeptComparison> comparison() {
        return KeptComparison.read(directory);
    }

    /** The directory. */
    public Path path() {
        return directory;
    }

    /** How the run ended; empty while it is under way, and where it was killed. */
    public Optional<RunReport> report() {
        Path file = directory.resolve(RunDirectory.REPORT);
        return Files.exists(file) ? Optional.of(RunReport.read(json(file))) : Optional.empty();
    }

    /** One line after another, so that the text of a long run is never in memory as a whole. */
    private void eachLine(String name, Consumer<RecordedObject> read) {
        Path file = directory.resolve(name);
        try (InputStream in = Files.newInputStream(file)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            int number = 1;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int from = 0;
                for (int at = 0; at < length; at++) {
                    if (buffer[at] == '\n') {
                        line.write(buffer, from, at - from);
                        read.accept(RecordedObject.parse(line.toByteArray(), RecordedObject.line(number++, file)));
                        line.reset();
                        from = at + 1;
                    }
                }
                line.write(buffer, from, length - from);
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + " is missing", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
