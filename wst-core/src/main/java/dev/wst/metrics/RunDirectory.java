package dev.wst.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Attempt;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Turn;
import dev.wst.Validation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * The directory of one run: metrics.jsonl with one line a step, rollouts.jsonl with one line for every instruction (its
 * answer, its reward and the parts of it, or why it has none), and report.json at the end. Lines are on the disk when a
 * step ends.
 */
public final class RunDirectory implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Numbers that differ between equal runs; they stand last in a line. */
    private static final String TIME = "step_time";

    private final Path directory;
    private final BufferedWriter metrics;
    private final BufferedWriter rollouts;

    private RunDirectory(Path directory) throws IOException {
        this.directory = directory;
        this.metrics = open("metrics.jsonl");
        this.rollouts = open("rollouts.jsonl");
    }

    /**
     * Creates the directory.
     *
     * @throws RunDirectoryException if it exists or cannot be created
     */
    public static RunDirectory create(Path directory) {
        try {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory);
            return new RunDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            throw new RunDirectoryException(
                    "the run directory " + directory
                            + " exists already; give each run its own, or move the old one away",
                    e);
        } catch (IOException e) {
            throw new RunDirectoryException("the run directory " + directory + " cannot be created: " + e, e);
        }
    }

    private BufferedWriter open(String name) throws IOException {
        return Files.newBufferedWriter(directory.resolve(name), StandardOpenOption.CREATE_NEW);
    }

    public Path path() {
        return directory;
    }

    /** Appends a step. */
    public void write(StepMetrics step, List<Rollout> batch) {
        ObjectNode line = MAPPER.createObjectNode().put("step", step.step());
        step.values().forEach((name, value) -> {
            if (!name.equals(TIME)) {
                line.put(name, value);
            }
        });
        if (step.values().containsKey(TIME)) {
            line.put(TIME, step.value(TIME));
        }
        append(metrics, line);
        for (Rollout rollout : batch) {
            append(rollouts, line("train", step.step(), rollout));
        }
        flush();
    }

    /** Appends a validation. */
    public void write(Validation validation) {
        ObjectNode line = MAPPER.createObjectNode().put("step", validation.step());
        validation.meanReward().ifPresent(mean -> line.put("eval/reward", mean));
        line.put("eval/unscored", validation.unscored());
        append(metrics, line);
        for (Rollout rollout : validation.rollouts()) {
            append(rollouts, line("validation", validation.step(), rollout));
        }
        flush();
    }

    private static ObjectNode line(String split, int step, Rollout rollout) {
        Attempt attempt = rollout.attempt();
        ObjectNode line = MAPPER.createObjectNode()
                .put("split", split)
                .put("step", step)
                .put("task", attempt.task().id())
                .put("sample", attempt.sample());
        var turns = line.putArray("turns");
        for (Turn turn : attempt.turns()) {
            ObjectNode one =
                    turns.addObject().put("instruction", turn.instruction().text());
            turn.answer()
                    .failure()
                    .ifPresentOrElse(
                            failure -> one.put("failure", failure.kind() + ": " + failure.message()),
                            () -> one.put("answer", turn.answer().text()));
        }
        if (rollout.reward().isScored()) {
            line.put("reward", rollout.reward().value());
        } else {
            line.put("unscored", rollout.reward().reason());
        }
        ObjectNode parts = line.putObject("parts");
        rollout.reward().parts().forEach(parts::put);
        return line;
    }

    /** Writes report.json. */
    public void writeReport(Map<String, ?> report) {
        try {
            String text = MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report);
            Files.writeString(directory.resolve("report.json"), text + "\n", StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void append(BufferedWriter writer, ObjectNode line) {
        try {
            writer.write(MAPPER.writeValueAsString(line));
            writer.write('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void flush() {
        try {
            metrics.flush();
            rollouts.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private RunDirectoryException failed(IOException e) {
        return new RunDirectoryException(
                "the run directory " + directory + " cannot be written: " + e + "; what was written before is kept", e);
    }

    @Override
    public void close() {
        try (metrics;
                rollouts) {
            flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
