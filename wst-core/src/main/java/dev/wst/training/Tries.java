package dev.wst.training;

import com.google.common.base.Throwables;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Things that are all to be tried whatever becomes of the others. The first failure counts, later ones go along with it. */
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
