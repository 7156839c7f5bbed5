package dev.wst.search;

import dev.wst.BudgetSpentException;
import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.search.Reflector.Reflection;
import dev.wst.search.SearchResult.Candidate;
import dev.wst.search.StudentTrials.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A search for one instruction by reflection, in the manner of GEPA (Agrawal et al., arXiv 2507.19457, algorithms 1 and 2), from its
 * description. A pool of instructions is kept with their rewards on one set of questions. In each round one is drawn from the pool's
 * Pareto front over these, tried on a few other questions, and a reflector makes a new instruction of what it sees there. That is
 * tried on the same few first; only if it does better there, it is put to the whole set and joins the pool. GEPA's merging of two
 * candidates is for programs of several prompts and is not here.
 *
 * <pre>{@code
 * Reflector thinker = Reflector.sampling(teacher, Sampling.defaults());
 * SearchResult reflected = ReflectiveSearch.defaults()
 *         .run(trials, List.of("Think step by step."), tasks, thinker, new Seed(17));
 * }</pre>
 *
 * <p>The same seed, student and reflector give the same result. It ends when the calls that are left do not suffice for a round, or
 * when 20 rounds in a row brought no new instruction.
 *
 * @param minibatch questions that a reflector sees, and that its instruction is tried on first; at least 1
 * @param front questions that the pool is judged by; at least 1
 */
public record ReflectiveSearch(int minibatch, int front) {
    private static final int MINIBATCH = 4;
    private static final int FRONT = 30;
    private static final int PATIENCE = 20;

    public ReflectiveSearch {
        if (minibatch < 1 || front < 1) {
            throw new IllegalArgumentException(
                    "minibatch and front take at least one question each, got " + minibatch + " and " + front);
        }
    }

    /** Minibatches of 4 questions, and 30 that the pool is judged by. */
    public static ReflectiveSearch defaults() {
        return new ReflectiveSearch(MINIBATCH, FRONT);
    }

    /** Questions that a reflector sees; 4 by default. */
    public ReflectiveSearch withMinibatch(int value) {
        return new ReflectiveSearch(value, front);
    }

    /** Questions that the pool is judged by; 30 by default. More tell candidates apart better, and cost more calls for each. */
    public ReflectiveSearch withFront(int value) {
        return new ReflectiveSearch(minibatch, value);
    }

    /**
     * How many of so many tasks judge the pool: one at least is left to reflect on. To judge one instruction takes as many calls, and
     * {@link #run} is refused with fewer than that for each that it begins with.
     *
     * @throws IllegalArgumentException if there are fewer than two tasks
     */
    public int judges(int tasks) {
        if (tasks < 2) {
            throw new IllegalArgumentException(
                    "a search by reflection takes two tasks at least, one to judge by and one to reflect on, got "
                            + tasks);
        }
        return Math.min(front, tasks - 1);
    }

    /**
     * Searches.
     *
     * @param begin instructions to begin with, at least one; an empty one is the student alone
     * @param tasks to train on; some judge the pool, drawn by the seed, and the others are reflected on
     * @throws IllegalArgumentException if there are fewer than two tasks, nothing to begin with, or not the calls to judge that
     * @throws dev.wst.UnavailableException if nothing could be scored
     */
    public SearchResult run(
            StudentTrials trials, List<String> begin, List<Task> tasks, Reflector reflector, Seed seed) {
        List<String> first = List.copyOf(
                new LinkedHashSet<>(begin.stream().map(String::strip).toList()));
        if (first.isEmpty() || tasks.size() < 2) {
            throw new IllegalArgumentException(
                    "a search by reflection begins with at least one instruction and two tasks," + " got "
                            + first.size() + " and " + tasks.size());
        }
        int[] order = seed.derive("front").order(tasks.size());
        int judging = judges(tasks.size());
        if (trials.left() < (long) first.size() * judging) {
            throw new IllegalArgumentException("judging what it begins with takes " + first.size() + " x " + judging
                    + " calls (instructions x questions), got " + trials.left()
                    + "; begin with fewer, or judge by fewer questions with withFront");
        }
        trials.check(tasks);
        List<Task> judges =
                IntStream.range(0, judging).mapToObj(i -> tasks.get(order[i])).toList();
        List<Task> others = IntStream.range(judging, order.length)
                .mapToObj(i -> tasks.get(order[i]))
                .toList();
        return new Search(trials, judges, others, reflector, seed).run(first);
    }

    /** One run of it. */
    private final class Search {
        private final StudentTrials trials;
        private final List<Task> judges;
        private final List<Task> others;
        private final Reflector reflector;
        private final Seed seed;
        private final List<Candidate> pool = new ArrayList<>();
        /** All that were put to the student, those that did not come into the pool among them. */
        private final Set<String> tried = new HashSet<>();

        private final DoubleSummaryStatistics seen = new DoubleSummaryStatistics();

        Search(StudentTrials trials, List<Task> judges, List<Task> others, Reflector reflector, Seed seed) {
            this.trials = trials;
            this.judges = judges;
            this.others = others;
            this.reflector = reflector;
            this.seed = seed;
        }

        SearchResult run(List<String> first) {
            try {
                tried.addAll(first);
                first.forEach(text -> judge(text, OptionalInt.empty()));
                int idle = 0;
                for (int round = 0; idle < PATIENCE && trials.left() >= 2L * minibatch + judges.size(); round++) {
                    idle = tryAnother(round) ? 0 : idle + 1;
                }
            } catch (BudgetSpentException e) {
                // Tries after failures took what was planned: the pool is what there is.
            }
            List<Candidate> ranked =
                    pool.stream().sorted(Candidate.bestOf(pool)).toList();
            if (ranked.isEmpty() || ranked.get(0).scored() == 0) {
                throw StudentTrials.nothingScored(
                        pool.stream().flatMap(one -> one.rollouts().stream()).toList());
            }
            return new SearchResult(ranked, trials.spent());
        }

        private void judge(String text, OptionalInt parent) {
            pool.add(new Candidate(text, parent, put(text, judges)));
        }

        private List<Rollout> put(String text, List<Task> tasks) {
            List<Rollout> rollouts = trials.examine(
                    tasks.stream().map(task -> new Trial(text, task)).toList());
            if (rollouts.size() < tasks.size()) {
                throw new BudgetSpentException("the calls of the search are spent");
            }
            rollouts.stream()
                    .filter(one -> one.reward().isScored())
                    .forEach(one -> seen.accept(one.reward().value()));
            return rollouts;
        }

        /** Whether a new instruction was put to the student. */
        private boolean tryAnother(int round) {
            Seed own = seed.derive("round").derive(round);
            int parent = new Front(pool)
                    .draw(new SplittableRandom(own.derive("parent").value()));
            String instruction = pool.get(parent).instruction();
            List<Task> some = minibatch(round);
            List<Rollout> before = put(instruction, some);
            Optional<String> proposed =
                    reflected(instruction, before, round, own).filter(text -> !text.isEmpty() && tried.add(text));
            if (proposed.isEmpty()) {
                return false;
            }
            if (isBetter(put(proposed.get(), some), before)) {
                judge(proposed.get(), OptionalInt.of(parent));
            }
            return true;
        }

        /** The questions in an order of their own for each time that all were seen. */
        private List<Task> minibatch(int round) {
            int size = Math.min(minibatch, others.size());
            int each = others.size() / size;
            int[] order = seed.derive("minibatch").derive(round / each).order(others.size());
            int from = round % each * size;
            return IntStream.range(from, from + size)
                    .mapToObj(i -> others.get(order[i]))
                    .toList();
        }

        /** Where everything earned the highest reward ever seen, and others less, there is nothing to learn. */
        private Optional<String> reflected(String instruction, List<Rollout> before, int round, Seed own) {
            List<Rollout> worstFirst = before.stream()
                    .filter(one -> one.reward().isScored())
                    .sorted(Comparator.comparingDouble(one -> one.reward().value()))
                    .toList();
            if (worstFirst.isEmpty() || isPerfect(worstFirst.get(0))) {
                return Optional.empty();
            }
            return reflector
                    .propose(new Reflection(instruction, worstFirst, round, own))
                    .map(String::strip);
        }

        private boolean isPerfect(Rollout worst) {
            return worst.reward().value() >= seen.getMax() && seen.getMin() < seen.getMax();
        }

        /** On the questions that both were scored on. */
        private boolean isBetter(List<Rollout> after, List<Rollout> before) {
            double gain = IntStream.range(0, after.size())
                    .filter(i -> after.get(i).reward().isScored()
                            && before.get(i).reward().isScored())
                    .mapToDouble(i -> after.get(i).reward().value()
                            - before.get(i).reward().value())
                    .sum();
            return gain > 0;
        }
    }
}
