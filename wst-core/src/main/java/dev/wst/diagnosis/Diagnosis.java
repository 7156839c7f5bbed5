package dev.wst.diagnosis;

import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Validation;
import dev.wst.diagnosis.Symptom.Severity;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which symptoms of bad training a run shows, with what was measured.
 *
 * <pre>{@code
 * Diagnosis diagnosis = Diagnosis.of(RunReader.open(Path.of("runs/first")));
 * diagnosis.findings().forEach(System.out::println);
 * }</pre>
 *
 * @param findings the most severe first
 * @param steps that the run has made
 * @param leaking how often instructions held the right answer in the last ten steps; empty where there were none, or no answers
 */
public record Diagnosis(List<Finding> findings, int steps, Optional<Leaking> leaking) {
    private static final String GUIDE = "wst-core/DIAGNOSES.md";

    public Diagnosis {
        findings = findings.stream()
                .sorted(Comparator.comparing((Finding one) -> one.symptom().severity())
                        .thenComparing(Finding::symptom))
                .toList();
    }

    /**
     * How often instructions held the right answer of their task.
     *
     * @param share of the instructions
     * @param byChance the share that held the answer of another task of their step
     * @param instructions that could: of tasks whose answer is known and does not stand in the question
     */
    public record Leaking(double share, double byChance, int instructions) {}

    /**
     * One symptom of a run.
     *
     * @param from the first step with it
     * @param to the last one; where that is not the run's last, it passed
     * @param evidence what was measured, in words, when it was last seen
     * @param examples texts, where texts are what is wrong: as models wrote them
     */
    public record Finding(Symptom symptom, int from, int to, String evidence, List<String> examples) {
        public Finding {
            examples = List.copyOf(examples);
        }

        static Finding of(Symptom symptom, Evidence evidence, int step) {
            return new Finding(symptom, evidence.from(), step, evidence.numbers(), evidence.examples());
        }

        Finding since(int step) {
            return new Finding(symptom, step, to, evidence, examples);
        }

        /** In one line: what is wrong, since when, by what numbers, and what to do. */
        @Override
        public String toString() {
            return symptom.id() + ", steps " + from + " to " + to + ": " + symptom.meaning() + "; " + evidence
                    + (examples.isEmpty() ? "" : ", such as \"" + oneLine(examples.get(0)) + "\"") + ". What to do: "
                    + symptom.remedy() + " (" + GUIDE + ", " + symptom.id() + ")";
        }

        private static String oneLine(String text) {
            String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
            return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
        }

        private static final int LONGEST = 200;
    }

    /**
     * Of a run that was recorded, one that is under way too: the findings that it was warned of while it ran, and where its
     * directory has a comparison, what that shows.
     *
     * @throws dev.wst.InvalidInputException if a file of the directory is missing or damaged
     */
    public static Diagnosis of(RunReader run) {
        Map<String, String> configuration = run.description().configuration();
        Examination examination = new Examination(new History(
                configuration.getOrDefault("reward", ""), run.description().isRedacted()));
        Map<Integer, List<Rollout>> rollouts = new LinkedHashMap<>();
        for (RecordedRollout one : run.rollouts()) {
            if (one.split().equals(RecordedRollout.TRAIN)) {
                rollouts.computeIfAbsent(one.step(), step -> new ArrayList<>()).add(one.rollout());
            }
        }
        List<Validation> validations = run.validations();
        int next = 0;
        for (StepMetrics step : run.steps()) {
            while (next < validations.size() && validations.get(next).step() < step.step()) {
                examination.add(validations.get(next++));
            }
            examination.add(step, rollouts.getOrDefault(step.step(), List.of()));
        }
        validations.subList(next, validations.size()).forEach(examination::add);
        Diagnosis diagnosis = examination.diagnosis();
        return run.comparison().map(diagnosis::with).orElse(diagnosis);
    }

    /** With what a comparison after the run shows: whether the teacher is worth more than the best fixed instruction in it. */
    public Diagnosis with(KeptComparison comparison) {
        List<Finding> all = new ArrayList<>(findings);
        FixedInstruction.isAsGood(comparison, steps)
                .ifPresent(evidence -> all.add(Finding.of(Symptom.TEACHER_TOO_WEAK, evidence, steps)));
        return new Diagnosis(all, steps, leaking);
    }

    /** Those that are there at the end, or now, while the run is under way; the others have passed. */
    public List<Finding> standing() {
        return findings.stream().filter(one -> one.to() == steps).toList();
    }

    /** The worst of those that stand; empty if none does. */
    public Optional<Severity> severity() {
        return standing().stream().map(one -> one.symptom().severity()).min(Comparator.naturalOrder());
    }
}
