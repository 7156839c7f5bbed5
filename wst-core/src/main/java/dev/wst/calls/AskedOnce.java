package dev.wst.calls;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks about each key once, however many ask at the same time. A failure, or an answer that is not worth keeping, goes to
 * those who wait for it and is asked for again next time.
 *
 * @param <K> what is asked about
 * @param <V> the answer
 */
public final class AskedOnce<K, V> {
    private final ConcurrentMap<K, CompletableFuture<V>> known;
    private final Predicate<V> isKept;

    /**
     * @param known holds the answers, there or under way; it may forget any
     * @param isKept tells which answers are final
     */
    public AskedOnce(ConcurrentMap<K, CompletableFuture<V>> known, Predicate<V> isKept) {
        this.known = known;
        this.isKept = isKept;
    }

    /** The answer about one key. */
    public CompletableFuture<V> one(K key, Supplier<CompletableFuture<V>> ask) {
        return all(List.of(key), fresh -> ask.get().thenApply(List::of)).get(0);
    }

    /**
     * The answers about many keys, in order; equal ones share theirs.
     *
     * @param ask for the keys that nobody asked about yet, all different; one answer for each, in order
     */
    public List<CompletableFuture<V>> all(List<K> keys, Function<List<K>, CompletableFuture<List<V>>> ask) {
        Map<K, CompletableFuture<V>> claimed = new LinkedHashMap<>();
        List<CompletableFuture<V>> wanted = new ArrayList<>();
        for (K key : keys) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> earlier = known.putIfAbsent(key, mine);
            if (earlier == null) {
                claimed.put(key, mine);
            }
            wanted.add(earlier == null ? mine : earlier);
        }
        if (!claimed.isEmpty()) {
            CompletableFuture<Void> unused = begin(List.copyOf(claimed.keySet()), ask)
                    .thenAccept(answers -> settle(claimed, answers))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            claimed.forEach(known::remove);
                            claimed.values().forEach(mine -> mine.completeExceptionally(failure));
                        }
                    });
        }
        return wanted;
    }

    private static <K, V> CompletableFuture<List<V>> begin(
            List<K> keys, Function<List<K>, CompletableFuture<List<V>>> ask) {
        try {
            return Objects.requireNonNull(ask.apply(keys));
        } catch (Throwable e) {
            // An error too, as where no thread can be started: whoever waits must hear of it.
            return CompletableFuture.failedFuture(e);
        }
    }

    private void settle(Map<K, CompletableFuture<V>> claimed, List<V> answers) {
        if (answers.size() != claimed.size()) {
            throw new IllegalStateException(answers.size() + " answers came to " + claimed.size() + " questions");
        }
        Iterator<V> next = answers.iterator();
        claimed.forEach((key, mine) -> {
            V answer = next.next();
            if (!isKept.test(answer)) {
                known.remove(key, mine);
            }
            mine.complete(answer);
        });
    }
}
