package dev.wst.search;

import dev.wst.Rollout;
import dev.wst.budget.Cost;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Interval;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a search found: one instruction for all questions, and what it was found by.
 *
 * <pre>{@code
 * SearchResult bestFixed = FixedSearch.among(List.of("Think step by step.", "Answer in one word."))
 *         .run(trials, tasks, new Seed(17));
 * System.out.println(bestFixed.best().instruction() + " for " + bestFixed.spent().calls() + " calls");
 * Comparison against = Comparison.run(heldOut, examiner, List.of(
 *         Comparison.Arm.none("alone"),
 *         bestFixed.arm("best fixed instruction")));
 * }</pre>
 *
 * <p>The best of many looks better on the questions that chose it than it is: compare it on others.
 *
 * @param candidates those that were tried, the best first; at least one has a reward
 * @param spent what the student's calls cost
 */
public record SearchResult(List<Candidate> candidates, Cost spent) {
    private static final int SHOWN = 5;

    /** @throws IllegalArgumentException if there is no candidate with a reward */
    public SearchResult {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty() || candidates.get(0).scored() == 0) {
            throw new IllegalArgumentException(
                    "a search has found something if a candidate was scored, got " + candidates);
        }
    }

    /**
     * An instruction that was tried.
     *
     * @param instruction empty for the student alone
     * @param parent which candidate it was made from, in the order that they were tried, from 0; empty if it was given
     * @param rollouts with the questions that it was judged by, those without a verdict included
     */
    public record Candidate(String instruction, OptionalInt parent, List<Rollout> rollouts) {
        public Candidate {
            rollouts = List.copyOf(rollouts);
        }

        /** Questions with a verdict. */
        public int scored() {
            return (int)
                    rollouts.stream().filter(one -> one.reward().isScored()).count();
        }

        /** Its mean reward where a question has a verdict. */
        public Optional<Interval> reward() {
            double[] rewards = rollouts.stream()
                    .filter(one -> one.reward().isScored())
                    .mapToDouble(one -> one.reward().value())
                    .toArray();
            return rewards.length == 0 ? Optional.empty() : Optional.of(Interval.of(rewards));
        }

        /**
         * The better of those that were put to the same questions first. One that got a verdict on less than half as many of them as
         * another is behind, whatever it earned there: that its other answers did not come may be its doing.
         */
        static Comparator<Candidate> bestOf(Collection<Candidate> all) {
            int most = all.stream().mapToInt(Candidate::scored).max().orElse(0);
            return Comparator.comparing((Candidate one) -> 2 * one.scored() < most)
                    .thenComparing(Comparator.comparingDouble(Candidate::mean).reversed());
        }

        private double mean() {
            return reward().map(Interval::mean).orElse(Double.NEGATIVE_INFINITY);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s on %d questions: %s",
                    reward().map(Interval::toString).orElse("nothing scored"),
                    scored(),
                    instruction.isEmpty() ? "(no instruction)" : instruction);
        }
    }

    /** The one that the search chose: with the highest mean of those that it tried longest. */
    public Candidate best() {
        return candidates.get(0);
    }

    /** The best as a way of instructing, for comparisons. */
    public Comparison.Arm arm(String name) {
        String text = best().instruction();
        return text.isEmpty() ? Comparison.Arm.none(name) : Comparison.Arm.fixed(name, text);
    }

    /** The calls and the first five, a line each. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%d candidates, %,d calls of the student", candidates.size(), spent.calls()));
        candidates.stream().limit(SHOWN).forEach(one -> text.append("\n  ").append(one));
        return text.toString();
    }
}
