package dev.wst.rewards;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Results that are still to come. */
public final class Pending {
    private Pending() {}

    /** All results, in order, once the last has come; fails if one of them does. */
    public static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> pending) {
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenApply(done -> pending.stream().map(CompletableFuture::join).toList());
    }
}
