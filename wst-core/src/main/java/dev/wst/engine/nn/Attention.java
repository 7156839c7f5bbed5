package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;

/**
 * Causal attention with shared key-value heads (arXiv 2305.13245) over a {@link PackedBatch}: {@code softmax(q k' /
 * sqrt(D)) v}. A continuation looks at its prompt, computed once, and at itself.
 */
final class Attention {
    private final Kernels kernels;
    private final Scratch scratch;
    private final CausalMask mask;
    private final int keyValueHeads;
    private final int sharing;
    private final int headWidth;
    private final float scale;

    Attention(Kernels kernels, Scratch scratch, CausalMask mask, DecoderConfig config) {
        this.kernels = kernels;
        this.scratch = scratch;
        this.mask = mask;
        this.keyValueHeads = config.keyValueHeads();
        this.sharing = config.sharing();
        this.headWidth = config.headWidth();
        this.scale = (float) (1 / Math.sqrt(config.headWidth()));
    }

    /**
     * Writes the attended values.
     *
     * @param heads queries, keys and values in head order
     * @param result [queries, D] in head order
     * @param kept gets the probabilities that {@link #backward} needs
     */
    void forward(PackedBatch batch, Matrix heads, Matrix result, Probabilities kept) {
        for (int i = 0; i < batch.groups().size(); i++) {
            Views v = new Views(batch, batch.groups().get(i), heads, result, heads);
            Matrix prompt = kept.ofPrompt(i, v.group);
            kernels.maskedMatmul(v.promptQuery, v.promptKey.transposed(), v.promptScores(prompt), scale, mask.of(v.p));
            kernels.softmax(prompt, prompt);
            kernels.matmul(v.promptScores(prompt), v.promptValue, v.promptResult, 1, false);
            if (v.group.hasContinuations()) {
                Matrix own = kept.ofContinuations(i, v.group);
                kernels.matmul(v.lookingBack(v.query), v.promptKey.transposed(), v.scoresOnPrompt(own), scale, false);
                kernels.maskedMatmul(v.query, v.key.transposed(), v.scoresOnSelf(own), scale, mask.of(v.t));
                kernels.softmax(own, own);
                kernels.matmul(v.scoresOnPrompt(own), v.promptValue, v.lookingBack(v.result), 1, false);
                kernels.matmul(v.scoresOnSelf(own), v.value, v.result, 1, true);
            }
        }
    }

    /**
     * Writes the slopes of queries, keys and values.
     *
     * @param dResult [queries, D], zeros in rows that hold no token
     * @param dHeads in head order, written whole
     */
    void backward(PackedBatch batch, Matrix heads, Matrix dResult, Matrix dHeads, Probabilities kept) {
        for (int i = 0; i < batch.groups().size(); i++) {
            PackedBatch.Group group = batch.groups().get(i);
            Views v = new Views(batch, group, heads, dResult, heads);
            Views d = new Views(batch, group, dHeads, dResult, dHeads);
            Matrix p = kept.ofPrompt(i, group);
            Matrix dp = scratch.dPromptProbabilities().of(p.rows(), p.columns());
            kernels.matmul(v.promptResult, v.promptValue.transposed(), v.promptScores(dp), 1, false);
            kernels.matmul(v.promptScores(p).transposed(), v.promptResult, d.promptValue, 1, false);
            kernels.softmaxBack(p, dp, dp);
            kernels.matmul(v.promptScores(dp), v.promptKey, d.promptQuery, scale, false);
            kernels.matmul(v.promptScores(dp).transposed(), v.promptQuery, d.promptKey, scale, false);
            if (group.hasContinuations()) {
                backwardOfContinuations(v, d, kept.ofContinuations(i, group));
            }
        }
    }

    private void backwardOfContinuations(Views v, Views d, Matrix p) {
        Matrix dp = scratch.dProbabilities().of(p.rows(), p.columns());
        Block back = v.lookingBack(v.result);
        kernels.matmul(back, v.promptValue.transposed(), v.scoresOnPrompt(dp), 1, false);
        kernels.matmul(v.result, v.value.transposed(), v.scoresOnSelf(dp), 1, false);
        kernels.matmul(v.scoresOnPrompt(p).transposed(), back, d.promptValue, 1, true);
        kernels.matmul(v.scoresOnSelf(p).transposed(), v.result, d.value, 1, false);
        kernels.softmaxBack(p, dp, dp);
        kernels.matmul(v.scoresOnPrompt(dp), v.promptKey, d.lookingBack(d.query), scale, false);
        kernels.matmul(v.scoresOnSelf(dp), v.key, d.query, scale, true);
        kernels.matmul(v.scoresOnPrompt(dp).transposed(), v.lookingBack(v.query), d.promptKey, scale, true);
        kernels.matmul(v.scoresOnSelf(dp).transposed(), v.query, d.key, scale, false);
    }

    /** The parts of a group in head order as batches over K (prompt) or K and G (continuations). */
    private final class Views {
        final PackedBatch.Group group;
        final int p;
        final int t;
        final Block promptQuery;
        final Block promptKey;
        final Block promptValue;
        final Block promptResult;
        Block query;
        Block key;
        Block value;
        Block result;

        Views(PackedBatch batch, PackedBatch.Group group, Matrix queries, Matrix results, Matrix keys) {
            this.group = group;
            this.p = group.promptLength();
            this.t = group.longest();
            int k0 = batch.queryRows() + group.key();
            int v0 = k0 + batch.keyRows();
            promptQuery = overPrompt(queries, group.query(), p * sharing);
            promptResult = overPrompt(results, group.query(), p * sharing);
            promptKey = overPrompt(keys, k0, p);
            promptValue = overPrompt(keys, v0, p);
            query = promptQuery;
            result = promptResult;
            key = promptKey;
            value = promptValue;
            if (group.hasContinuations()) {
                int q1 = group.query() + keyValueHeads * p * sharing;
                query = overContinuations(queries, q1, t * sharing);
                result = overContinuations(results, q1, t * sharing);
                key = overContinuations(keys, k0 + keyValueHeads * p, t);
                value = overContinuations(keys, v0 + keyValueHeads * p, t);
            }
        }

        private Block overPrompt(Matrix memory, int row, int rows) {
            return new Block(
                    memory, (long) row * headWidth, new int[] {1, 1, keyValueHeads, rows, headWidth}, new long[] {
                        0, 0, (long) rows * headWidth, headWidth, 1
                    });
        }

        private Block overContinuations(Matrix memory, int row, int rows) {
            long each = (long) rows * headWidth;
            return new Block(
                    memory,
                    (long) row * headWidth,
                    new int[] {1, keyValueHeads, group.count(), rows, headWidth},
                    new long[] {0, group.count() * each, each, headWidth, 1});
        }

        /** All continuations of a head as one run of rows: what looks at the prompt. */
        Block lookingBack(Block continuations) {
            int rows = group.count() * t * sharing;
            return new Block(
                    continuations.memory(),
                    continuations.offset(),
                    new int[] {1, 1, keyValueHeads, rows, headWidth},
                    new long[] {0, 0, (long) rows * headWidth, headWidth, 1});
        }

        Block promptScores(Matrix scores) {
            return new Block(scores, 0, new int[] {1, 1, keyValueHeads, p * sharing, p}, new long[] {
                0, 0, (long) p * sharing * p, p, 1
            });
        }

        Block scoresOnPrompt(Matrix scores) {
            int rows = group.count() * t * sharing;
            return new Block(scores, 0, new int[] {1, 1, keyValueHeads, rows, p}, new long[] {
                0, 0, (long) rows * (p + t), p + t, 1
            });
        }

        Block scoresOnSelf(Matrix scores) {
            long each = (long) t * sharing * (p + t);
            return new Block(scores, p, new int[] {1, keyValueHeads, group.count(), t * sharing, t}, new long[] {
                0, group.count() * each, each, p + t, 1
            });
        }
    }
}
