package dev.wst;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Root of every exception that this library throws about the world (files, models, students, numbers), sorted by what the
 * caller can do: try again later ({@link UnavailableException}), change what was given ({@link InvalidInputException}), repair the
 * machine ({@link EnvironmentException}). The others tell what became of a run. Wrong arguments are
 * {@link IllegalArgumentException}s instead: those are mended in code, these are handled.
 */
public class WstException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WstException(String message) {
        super(message);
    }

    public WstException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What made a result fail, without the wrapping that {@link java.util.concurrent.CompletionStage}s put around it. */
    public static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * Waits for a result.
     *
     * @throws RuntimeException that made it fail, as it was thrown
     */
    public static <T> T resultOf(CompletionStage<T> pending) {
        try {
            return pending.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw causeOf(e) instanceof RuntimeException cause ? cause : e;
        }
    }
}
