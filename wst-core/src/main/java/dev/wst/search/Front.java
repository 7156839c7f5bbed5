package dev.wst.search;

import dev.wst.Rollout;
import dev.wst.search.SearchResult.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The candidates that are best at something: for each question those with its highest reward, without those that another is at least
 * as good as on every question and better than on one (GEPA, arXiv 2507.19457, algorithm 2).
 *
 * @param candidates with a rollout for each question, in one order
 */
record Front(List<Candidate> candidates) {

    /** For each candidate on how many questions nobody is better; 0 for those that are dominated. */
    int[] wins() {
        boolean[] isDominated = new boolean[candidates.size()];
        for (int i = 0; i < isDominated.length; i++) {
            Candidate one = candidates.get(i);
            isDominated[i] = candidates.stream().anyMatch(other -> dominates(other, one));
        }
        int[] wins = new int[candidates.size()];
        for (int question = 0; question < candidates.get(0).rollouts().size(); question++) {
            for (int winner : winners(question)) {
                wins[winner] += isDominated[winner] ? 0 : 1;
            }
        }
        return wins;
    }

    private List<Integer> winners(int question) {
        List<Integer> winners = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            Rollout rollout = candidates.get(i).rollouts().get(question);
            if (!rollout.reward().isScored() || rollout.reward().value() < best) {
                continue;
            }
            if (rollout.reward().value() > best) {
                winners.clear();
                best = rollout.reward().value();
            }
            winners.add(i);
        }
        return winners;
    }

    /** A question without a verdict says nothing: who lacks one that the other has does not dominate it. */
    private static boolean dominates(Candidate first, Candidate second) {
        boolean isBetter = false;
        for (int question = 0; question < second.rollouts().size(); question++) {
            Rollout a = first.rollouts().get(question);
            Rollout b = second.rollouts().get(question);
            if (b.reward().isScored()) {
                if (!a.reward().isScored() || a.reward().value() < b.reward().value()) {
                    return false;
                }
                isBetter |= a.reward().value() > b.reward().value();
            }
        }
        return isBetter;
    }

    /** One of them, more often the more questions it is best at. */
    int draw(SplittableRandom random) {
        int[] wins = wins();
        int sum = IntStream.of(wins).sum();
        if (sum == 0) {
            return random.nextInt(wins.length);
        }
        int drawn = random.nextInt(sum);
        int place = 0;
        while (drawn >= wins[place]) {
            drawn -= wins[place];
            place++;
        }
        return place;
    }
}
