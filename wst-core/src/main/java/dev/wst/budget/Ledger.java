package dev.wst.budget;

import dev.wst.BudgetSpentException;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a run has paid and may still have to pay, kept within its budget: one for all its calls, from any thread.
 *
 * <pre>{@code
 * Ledger ledger = Ledger.of(Budget.unlimited().withCalls(10_000), Journal.none());
 * Reservation reservation = ledger.reserve(student.call(advice));
 * Answer reply = student.answer(advice);
 * reservation.settle(reply.inputTokens(), reply.outputTokens());
 * }</pre>
 *
 * <p>What was spent and the most that calls under way may cost never pass the budget together, as long as no call costs more
 * than its bound. A server that reports more is taken at its word: there is that much less for the next call.
 */
public final class Ledger {
    private final Budget budget;
    private final Journal journal;
    private final InstantSource clock;
    private final Duration before;
    private final Instant begin;
    private Cost settled;
    private Cost reserved = Cost.NONE;

    private Ledger(Budget budget, Journal journal, InstantSource clock) {
        this.budget = Objects.requireNonNull(budget, "budget");
        this.journal = journal;
        this.clock = clock;
        Spent last = journal.last().orElse(Spent.NOTHING);
        this.before = last.time();
        this.settled = last.cost();
        this.begin = clock.instant();
    }

    /** Goes on from what the journal noted last: calls that were under way then count as paid. */
    public static Ledger of(Budget budget, Journal journal) {
        return new Ledger(budget, journal, InstantSource.system());
    }

    /** The same by another clock. */
    public static Ledger of(Budget budget, Journal journal, InstantSource clock) {
        return new Ledger(budget, journal, clock);
    }

    public Budget budget() {
        return budget;
    }

    /**
     * Reserves what a call may cost at most. Each try of a call needs one of its own.
     *
     * @throws BudgetSpentException if it does not fit into what is left, or the time is up; nothing is reserved then
     * @throws InvalidInputException if nothing bounds the output of the call though tokens or money are bounded, or its model
     *     has no price
     */
    public Reservation reserve(ModelCall call) {
        Cost most = budget.most(call, 1);
        synchronized (this) {
            Cost taken = settled.plus(reserved);
            Duration time = time();
            budget.checkRoom(taken, most, time);
            journal.note(new Spent(taken.plus(most), time));
            reserved = reserved.plus(most);
        }
        return new Reservation(this, call, most);
    }

    /** What was paid; calls under way are not in it. */
    public synchronized Spent spent() {
        return new Spent(settled, time());
    }

    /** Notes what was paid, as when a run ends: without it the journal holds what calls might have cost. */
    public synchronized void note() {
        journal.note(new Spent(settled.plus(reserved), time()));
    }

    private Duration time() {
        Duration now = Duration.between(begin, clock.instant());
        return before.plus(now.isNegative() ? Duration.ZERO : now);
    }

    synchronized void settle(Cost most, Cost actual) {
        reserved = reserved.minus(most);
        settled = settled.plus(actual);
    }

    /** What a call cost; a count that is missing, or is none, is taken to be its bound. */
    Cost cost(ModelCall call, OptionalInt input, OptionalInt output) {
        long read = counted(input) ? input.getAsInt() : call.inputTokens();
        boolean isKnown = counted(output) || call.outputTokens().isPresent();
        long written = counted(output) ? output.getAsInt() : call.outputTokens().orElse(0);
        return new Cost(1, read, written, budget.money(call, read, written), isKnown ? 0 : 1);
    }

    private static boolean counted(OptionalInt tokens) {
        return tokens.isPresent() && tokens.getAsInt() >= 0;
    }
}
