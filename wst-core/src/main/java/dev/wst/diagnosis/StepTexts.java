package dev.wst.diagnosis;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.StatisticalSummary;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * What the rollouts of a step show that its metrics do not.
 *
 * @param tasks different ones
 * @param instructions that were written
 * @param commonest the instruction that was written most often
 * @param timesCommonest how often
 * @param copies instructions that repeat their question
 * @param copied one of them, or empty
 * @param leaks how instructions and right answers go together
 * @param compared tasks with at least two different instructions that were answered
 * @param indifferent of them, those with the same answer to all
 * @param answers that came
 * @param answerLength of them, mean in characters; empty where none came
 * @param unscored answers that came and have no verdict
 * @param repeated verdicts on an attempt that the step has judged before
 * @param contradicted of them, those that differ from the first
 * @param parts of rewards by name, over the rollouts that have them
 * @param byReference what instructions earned, by the right answer of their task
 */
record StepTexts(
        int tasks,
        int instructions,
        String commonest,
        int timesCommonest,
        int copies,
        String copied,
        Leaks leaks,
        int compared,
        int indifferent,
        int answers,
        OptionalDouble answerLength,
        int unscored,
        int repeated,
        int contradicted,
        Map<String, StatisticalSummary> parts,
        ByReference byReference) {
    /**
     * Verdicts that are nearer than this many deviations of the step's rewards count as the same: a reward may take off for tokens,
     * which servers do not count alike each time.
     */
    private static final double NEAR = 0.1;

    /** What an attempt is judged by. */
    private record Judged(String task, String instruction, String answer) {}

    /** A task as one student answers it. */
    private record Asked(String task, String student, int number) {}

    /** @param isRedacted whether texts are lengths and hashes, in which nothing can be found */
    static StepTexts of(List<Rollout> rollouts, boolean isRedacted) {
        List<Rollout> perInstruction = Rollout.perInstruction(rollouts);
        List<Attempt> written = perInstruction.stream().map(Rollout::attempt).toList();
        List<String> most = commonest(written);
        List<Attempt> copies = isRedacted
                ? List.of()
                : written.stream().filter(StepTexts::isCopy).toList();
        List<Attempt> came = rollouts.stream()
                .map(Rollout::attempt)
                .filter(attempt -> attempt.answer().hasArrived())
                .toList();
        List<List<Attempt>> compared = compared(came);
        List<Boolean> again = contradictions(rollouts);
        return new StepTexts(
                (int) written.stream().map(one -> one.task().id()).distinct().count(),
                written.size(),
                most.isEmpty() ? "" : most.get(0),
                most.size(),
                copies.size(),
                copies.isEmpty() ? "" : copies.get(0).instruction().text(),
                isRedacted ? Leaks.NONE : Leaks.in(written),
                compared.size(),
                (int) compared.stream().filter(StepTexts::isAnsweredAlike).count(),
                came.size(),
                came.stream()
                        .mapToInt(one -> one.answer().text().strip().length())
                        .average(),
                (int) rollouts.stream()
                        .filter(one -> one.attempt().answer().hasArrived()
                                && !one.reward().isScored())
                        .count(),
                again.size(),
                (int) again.stream().filter(differs -> differs).count(),
                parts(rollouts),
                ByReference.of(perInstruction));
    }

    /** The texts of the instruction that was written most often, which differ in case and punctuation at most. */
    static List<String> commonest(List<Attempt> written) {
        return largest(written.stream()
                .map(one -> one.instruction().text())
                .collect(Collectors.groupingBy(text -> Words.of(text).list(), LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    private static <T> List<T> largest(Collection<List<T>> lists) {
        List<T> largest = List.of();
        for (List<T> one : lists) {
            largest = one.size() > largest.size() ? one : largest;
        }
        return largest;
    }

    private static boolean isCopy(Attempt attempt) {
        return Words.of(attempt.instruction().text())
                .repeat(Words.of(attempt.task().prompt()));
    }

    /** Those of one task and one student, where instructions differ. */
    private static List<List<Attempt>> compared(List<Attempt> came) {
        return came.stream()
                .collect(Collectors.groupingBy(StepTexts::asked, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(group ->
                        distinct(group.stream().map(one -> one.instruction().text())) > 1)
                .toList();
    }

    private static Asked asked(Attempt attempt) {
        return new Asked(
                attempt.task().id(),
                attempt.student().orElse(""),
                attempt.number().orElse(0));
    }

    private static boolean isAnsweredAlike(List<Attempt> group) {
        return distinct(group.stream().map(one -> one.answer().text())) == 1;
    }

    private static long distinct(Stream<String> texts) {
        return texts.map(text -> Words.of(text).list()).distinct().count();
    }

    /** For each verdict on what was judged before in this step: whether it is another. */
    private static List<Boolean> contradictions(List<Rollout> rollouts) {
        SummaryStatistics rewards = new SummaryStatistics();
        rollouts.stream()
                .map(Rollout::reward)
                .filter(Reward::isScored)
                .forEach(reward -> rewards.addValue(reward.value()));
        double near = NEAR * rewards.getStandardDeviation();
        Map<Judged, Double> first = new LinkedHashMap<>();
        List<Boolean> again = new ArrayList<>();
        for (Rollout one : rollouts) {
            if (!one.reward().isScored() || !one.attempt().answer().hasArrived()) {
                continue;
            }
            Task task = one.attempt().task();
            Judged judged = new Judged(
                    task.id(),
                    one.attempt().instruction().text(),
                    one.attempt().answer().text());
            Double before = first.putIfAbsent(judged, one.reward().value());
            if (before != null) {
                again.add(Math.abs(before - one.reward().value()) > near);
            }
        }
        return again;
    }

    private static Map<String, StatisticalSummary> parts(List<Rollout> rollouts) {
        Map<String, SummaryStatistics> parts = new TreeMap<>();
        rollouts.forEach(one -> one.reward()
                .parts()
                .forEach((name, value) -> parts.computeIfAbsent(name, n -> new SummaryStatistics())
                        .addValue(value)));
        Map<String, StatisticalSummary> summaries = new TreeMap<>();
        parts.forEach((name, values) -> summaries.put(name, values.getSummary()));
        return summaries;
    }
}
