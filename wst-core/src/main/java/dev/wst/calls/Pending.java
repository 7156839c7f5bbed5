package dev.wst.calls;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Results that are still to come. */
public final class Pending {
    private Pending() {}

    /** What made a result fail, without the wrapping that stages put around it. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** All results, in order, once the last has come; fails if one of them does. */
    public static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> pending) {
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenApply(done -> pending.stream().map(CompletableFuture::join).toList());
    }
}
