package dev.wst.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.evaluation.Comparison;
import dev.wst.files.AtomicFile;
import dev.wst.files.FileFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the teacher of a run was found to be worth when the run had ended: the content of comparison.jsonl, which stands by itself,
 * with its questions.
 *
 * <pre>{@code
 * Comparison comparison = Comparison.run(heldOut, examiner, List.of(
 *         Comparison.Arm.none("student alone"),
 *         Comparison.Arm.teacher("trained teacher", teacher, Sampling.greedy(64), new Seed(17))));
 * new KeptComparison(comparison, "trained teacher", Optional.empty()).write(Path.of("runs/first"));
 * }</pre>
 *
 * @param comparison the student alone, fixed instructions and teachers on the same questions
 * @param trained name of the arm with the teacher of the run
 * @param untrained name of the arm with that teacher before it was trained, where there is one
 */
public record KeptComparison(Comparison comparison, String trained, Optional<String> untrained) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final FileFormat FORMAT = new FileFormat(1);
    private static final String FILE = "comparison.jsonl";
    private static final String SPLIT = "comparison";
    private static final String ARM = "arm";

    /** @throws IllegalArgumentException if there is no arm of a name, or two have one */
    public KeptComparison {
        Objects.requireNonNull(comparison, "comparison");
        comparison.result(trained);
        untrained.ifPresent(comparison::result);
        List<String> names =
                comparison.results().stream().map(Comparison.Result::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("each arm of a comparison needs a name of its own, got " + names);
        }
    }

    /**
     * The fixed instruction, one text for all questions, with the highest mean reward; empty where there is none that was scored. A
     * teacher that writes the same for all of them is none.
     */
    public Optional<Comparison.Result> bestFixed() {
        return comparison.results().stream()
                .filter(result -> !result.name().equals(trained)
                        && untrained.filter(result.name()::equals).isEmpty())
                .filter(result -> result.isScored()
                        && onlyText(result).filter(text -> !text.isEmpty()).isPresent())
                .max(Comparator.comparingDouble(result -> result.reward().mean()));
    }

    /** The text that all of its instructions are, if they are one. */
    private static Optional<String> onlyText(Comparison.Result result) {
        List<String> texts = result.rollouts().stream()
                .map(one -> one.attempt().instruction().text())
                .distinct()
                .toList();
        return texts.size() == 1 ? Optional.of(texts.get(0)) : Optional.empty();
    }

    /**
     * Writes it into the directory of a run, over an older one; with lengths and hashes in place of texts if that run's are.
     *
     * @throws InvalidInputException if it is not the directory of a run
     * @throws EnvironmentException if it cannot be written; what was there before stays
     */
    public void write(Path runDirectory) {
        boolean isRedacted = RunReader.open(runDirectory).description().isRedacted();
        Path file = runDirectory.resolve(FILE);
        try {
            AtomicFile.write(file, JsonLines.bytes(lines(isRedacted ? Redaction.ALL : Redaction.NONE)));
        } catch (IOException e) {
            throw JsonLines.unwritable(file, e);
        }
    }

    private List<ObjectNode> lines(Redaction redaction) {
        List<ObjectNode> lines = new ArrayList<>();
        ObjectNode head =
                MAPPER.createObjectNode().put("format", FORMAT.number()).put("trained", name(trained, redaction));
        untrained.ifPresent(name -> head.put("untrained", name(name, redaction)));
        ArrayNode arms = head.putArray("arms");
        lines.add(head);
        comparison.results().get(0).rollouts().stream()
                .map(one -> one.attempt().task())
                .forEach(task -> lines.add(TaskLine.of(SPLIT, task, redaction)));
        for (Comparison.Result result : comparison.results()) {
            arms.add(name(result.name(), redaction));
            for (Rollout rollout : result.rollouts()) {
                ObjectNode line = MAPPER.createObjectNode().put(ARM, name(result.name(), redaction));
                line.setAll(RolloutLine.of(SPLIT, 0, rollout, redaction));
                line.remove(List.of("split", "step"));
                lines.add(line);
            }
        }
        return lines;
    }

    /** An arm may well be named after the instruction that it always gives. */
    private String name(String arm, Redaction redaction) {
        return onlyText(comparison.result(arm))
                .filter(text -> !text.isEmpty())
                .map(text -> arm.replace(text, redaction.apply(text)))
                .orElse(arm);
    }

    /**
     * The comparison of a run.
     *
     * @return empty where none was made
     * @throws InvalidInputException if it is damaged or of another version
     * @throws EnvironmentException if it cannot be read
     */
    public static Optional<KeptComparison> read(Path runDirectory) {
        Path file = runDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be read: " + e, e);
        }
        return Optional.of(read(lines, file));
    }

    private static KeptComparison read(List<String> lines, Path file) {
        RecordedObject head = object(lines.isEmpty() ? "" : lines.get(0), 1, file);
        FORMAT.require(head.format(), file);
        Map<String, Task> tasks = new LinkedHashMap<>();
        Map<String, List<Rollout>> arms = new LinkedHashMap<>();
        head.listOfTexts("arms").forEach(name -> arms.put(name, new ArrayList<>()));
        for (int i = 1; i < lines.size(); i++) {
            RecordedObject line = object(lines.get(i), i + 1, file);
            if (line.has(ARM)) {
                List<Rollout> rollouts = line.made(() -> known(arms, "arm", line.text(ARM)));
                rollouts.add(RolloutLine.rollout(line, id -> known(tasks, "question", id)));
            } else {
                Task task = TaskLine.read(line);
                tasks.put(task.id(), task);
            }
        }
        List<Comparison.Result> results = new ArrayList<>();
        arms.forEach((name, rollouts) -> results.add(new Comparison.Result(name, rollouts)));
        String trained = head.text("trained");
        Optional<String> untrained = head.optionalText("untrained");
        try {
            return new KeptComparison(new Comparison(results), trained, untrained);
        } catch (IllegalArgumentException e) {
            throw RecordedObject.damaged(file.toString(), String.valueOf(e.getMessage()), e);
        }
    }

    private static RecordedObject object(String line, int number, Path file) {
        return RecordedObject.parse(line.getBytes(StandardCharsets.UTF_8), RecordedObject.line(number, file));
    }

    private static <T> T known(Map<String, T> all, String what, String name) {
        return Optional.ofNullable(all.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the file has no " + what + " " + name));
    }
}
