package dev.wst.budget;

import dev.wst.ModelCall;
import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one call may cost, held back in a {@link Ledger} until it is known what it did cost. Only the first word on that counts;
 * until then, and for a call that never ends, the bound stays reserved.
 */
public final class Reservation {
    private final Ledger ledger;
    private final ModelCall call;
    private final Cost most;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    Reservation(Ledger ledger, ModelCall call, Cost most) {
        this.ledger = ledger;
        this.call = call;
        this.most = most;
    }

    /**
     * The call was answered.
     *
     * @param inputTokens as reported; the bound counts where nothing was
     * @param outputTokens as reported; the bound counts where nothing was
     */
    public void settle(OptionalInt inputTokens, OptionalInt outputTokens) {
        end(ledger.cost(call, inputTokens, outputTokens));
    }

    /**
     * The call was not answered.
     *
     * @param maybePaid whether the model may have worked all the same, as when the time was up or the connection broke: the
     *     bound counts then. A call that the server refused costs a call and no tokens
     */
    public void failed(boolean maybePaid) {
        end(maybePaid ? most : new Cost(1, 0, 0, BigDecimal.ZERO, 0));
    }

    /** The call was never made: it costs nothing. */
    public void cancel() {
        end(Cost.NONE);
    }

    private void end(Cost actual) {
        if (isOpen.getAndSet(false)) {
            ledger.settle(most, actual);
        }
    }
}
