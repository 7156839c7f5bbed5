package dev.wst.metrics;

import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.Validation;
import dev.wst.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a run's metrics as a table: a file of comma-separated values with one row a step and one column a metric, the numbers as
 * in metrics.jsonl.
 *
 * <pre>{@code
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(student).reward(reward).tasks(tasks)
 *         .listener(CsvMetrics.to(Path.of("first.csv")))
 *         .build();
 * }</pre>
 *
 * <p>A metric that a step does not have is an empty cell. One that no step before had is a new column at the end: the file is
 * written anew then, beside its place, and renamed over what was there. A validation stands in the row of its step, as
 * {@code eval/reward} and {@code eval/unscored}; the one before the first step makes a row 0. For a run that is resumed the file
 * is written anew up to the checkpoint.
 */
public final class CsvMetrics implements TrainingListener {
    private final Path file;
    private final Set<String> columns = new LinkedHashSet<>();
    private final TreeMap<Integer, Map<String, Double>> rows = new TreeMap<>();
    private boolean resumes;

    private CsvMetrics(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    /** Writes this file; its directory must be there. */
    public static CsvMetrics to(Path file) {
        return new CsvMetrics(file);
    }

    @Override
    public void onResume(List<StepMetrics> steps, List<Validation> validations) {
        resumes = true;
        steps.forEach(step -> add(step.step(), step.values()));
        validations.forEach(validation -> add(validation.step(), MetricsLine.values(validation)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException if the file is there and the run is a new one
     * @throws EnvironmentException if it cannot be written
     */
    @Override
    public void onStart(int steps) {
        if (!resumes && Files.exists(file)) {
            throw new InvalidInputException(
                    file + " exists already; give each run its own file or move the old one away");
        }
        writeAll();
    }

    @Override
    public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
        if (add(metrics.step(), metrics.values())) {
            writeAll();
        } else {
            append(row(metrics.step()));
        }
    }

    @Override
    public void onValidation(Validation validation) {
        add(validation.step(), MetricsLine.values(validation));
        writeAll();
    }

    /** Whether there is a new column. */
    private boolean add(int step, Map<String, Double> values) {
        rows.computeIfAbsent(step, one -> new LinkedHashMap<>()).putAll(values);
        return columns.addAll(values.keySet());
    }

    private String row(int step) {
        Map<String, Double> values = rows.getOrDefault(step, Map.of());
        return line(Stream.concat(
                Stream.of(String.valueOf(step)),
                columns.stream().map(name -> values.containsKey(name) ? String.valueOf(values.get(name)) : "")));
    }

    private static String line(Stream<String> cells) {
        return cells.map(CsvMetrics::quoted).collect(Collectors.joining(",")) + "\n";
    }

    /** RFC 4180; the parts of a reward are named by users. */
    private static String quoted(String cell) {
        boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    private void writeAll() {
        String header = line(Stream.concat(Stream.of("step"), columns.stream()));
        String all = header + rows.keySet().stream().map(this::row).collect(Collectors.joining());
        try {
            AtomicFile.write(file, all.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw JsonLines.unwritable(file, e);
        }
    }

    private void append(String row) {
        try {
            Files.writeString(file, row, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw JsonLines.unwritable(file, e);
        }
    }
}
