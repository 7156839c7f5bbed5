package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.Arrays;
import java.util.List;

/** Attention of prompts among themselves, whose keys and values go to the cache of those who will write after them. */
final class PrefillAttention implements Attention {
    private final Kernels kernels;
    private final DecodingMemory memory;
    private final DecoderConfig config;
    private final PackedAttention attention;
    private final KeyValueCache cache;
    private final int first;
    private final int count;
    /** [B, K, P] head-order row of each prompt token's key; -1 after the prompt's end. */
    private final Index keys;
    /** The same of its value. */
    private final Index values;

    /**
     * For some of the prompts that the cache holds.
     *
     * @param attention within the batch, closed with this
     * @param first the number of the first of them
     * @param tokenRows the packed row of each token of each prompt
     */
    PrefillAttention(
            Decoder decoder, PackedAttention attention, KeyValueCache cache, int first, List<int[]> tokenRows) {
        this.kernels = decoder.kernels();
        this.memory = decoder.decodingMemory();
        this.config = decoder.config();
        this.attention = attention;
        this.cache = cache;
        this.first = first;
        this.count = tokenRows.size();
        int[] keyRows = new int[cache.promptRows(count)];
        int[] valueRows = new int[keyRows.length];
        Arrays.fill(keyRows, -1);
        Arrays.fill(valueRows, -1);
        for (int b = 0; b < count; b++) {
            int[] rows = tokenRows.get(b);
            for (int k = 0; k < config.keyValueHeads(); k++) {
                for (int p = 0; p < rows.length; p++) {
                    int place = (b * config.keyValueHeads() + k) * cache.promptLength() + p;
                    keyRows[place] = attention.order().key(rows[p], k);
                    valueRows[place] = attention.order().value(rows[p], k);
                }
            }
        }
        keys = kernels.index(keyRows);
        values = kernels.index(valueRows);
    }

    @Override
    public void forward(int layer, Matrix projected, LayerActivations kept, Matrix context) {
        attention.forward(layer, projected, kept, context);
        Matrix heads = attention.heads(kept);
        Matrix inOrder = memory.promptKeys().of(keys.length());
        kernels.gatherRows(heads, keys, inOrder);
        kernels.copy(turned(inOrder), cache.keysOverPrompts(layer, first, count));
        kernels.gatherRows(heads, values, cache.valueRows(layer, first, count));
    }

    /** Keys [B, K, P, D] seen as [B, K] of [D, P]. */
    private Block turned(Matrix inOrder) {
        int p = cache.promptLength();
        int d = config.headWidth();
        long each = (long) p * d;
        return new Block(inOrder, 0, new int[] {1, count, config.keyValueHeads(), d, p}, new long[] {
            0, config.keyValueHeads() * each, each, 1, d
        });
    }

    @Override
    public void close() {
        attention.close();
        keys.close();
        values.close();
    }
}
