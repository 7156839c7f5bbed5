package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.ArrayList;
import java.util.List;

/** Keys and values of some tokens that prompts begin with, in the order of a {@link KeyValueCache}. */
final class KeptBeginning implements AutoCloseable {
    private final int[] tokens;
    private final int room;
    /** By layer, [K, D, P]. */
    private final List<Matrix> keys = new ArrayList<>();
    /** By layer, [K * P, D]. */
    private final List<Matrix> values = new ArrayList<>();

    /**
     * Copies them.
     *
     * @param tokens that the first prompt of the cache begins with
     */
    KeptBeginning(Kernels kernels, KeyValueCache cache, DecoderConfig config, int[] tokens) {
        this.tokens = tokens;
        this.room = KeyValueCache.roundUp(tokens.length);
        try {
            for (int layer = 0; layer < config.layers(); layer++) {
                Matrix key = kernels.allocate(config.keyValueHeads() * room, config.headWidth());
                keys.add(key);
                kernels.copy(cache.keysOf(layer, room), heads(key, config, config.headWidth(), room));
                Matrix value = kernels.allocate(config.keyValueHeads() * room, config.headWidth());
                values.add(value);
                kernels.copy(cache.valuesOf(layer, room), heads(value, config, room, config.headWidth()));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** [K] of [rows, columns]. */
    private static Block heads(Matrix memory, DecoderConfig config, int rows, int columns) {
        long each = (long) rows * columns;
        return new Block(
                memory, 0, new int[] {1, 1, config.keyValueHeads(), rows, columns}, new long[] {0, 0, each, columns, 1
                });
    }

    /** P, tokens that there is room for. */
    int room() {
        return room;
    }

    Matrix keys(int layer) {
        return keys.get(layer);
    }

    Matrix values(int layer) {
        return values.get(layer);
    }

    /** How many of these tokens all of the prompts begin with, leaving each at least one of its own. */
    int shared(List<int[]> prompts) {
        return prompts.stream().mapToInt(prompt -> common(tokens, prompt)).min().orElse(0);
    }

    /** How many tokens of the first the second begins with, leaving it at least one of its own. */
    static int common(int[] first, int[] second) {
        return PrefixGroup.alike(first, second, Math.min(first.length, second.length - 1));
    }

    /** Bytes that it holds. */
    long bytes() {
        return 2L * keys.size() * keys.get(0).rows() * keys.get(0).columns() * Float.BYTES;
    }

    @Override
    public void close() {
        keys.forEach(Matrix::close);
        values.forEach(Matrix::close);
    }
}
