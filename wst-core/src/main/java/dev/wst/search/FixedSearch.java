package dev.wst.search;

import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.search.SearchResult.Candidate;
import dev.wst.search.StudentTrials.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The best of several instructions that are the same for every question, by successive halving (Karnin, Koren, Somekh, Almost optimal
 * exploration in multi-armed bandits, ICML 2013; for prompts: Shi et al., arXiv 2402.09723): in each round all that are left get an
 * equal share of the calls, on the same fresh questions, and the better half stays. Trying all equally would spend most of the calls
 * on those that are out of the question.
 *
 * <pre>{@code
 * SearchResult fixed = FixedSearch.among(List.of("Think step by step.", "Answer in one word."))
 *         .run(trials, tasks, new Seed(17));
 * }</pre>
 */
public final class FixedSearch {
    private final List<String> candidates;

    private FixedSearch(List<String> candidates) {
        this.candidates = candidates;
    }

    /**
     * Among these; those that come twice count once.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FixedSearch among(List<String> instructions) {
        Set<String> different = new LinkedHashSet<>();
        instructions.forEach(text -> different.add(text.strip()));
        if (different.isEmpty()) {
            throw new IllegalArgumentException("a search needs at least one instruction to choose from, got none");
        }
        return new FixedSearch(List.copyOf(different));
    }

    /**
     * Instructions to search among, each written for one of the tasks: different ones, in the order that they were written.
     *
     * <pre>{@code
     * List<String> wordings = FixedSearch.written(16, tasks, new Seed(17), asked ->
     *         teacher.write(asked, Sampling.defaults(), new Seed(17)).stream()
     *                 .map(advised -> advised.instruction().text())
     *                 .toList());
     * }</pre>
     *
     * @param most so many tasks, drawn by the seed, are written for
     * @param writer writes for each situation; an empty text where it could not
     */
    public static List<String> written(
            int most, List<Task> tasks, Seed seed, Function<List<Situation>, List<String>> writer) {
        if (most < 1 || tasks.isEmpty()) {
            throw new IllegalArgumentException("to write instructions takes at least 1 and a task, got " + most
                    + " and " + tasks.size() + " tasks");
        }
        int[] order = seed.derive("written").order(tasks.size());
        List<Situation> situations = IntStream.range(0, most)
                .mapToObj(i -> Situation.of(tasks.get(order[i % order.length]), i / order.length))
                .toList();
        return writer.apply(situations).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * Searches until one is left, the calls are spent, or every question was put with each that is left.
     *
     * @param tasks to train on, not those that it is measured with
     * @throws IllegalArgumentException if there are fewer calls than candidates, or no tasks
     * @throws dev.wst.UnavailableException if nothing could be scored
     */
    public SearchResult run(StudentTrials trials, List<Task> tasks, Seed seed) {
        if (tasks.isEmpty() || trials.left() < candidates.size()) {
            throw new IllegalArgumentException("to try each of " + candidates.size()
                    + " instructions takes as many calls and a task, got " + trials.left() + " calls and "
                    + tasks.size()
                    + " tasks");
        }
        trials.check(tasks);
        int[] order = seed.derive("fixed").order(tasks.size());
        Map<String, List<Rollout>> seen = new LinkedHashMap<>();
        candidates.forEach(one -> seen.put(one, new ArrayList<>()));
        List<String> left = candidates;
        int put = 0;
        int rounds = rounds(left.size());
        for (int round = 0; round < rounds && put < order.length; round++) {
            long share = trials.left() / ((long) left.size() * (rounds - round));
            // In the first rounds every one has its chance, however little there is.
            int questions = (int) Math.min(Math.max(share, 1), order.length - put);
            List<Task> fresh = IntStream.range(put, put + questions)
                    .mapToObj(i -> tasks.get(order[i]))
                    .toList();
            if (trials.left() < (long) questions * left.size() || !put(left, fresh, trials, seen)) {
                break;
            }
            put += questions;
            left = better(left, seen);
        }
        return result(seen, left, trials);
    }

    /** Halvings until one is left; one round for one alone, so that it has evidence too. */
    private static int rounds(int count) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(count - 1));
    }

    /** Whether all of it could be paid; tries after failures may take what was planned for questions. */
    private static boolean put(
            List<String> left, List<Task> fresh, StudentTrials trials, Map<String, List<Rollout>> seen) {
        List<Trial> batch = fresh.stream()
                .flatMap(task -> left.stream().map(text -> new Trial(text, task)))
                .toList();
        List<Rollout> rollouts = trials.examine(batch);
        for (int i = 0; i < rollouts.size(); i++) {
            seen.computeIfAbsent(batch.get(i).instruction(), text -> new ArrayList<>())
                    .add(rollouts.get(i));
        }
        return rollouts.size() == batch.size();
    }

    private static List<String> better(List<String> left, Map<String, List<Rollout>> seen) {
        List<Candidate> candidates =
                left.stream().map(text -> candidate(text, seen)).toList();
        return candidates.stream()
                .sorted(Candidate.bestOf(candidates))
                .limit((left.size() + 1) / 2)
                .map(Candidate::instruction)
                .toList();
    }

    private static Candidate candidate(String text, Map<String, List<Rollout>> seen) {
        return new Candidate(text, OptionalInt.empty(), seen.getOrDefault(text, List.of()));
    }

    /** Those that were left longest come first: of others little is known. */
    private static SearchResult result(Map<String, List<Rollout>> seen, List<String> left, StudentTrials trials) {
        Map<Integer, List<Candidate>> byQuestions = seen.keySet().stream()
                .map(text -> candidate(text, seen))
                .collect(Collectors.groupingBy(one -> one.rollouts().size()));
        List<Candidate> all = byQuestions.values().stream()
                .flatMap(same -> same.stream().sorted(Candidate.bestOf(same)))
                .sorted(Comparator.comparing((Candidate one) -> one.scored() == 0)
                        .thenComparing(one -> !left.contains(one.instruction()))
                        .thenComparing(Comparator.comparingInt(
                                        (Candidate one) -> one.rollouts().size())
                                .reversed()))
                .toList();
        if (all.get(0).scored() == 0) {
            throw StudentTrials.nothingScored(
                    seen.values().stream().flatMap(List::stream).toList());
        }
        return new SearchResult(all, trials.spent());
    }
}
