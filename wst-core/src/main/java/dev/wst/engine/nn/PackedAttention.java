package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;

/**
 * Causal attention with shared key-value heads (arXiv 2305.13245) over a {@link PackedBatch}: {@code softmax(q k' /
 * sqrt(D)) v}. A continuation looks at its prompt, computed once, and at itself.
 */
final class PackedAttention implements BatchAttention {
    private final Kernels kernels;
    private final Scratch scratch;
    private final CausalMask mask;
    private final DecoderConfig config;
    private final PackedBatch batch;
    private final HeadOrder order;
    private final Index fromProjections;
    private final Index toPacked;
    private final Index fromPacked;
    private final Index toProjections;

    PackedAttention(Kernels kernels, Scratch scratch, CausalMask mask, DecoderConfig config, PackedBatch batch) {
        this.kernels = kernels;
        this.scratch = scratch;
        this.mask = mask;
        this.config = config;
        this.batch = batch;
        this.order = new HeadOrder(batch, config);
        fromProjections = kernels.index(order.fromProjections);
        toPacked = kernels.index(order.toPacked);
        fromPacked = kernels.index(order.fromPacked);
        toProjections = kernels.index(order.toProjections);
    }

    HeadOrder order() {
        return order;
    }

    @Override
    public void forward(int layer, Matrix projected, LayerActivations kept, Matrix context) {
        Matrix heads = heads(kept);
        kernels.gatherRows(projected, fromProjections, heads);
        Matrix attended = scratch.attended().of(batch.queryRows());
        for (int i = 0; i < batch.groups().size(); i++) {
            PackedBatch.Group group = batch.groups().get(i);
            PromptBlocks prompt = new PromptBlocks(config, batch, group, heads, attended);
            forward(prompt, kept.probabilities().ofPrompt(i, group), mask.of(group.promptLength()));
            if (group.hasContinuations()) {
                ContinuationBlocks own = new ContinuationBlocks(config, batch, group, heads, attended);
                forward(prompt, own, kept.probabilities().ofContinuations(i, group), mask.of(group.longest()));
            }
        }
        kernels.gatherRows(attended, toPacked, context);
    }

    /** Queries, keys and values of all rows in head order, as forward leaves them. */
    Matrix heads(LayerActivations kept) {
        return kept.heads().of(batch.queryRows() + 2 * batch.keyRows());
    }

    @Override
    public void backward(Matrix dContext, LayerActivations kept, Matrix dProjected) {
        Matrix heads = heads(kept);
        Matrix dHeads = scratch.dHeads().of(heads.rows());
        Matrix dAttended = scratch.attended().of(batch.queryRows());
        kernels.gatherRows(dContext, fromPacked, dAttended);
        for (int i = 0; i < batch.groups().size(); i++) {
            PackedBatch.Group group = batch.groups().get(i);
            PromptBlocks prompt = new PromptBlocks(config, batch, group, heads, dAttended);
            PromptBlocks dPrompt = new PromptBlocks(config, batch, group, dHeads, dAttended);
            backward(prompt, dPrompt, kept.probabilities().ofPrompt(i, group));
            if (group.hasContinuations()) {
                ContinuationBlocks own = new ContinuationBlocks(config, batch, group, heads, dAttended);
                ContinuationBlocks dOwn = new ContinuationBlocks(config, batch, group, dHeads, dAttended);
                backward(prompt, own, dPrompt, dOwn, kept.probabilities().ofContinuations(i, group));
            }
        }
        kernels.gatherRows(dHeads, toProjections, dProjected);
    }

    private void forward(PromptBlocks prompt, Matrix p, Block causal) {
        kernels.maskedMatmul(prompt.query, prompt.key.transposed(), prompt.scores(p), scale(), causal);
        kernels.softmax(p, p);
        kernels.matmul(prompt.scores(p), prompt.value, prompt.result, 1, false);
    }

    private void backward(PromptBlocks prompt, PromptBlocks d, Matrix p) {
        Matrix dp = scratch.dPromptProbabilities().of(p.rows(), p.columns());
        kernels.matmul(d.result, prompt.value.transposed(), prompt.scores(dp), 1, false);
        kernels.matmul(prompt.scores(p).transposed(), d.result, d.value, 1, false);
        kernels.softmaxBack(p, dp, dp);
        kernels.matmul(prompt.scores(dp), prompt.key, d.query, scale(), false);
        kernels.matmul(prompt.scores(dp).transposed(), prompt.query, d.key, scale(), false);
    }

    private void forward(PromptBlocks prompt, ContinuationBlocks own, Matrix p, Block causal) {
        kernels.matmul(own.allQueries(), prompt.key.transposed(), own.scoresOnPrompt(p), scale(), false);
        kernels.maskedMatmul(own.query, own.key.transposed(), own.scoresOnSelf(p), scale(), causal);
        kernels.softmax(p, p);
        kernels.matmul(own.scoresOnPrompt(p), prompt.value, own.allResults(), 1, false);
        kernels.matmul(own.scoresOnSelf(p), own.value, own.result, 1, true);
    }

    /** The same for continuations, whose slopes of the prompt's keys and values are added to what it has. */
    private void backward(
            PromptBlocks prompt, ContinuationBlocks own, PromptBlocks dPrompt, ContinuationBlocks d, Matrix p) {
        Matrix dp = scratch.dProbabilities().of(p.rows(), p.columns());
        kernels.matmul(d.allResults(), prompt.value.transposed(), own.scoresOnPrompt(dp), 1, false);
        kernels.matmul(d.result, own.value.transposed(), own.scoresOnSelf(dp), 1, false);
        kernels.matmul(own.scoresOnPrompt(p).transposed(), d.allResults(), dPrompt.value, 1, true);
        kernels.matmul(own.scoresOnSelf(p).transposed(), d.result, d.value, 1, false);
        kernels.softmaxBack(p, dp, dp);
        kernels.matmul(own.scoresOnPrompt(dp), prompt.key, d.allQueries(), scale(), false);
        kernels.matmul(own.scoresOnSelf(dp), own.key, d.query, scale(), true);
        kernels.matmul(own.scoresOnPrompt(dp).transposed(), own.allQueries(), dPrompt.key, scale(), true);
        kernels.matmul(own.scoresOnSelf(dp).transposed(), own.query, d.key, scale(), false);
    }

    private float scale() {
        return config.attentionScale();
    }

    @Override
    public void close() {
        fromProjections.close();
        toPacked.close();
        fromPacked.close();
        toProjections.close();
    }
}
