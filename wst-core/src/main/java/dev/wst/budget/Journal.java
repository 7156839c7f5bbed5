package dev.wst.budget;

import java.util.Optional;

/**
 * Where a ledger's total outlives the process. It is told the total, reservations included, before a call is made: after a
 * crash the calls that were under way count as paid.
 *
 * <pre>{@code
 * Ledger ledger = Ledger.of(Budget.unlimited().withCalls(10_000), store.journal("runs/gsm8k"));
 * }</pre>
 *
 * @see dev.wst.answers.AnswerStore#journal
 */
public interface Journal {

    /** The total noted last; empty if none was. */
    Optional<Spent> last();

    /**
     * Notes a total.
     *
     * @throws dev.wst.WstException if it cannot be kept; the call it was for is not made then
     */
    void note(Spent total);

    /** Keeps nothing: for runs that end with their process. */
    static Journal none() {
        return new Journal() {
            @Override
            public Optional<Spent> last() {
                return Optional.empty();
            }

            @Override
            public void note(Spent total) {}
        };
    }
}
