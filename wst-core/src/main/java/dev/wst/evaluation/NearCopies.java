package dev.wst.evaluation;

import dev.wst.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Questions for measuring that are, or nearly are, questions for training: what was trained on cannot measure what was learned.
 *
 * <pre>{@code
 * NearCopies copies = NearCopies.between(tasks, heldOut);
 * copies.warning().ifPresent(System.out::println);
 * }</pre>
 *
 * <p>Two questions are compared by their words, without case, spaces and the signs of sentences. One is a copy of another if the
 * words are the same, and nearly one if 70 % of its runs of 8 words stand in the other, as where PaLM's benchmarks were searched for
 * what the model had seen (Chowdhery et al., arXiv 2204.02311, section 8); and in either case only if both hold the same numbers and
 * the same single letters of lists in the same order, so that the same exercise with other numbers is another question. Runs that stand
 * in more than ten training questions are an exercise's wording and count for nothing. Shorter questions than 8 words are told by equality alone. Other words for the same question are not seen.
 *
 * @param pairs one for each validation question that has a counterpart, in their order
 * @param validation how many validation questions were looked at
 */
public record NearCopies(List<Pair> pairs, int validation) {
    private static final double LEAST = 0.7;
    private static final int NAMED = 3;
    private static final int NONE = -1;

    /** A run that stands in more training questions than this is the wording of an exercise. */
    private static final int TEMPLATE = 10;

    /**
     * A validation question and the training question that is most like it.
     *
     * @param overlap the share of the validation question's runs of 8 words that the other has; 1 where all words are the same
     */
    public record Pair(Task training, Task validation, double overlap) {}

    public NearCopies {
        pairs = List.copyOf(pairs);
    }

    /** Looks for each validation question among all of training; 1,000 among 10,000 are about a second's work. */
    public static NearCopies between(List<Task> training, List<Task> validation) {
        List<QuestionWords> asked = validation.stream().map(QuestionWords::of).toList();
        Map<List<String>, Integer> whole = new HashMap<>();
        asked.forEach(one -> whole.put(one.words(), NONE));
        Map<Long, List<Integer>> runs = new HashMap<>();
        asked.forEach(one -> one.runs().forEach(run -> runs.putIfAbsent(run, new ArrayList<>(1))));
        for (int i = 0; i < training.size(); i++) {
            QuestionWords known = QuestionWords.of(training.get(i));
            int place = i;
            whole.computeIfPresent(known.words(), (words, first) -> first == NONE ? place : first);
            known.runs().stream().map(runs::get).filter(Objects::nonNull).forEach(places -> places.add(place));
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Task task = validation.get(i);
            int same = Objects.requireNonNull(whole.get(asked.get(i).words()));
            Optional<Near> near = same == NONE ? nearest(asked.get(i).runs(), runs) : Optional.of(new Near(same, 1));
            near.map(one -> new Pair(training.get(one.place), task, one.share)).ifPresent(pairs::add);
        }
        return new NearCopies(pairs, validation.size());
    }

    private record Near(int place, double share) {}

    /** @param known where each run stands */
    private static Optional<Near> nearest(Set<Long> runs, Map<Long, List<Integer>> known) {
        List<List<Integer>> own = runs.stream()
                .map(run -> known.getOrDefault(run, List.of()))
                .filter(places -> places.size() <= TEMPLATE)
                .toList();
        Map<Integer, Integer> shared = new TreeMap<>();
        own.forEach(places -> places.forEach(place -> shared.merge(place, 1, Integer::sum)));
        return shared.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue()
                        .thenComparing(
                                Map.Entry.<Integer, Integer>comparingByKey().reversed()))
                .map(most -> new Near(most.getKey(), (double) most.getValue() / own.size()))
                .filter(near -> near.share >= LEAST);
    }

    /** How many there are and the ids of the first three, in words; empty if there is none. */
    public Optional<String> warning() {
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d of %d validation questions are, or nearly are, training questions; what was trained on cannot measure what"
                        + " was learned:",
                pairs.size(),
                validation));
        pairs.stream()
                .limit(NAMED)
                .forEach(pair -> text.append(String.format(
                        Locale.ROOT,
                        "%n  %s is like %s of training (%.0f %%)",
                        pair.validation.id(),
                        pair.training.id(),
                        100 * pair.overlap)));
        if (pairs.size() > NAMED) {
            text.append(String.format(Locale.ROOT, "%n  and %d more", pairs.size() - NAMED));
        }
        return Optional.of(text.toString());
    }
}
