package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.Optional;

/** The new tokens of each continuation look at its prompt, at what was written before, and at themselves. */
final class CachedAttention implements Attention {
    private final Kernels kernels;
    private final Scratch scratch;
    private final DecodingMemory memory;
    private final DecoderConfig config;
    private final KeyValueCache cache;
    private final DecodeStep step;
    private final Index fromProjected;
    private final Index toPacked;
    private final Index toOwnKeys;
    private final Index toOwnValues;
    /** Empty where all tokens look at the same number of own tokens. */
    private final Optional<Block> mask;

    CachedAttention(Decoder decoder, KeyValueCache cache, DecodeStep step) {
        this.kernels = decoder.kernels();
        this.scratch = decoder.scratch();
        this.memory = decoder.decodingMemory();
        this.config = decoder.config();
        this.cache = cache;
        this.step = step;
        // First, since it may not fit into memory: whoever made this could not close the rest.
        mask = step.isEven() ? Optional.empty() : Optional.of(mask());
        fromProjected = kernels.index(step.fromProjected);
        toPacked = kernels.index(step.toPacked);
        toOwnKeys = kernels.index(step.toOwnKeys);
        toOwnValues = kernels.index(step.toOwnValues);
    }

    @Override
    public void forward(int layer, Matrix projected, LayerActivations kept, Matrix context) {
        kernels.placeRows(projected, toOwnKeys, cache.ownKeys(layer));
        kernels.placeRows(projected, toOwnValues, cache.ownValues(layer));
        Matrix queries = memory.queries().of(fromProjected.length());
        kernels.gatherRows(projected, fromProjected, queries);
        Matrix attended = scratch.attended().of(queries.rows());
        attend(layer, queries, attended);
        kernels.gatherRows(attended, toPacked, context);
    }

    /** Queries and results are [B, K, A, L, Q, D]. */
    private void attend(int layer, Matrix queries, Matrix result) {
        int b = step.prompts();
        int k = config.keyValueHeads();
        int each = step.queriesOfEach();
        int rows = step.most * each;
        int p = cache.promptLength();
        int own = cache.visible(step.furthest);
        int width = p + own;
        Matrix scores = memory.scores().of(queries.rows(), width);
        Block onPrompt = new Block(scores, 0, new int[] {1, b, k, rows, p}, new long[] {
            0, (long) k * rows * width, (long) rows * width, width, 1
        });
        Block onSelf = new Block(scores, p, new int[] {b, k, step.most, each, own}, new long[] {
            (long) k * rows * width, (long) rows * width, (long) each * width, width, 1
        });
        float scale = config.attentionScale();
        Block ownKeys = cache.overContinuations(cache.ownKeys(layer), b, step.most, own);
        Block ownValues = cache.overContinuations(cache.ownValues(layer), b, step.most, own);
        kernels.matmul(step.overPrompts(queries), cache.keysOverPrompts(layer, 0, b), onPrompt, scale, false);
        Block ownQueries = step.overContinuations(queries);
        if (mask.isPresent()) {
            kernels.maskedMatmul(ownQueries, ownKeys.transposed(), onSelf, scale, mask.get());
        } else {
            kernels.matmul(ownQueries, ownKeys.transposed(), onSelf, scale, false);
            hideUnwritten(scores, own);
        }
        hideBehindPrompts(scores, k * rows);
        kernels.softmax(scores, scores);
        kernels.matmul(onPrompt, cache.valuesOverPrompts(layer, 0, b), step.overPrompts(result), 1, false);
        kernels.matmul(onSelf, ownValues, step.overContinuations(result), 1, true);
    }

    private void hideBehindPrompts(Matrix scores, int rowsOfPrompt) {
        int p = cache.promptLength();
        for (int b = 0; b < step.prompts(); b++) {
            int length = step.promptLengths[b];
            if (length < p) {
                kernels.fill(
                        scores.rows(b * rowsOfPrompt, rowsOfPrompt).columns(length, p - length),
                        Float.NEGATIVE_INFINITY);
            }
        }
    }

    /** Where all tokens look at the same number of own tokens: hides the room that is not written yet. */
    private void hideUnwritten(Matrix scores, int own) {
        int read = step.furthest;
        if (read < own) {
            kernels.fill(scores.columns(cache.promptLength() + read, own - read), Float.NEGATIVE_INFINITY);
        }
    }

    /** Where they do not: [B, 1, A] of [L * Q, own], the same for all heads of keys. */
    private Block mask() {
        int own = cache.visible(step.furthest);
        int each = step.queriesOfEach();
        Matrix rows = memory.mask().of(step.prompts() * step.most * each, own);
        step.writeMask(rows);
        long place = (long) each * own;
        return new Block(rows, 0, new int[] {step.prompts(), 1, step.most, each, own}, new long[] {
            step.most * place, 0, place, own, 1
        });
    }

    @Override
    public void close() {
        fromProjected.close();
        toPacked.close();
        toOwnKeys.close();
        toOwnValues.close();
    }
}
