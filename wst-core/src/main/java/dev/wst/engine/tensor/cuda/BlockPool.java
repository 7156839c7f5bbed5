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
    /** Pieces that are in use, each with its size. */
    private final Map<Long, Long> taken = new HashMap<>();

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
        long size = bytes > LARGEST ? bytes : Math.max(SMALLEST, Long.highestOneBit(Math.max(1, bytes - 1)) * 2);
        Deque<Long> ready = idle.get(size);
        long address = ready == null || ready.isEmpty() ? allocate.applyAsLong(size) : ready.pop();
        taken.put(address, size);
        return address;
    }

    /** Does nothing with what went back to the driver before. */
    void giveBack(long address) {
        Long size = taken.remove(address);
        if (size == null) {
            return;
        }
        if (size > LARGEST) {
            free.accept(address);
        } else {
            idle.computeIfAbsent(size, key -> new ArrayDeque<>()).push(address);
        }
    }

    /** Gives all idle pieces back to the driver. */
    void trim() {
        idle.values().forEach(ready -> ready.forEach(free::accept));
        idle.clear();
    }

    /** Gives everything back to the driver, also what is in use. */
    void close() {
        trim();
        taken.keySet().forEach(free::accept);
        taken.clear();
    }
}
