package dev.wst.calls;

import dev.wst.answers.AnswerStore;
import dev.wst.budget.Ledger;
import java.util.Optional;

/**
 * Where the calls of a run are kept and paid from.
 *
 * <pre>{@code
 * Accounts accounts = Accounts.none().withLedger(Ledger.of(Budget.unlimited().withCalls(10_000), Journal.none()));
 * }</pre>
 *
 * @param answers holds every answer from before it is used; what it holds is not asked again
 * @param ledger every call is paid from it
 * @param asks whether questions that are not in {@code answers} are asked; otherwise they end the run
 */
public record Accounts(Optional<AnswerStore> answers, Optional<Ledger> ledger, boolean asks) {

    /** Nothing is kept and nothing counted. */
    public static Accounts none() {
        return new Accounts(Optional.empty(), Optional.empty(), true);
    }

    /** The same with answers kept in this store. */
    public Accounts withAnswers(AnswerStore store) {
        return new Accounts(Optional.of(store), ledger, asks);
    }

    /** The same with calls paid from this ledger. */
    public Accounts withLedger(Ledger paying) {
        return new Accounts(answers, Optional.of(paying), asks);
    }

    /** The same without a single call: what is not kept is an {@link dev.wst.InvalidInputException} that names it. */
    public Accounts withoutAsking() {
        return new Accounts(answers, ledger, false);
    }
}
