package dev.wst.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Attempt;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Validation;
import dev.wst.WstException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * The directory of one run: metrics.jsonl with one line a step, rollouts.jsonl with one line for every instruction (its
 * answer, its reward and the parts of it, or why it has none), and report.json at the end. Lines are on the disk when a
 * step ends; no file ever holds half a line, and report.json is there whole or not at all.
 */
public final class RunDirectory implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Numbers that differ between equal runs; they stand last in a line. */
    private static final List<String> TIMES = List.of("step_time", "eps");

    private final Path directory;
    private final Opening files;
    private final JsonLines metrics;
    private final JsonLines rollouts;

    /** How files are opened for writing. */
    @FunctionalInterface
    interface Opening {
        OutputStream open(Path file, OpenOption... options) throws IOException;
    }

    private RunDirectory(Path directory, Opening files) throws IOException {
        this.directory = directory;
        this.files = files;
        this.metrics = lines("metrics.jsonl");
        this.rollouts = lines("rollouts.jsonl");
    }

    /**
     * Creates the directory.
     *
     * @throws InvalidInputException if it exists or lies below a file
     * @throws EnvironmentException if it cannot be created
     */
    public static RunDirectory create(Path directory) {
        return create(directory, Files::newOutputStream);
    }

    static RunDirectory create(Path directory, Opening files) {
        try {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory);
            return new RunDirectory(directory, files);
        } catch (IOException e) {
            throw refused(directory, e);
        }
    }

    private static WstException refused(Path directory, IOException e) {
        Path there = directory.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (Files.exists(there) && !Files.isDirectory(there)) {
            return new InvalidInputException(
                    "the run directory " + directory + " cannot be created: " + there
                            + " is a file, not a directory; name another run directory or move the file away",
                    e);
        }
        return e instanceof FileAlreadyExistsException
                ? new InvalidInputException(
                        "the run directory " + directory
                                + " exists already; give each run its own, or move the old one away",
                        e)
                : new EnvironmentException("the run directory " + directory + " cannot be created: " + e, e);
    }

    private JsonLines lines(String name) throws IOException {
        Path file = directory.resolve(name);
        return new JsonLines(file, files.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND));
    }

    public Path path() {
        return directory;
    }

    /** Appends a step. */
    public void write(StepMetrics step, List<Rollout> batch) {
        writeRollouts("train", step.step(), batch);
        ObjectNode line = MAPPER.createObjectNode().put("step", step.step());
        step.values().forEach((name, value) -> {
            if (!TIMES.contains(name)) {
                line.put(name, value);
            }
        });
        TIMES.stream().filter(step.values()::containsKey).forEach(name -> line.put(name, step.value(name)));
        metrics.append(List.of(line));
    }

    /** Appends a validation. */
    public void write(Validation validation) {
        writeRollouts("validation", validation.step(), validation.rollouts());
        ObjectNode line = MAPPER.createObjectNode().put("step", validation.step());
        validation.meanReward().ifPresent(mean -> line.put("eval/reward", mean));
        line.put("eval/unscored", validation.unscored());
        metrics.append(List.of(line));
    }

    /**
     * Appends rollouts without metrics: those of a step that did not come to its end.
     *
     * @param split train or validation
     */
    public void writeRollouts(String split, int step, List<Rollout> batch) {
        rollouts.append(
                batch.stream().map(rollout -> line(split, step, rollout)).toList());
    }

    private static ObjectNode line(String split, int step, Rollout rollout) {
        Attempt attempt = rollout.attempt();
        ObjectNode line = MAPPER.createObjectNode()
                .put("split", split)
                .put("step", step)
                .put("task", attempt.task().id())
                .put("sample", attempt.sample());
        var turns = line.putArray("turns");
        attempt.situation().earlier().forEach(earlier -> turn(earlier, turns.addObject()));
        turn(attempt, turns.addObject());
        if (rollout.reward().isScored()) {
            line.put("reward", rollout.reward().value());
        } else {
            line.put("unscored", rollout.reward().reason());
        }
        ObjectNode parts = line.putObject("parts");
        rollout.reward().parts().forEach(parts::put);
        return line;
    }

    private static void turn(Attempt attempt, ObjectNode line) {
        line.put("instruction", attempt.instruction().text());
        attempt.answer()
                .failure()
                .ifPresentOrElse(
                        failure -> line.put("failure", failure.kind() + ": " + failure.message()),
                        () -> line.put("answer", attempt.answer().text()));
    }

    /** Writes report.json. */
    public void writeReport(Map<String, ?> report) {
        Path unfinished = directory.resolve(".report.json");
        try {
            fill(unfinished, json(report));
            Files.move(unfinished, directory.resolve("report.json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unfinishedReport(unfinished, e);
        }
    }

    private void fill(Path file, byte[] bytes) throws IOException {
        try (OutputStream out = files.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(bytes);
        }
    }

    private static byte[] json(Map<String, ?> report) throws JsonProcessingException {
        String text = MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report);
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private EnvironmentException unfinishedReport(Path unfinished, IOException failure) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return JsonLines.unwritable(directory.resolve("report.json"), failure);
    }

    @Override
    public void close() {
        try (metrics) {
            rollouts.close();
        }
    }
}
