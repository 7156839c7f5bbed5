package dev.wst.training;

import dev.wst.Ending;
import dev.wst.Transfer;
import dev.wst.Validation;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which validation was the best so far; a later one must be better, not as good. Those in which nothing could be scored do not
 * count, nor those with a verdict on less than half as many tasks as another: their mean is of other tasks.
 *
 * @param all so far, in order; grows as the run goes on
 */
record BestValidation(List<Validation> all) {

    private List<Validation> scored() {
        int most = all.stream().mapToInt(Validation::scored).max().orElse(0);
        return all.stream()
                .filter(one -> one.scored() > 0 && 2 * one.scored() >= most)
                .toList();
    }

    private List<Double> means() {
        return scored().stream().map(one -> one.meanReward().orElseThrow()).toList();
    }

    private int best() {
        List<Double> means = means();
        int best = 0;
        for (int i = 1; i < means.size(); i++) {
            best = means.get(i) > means.get(best) ? i : best;
        }
        return best;
    }

    /** What training did for students of validations, up to that after which the run leaves its teacher. */
    List<Transfer> transfer(Ending ending) {
        if (all.isEmpty()) {
            return List.of();
        }
        Validation kept = ending == Ending.STOPPED_EARLY ? scored().get(best()) : all.get(all.size() - 1);
        return kept.step() == all.get(0).step() ? List.of() : Transfers.between(all.get(0), kept);
    }

    /** Whether the last one is. */
    boolean isLast() {
        List<Validation> scored = scored();
        return !scored.isEmpty() && scored.get(best()) == all.get(all.size() - 1);
    }

    /** Whether so many came after the best that were no better. */
    boolean isOver(OptionalInt patience) {
        return patience.isPresent() && means().size() - 1 - best() >= patience.getAsInt();
    }
}
