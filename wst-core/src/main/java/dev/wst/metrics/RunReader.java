package dev.wst.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
        return new RunReader(directory, RunDescription.read(json(file), file));
    }

    private static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(file + " is damaged: " + e.getOriginalMessage(), e);
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
        return lines(RunDirectory.METRICS).stream()
                .filter(line -> !MetricsLine.isValidation(line))
                .map(MetricsLine::metrics)
                .toList();
    }

    /** Every validation, with its rollouts. */
    public List<Validation> validations() {
        List<RecordedRollout> all = rollouts();
        Map<Integer, List<Rollout>> rollouts = byStep(all, RecordedRollout.VALIDATION);
        Map<Integer, List<Rollout>> transfer = byStep(all, RecordedRollout.TRANSFER);
        return lines(RunDirectory.METRICS).stream()
                .filter(MetricsLine::isValidation)
                .map(MetricsLine::step)
                .sorted(Comparator.naturalOrder())
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
        Map<String, Task> tasks = new LinkedHashMap<>();
        for (JsonNode line : lines(RunDirectory.TASKS)) {
            Task task = TaskLine.read(line);
            tasks.put(task.id(), task);
        }
        return lines(RunDirectory.ROLLOUTS).stream()
                .map(line -> RolloutLine.read(line, id -> known(tasks, id)))
                .toList();
    }

    private Task known(Map<String, Task> tasks, String id) {
        Task task = tasks.get(id);
        if (task == null) {
            throw new InvalidInputException(directory.resolve(RunDirectory.ROLLOUTS) + " names the task " + id
                    + ", which " + RunDirectory.TASKS + " does not hold");
        }
        return task;
    }

    /** The tasks of a split ({@link RecordedRollout#TRAIN} or {@link RecordedRollout#VALIDATION}). */
    public List<Task> tasks(String split) {
        return lines(RunDirectory.TASKS).stream()
                .filter(line -> line.path("split").asText().equals(split))
                .map(TaskLine::read)
                .toList();
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
        return Files.exists(file) ? Optional.of(RunReport.read(json(file), file)) : Optional.empty();
    }

    private List<JsonNode> lines(String name) {
        Path file = directory.resolve(name);
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + " is missing", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        List<JsonNode> lines = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            try {
                lines.add(MAPPER.readTree(text.substring(from, end)));
            } catch (JsonProcessingException e) {
                throw new InvalidInputException(
                        "line " + (lines.size() + 1) + " of " + file + " is damaged: " + e.getOriginalMessage(), e);
            }
            from = end + 1;
        }
        return lines;
    }
}
