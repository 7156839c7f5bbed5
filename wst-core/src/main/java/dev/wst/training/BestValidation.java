package dev.wst.training;

import dev.wst.Ending;
import dev.wst.Transfer;
import dev.wst.Validation;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which validation was the best so far; a later one must be better, not as good. Those that cannot be compared do not count.
 *
 * @param all so far, in order; grows as the run goes on
 */
record BestValidation(List<Validation> all) {

    /** What training did for students of validations, up to that after which the run leaves its teacher. */
    List<Transfer> transfer(Ending ending) {
        if (all.isEmpty()) {
            return List.of();
        }
        Validation kept = ending == Ending.STOPPED_EARLY ? Validation.best(all).orElseThrow() : all.get(all.size() - 1);
        return kept.step() == all.get(0).step() ? List.of() : Transfers.between(all.get(0), kept);
    }

    /** The step after which it was made; empty where none can be compared. */
    OptionalInt step() {
        return Validation.best(all).map(one -> OptionalInt.of(one.step())).orElse(OptionalInt.empty());
    }

    /** Whether the last one is. */
    boolean isLast() {
        return !all.isEmpty()
                && step().equals(OptionalInt.of(all.get(all.size() - 1).step()));
    }

    /** Whether so many came after the best that were no better. */
    boolean isOver(OptionalInt patience) {
        List<Validation> comparable = Validation.comparable(all);
        return patience.isPresent()
                && Validation.best(all)
                        .filter(best -> comparable.size() - 1 - comparable.indexOf(best) >= patience.getAsInt())
                        .isPresent();
    }
}
