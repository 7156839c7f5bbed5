package dev.wst.training;

import com.google.common.base.Throwables;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Actions that are all attempted, whatever becomes of the others: the first failure is thrown, with later ones as its suppressed
 * exceptions.
 */
final class Tries {
    private @Nullable Throwable first;

    void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    void failed(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(first);
    }

    /** Throws the first failure as it was. */
    void rethrow() {
        if (first != null) {
            Throwables.throwIfUnchecked(first);
            throw new IllegalStateException(first);
        }
    }
}
