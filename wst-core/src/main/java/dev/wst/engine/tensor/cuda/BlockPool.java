package dev.wst.engine.tensor.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/**
 * Small pieces of a card's memory, kept when they are given back and handed out again: asking the driver takes as long as many
 * launches and waits for all of them. Since work is done in the order of its launches, a piece may be handed out while what was
 * launched before still reads it.
 */
final class BlockPool {
    /** Larger pieces go back to the driver. */
    static final long LARGEST = 16L << 20;

    private static final long SMALLEST = 512;

    private final LongUnaryOperator allocate;
    private final LongConsumer free;
    private final Map<Long, Deque<Long>> idle = new HashMap<>();
    private final Map<Long, Long> sizes = new HashMap<>();

    /**
     * Over the driver's own memory.
     *
     * @param allocate bytes to address
     */
    BlockPool(LongUnaryOperator allocate, LongConsumer free) {
        this.allocate = allocate;
        this.free = free;
    }

    long take(long bytes) {
        if (bytes > LARGEST) {
            return allocate.applyAsLong(bytes);
        }
        long size = Math.max(SMALLEST, Long.highestOneBit(Math.max(1, bytes - 1)) * 2);
        Deque<Long> ready = idle.get(size);
        if (ready != null && !ready.isEmpty()) {
            return ready.pop();
        }
        long address = allocate.applyAsLong(size);
        sizes.put(address, size);
        return address;
    }

    void giveBack(long address) {
        Long size = sizes.get(address);
        if (size == null) {
            free.accept(address);
        } else {
            idle.computeIfAbsent(size, key -> new ArrayDeque<>()).push(address);
        }
    }

    /** Gives all idle pieces back to the driver. */
    void trim() {
        idle.values().forEach(ready -> {
            ready.forEach(address -> {
                sizes.remove(address);
                free.accept(address);
            });
            ready.clear();
        });
    }
}
