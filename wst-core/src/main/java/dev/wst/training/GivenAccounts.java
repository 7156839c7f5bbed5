package dev.wst.training;

import dev.wst.InvalidInputException;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * What was given of where a run keeps its answers and what it pays its calls from.
 *
 * @param answers where they are kept instead of in the run's own directory
 * @param asks whether the student is asked for what is not kept
 * @param ledger from which calls are paid instead of from one of the run's own
 * @param limit of the run's own ledger
 */
record GivenAccounts(Optional<AnswerStore> answers, boolean asks, Optional<Ledger> ledger, Optional<Budget> limit) {

    GivenAccounts {
        if (ledger.isPresent() && limit.isPresent()) {
            throw new InvalidInputException(
                    "a run pays from one ledger, got both budget(...) and ledger(...); give the"
                            + " ledger its budget by Ledger.of(budget, journal) and leave budget(...) out, or leave ledger(...) out");
        }
    }

    static GivenAccounts none() {
        return new GivenAccounts(Optional.empty(), true, Optional.empty(), Optional.empty());
    }

    /** With answers shared with other runs. */
    GivenAccounts sharing(AnswerStore store) {
        return new GivenAccounts(Optional.of(store), true, ledger, limit);
    }

    /** With the answers of an earlier run, and none beside. */
    GivenAccounts replaying(AnswerStore store) {
        return new GivenAccounts(Optional.of(store), false, ledger, limit);
    }

    GivenAccounts paidFrom(Ledger shared) {
        return new GivenAccounts(answers, asks, Optional.of(shared), limit);
    }

    GivenAccounts within(Budget value) {
        return new GivenAccounts(answers, asks, ledger, Optional.of(Objects.requireNonNull(value, "budget")));
    }

    /** That of the ledger from which the run pays. */
    Budget budget() {
        return ledger.map(Ledger::budget).or(() -> limit).orElseGet(Budget::unlimited);
    }

    /**
     * The accounts of the run.
     *
     * @param own of the run, where answers are not shared
     * @param journal of the run's own ledger
     */
    Accounts open(Optional<AnswerStore> own, Journal journal, InstantSource clock) {
        Ledger paying = ledger.orElseGet(() -> Ledger.of(budget(), journal, clock));
        return new Accounts(answers.or(() -> own), Optional.of(paying), asks);
    }
}
