package dev.wst.engine.nn;

import dev.wst.engine.weights.DecoderConfig;

/**
 * How much memory the layers of a decoder take for a batch: a function of shapes alone, in numbers of four bytes unless it
 * says bytes.
 */
public final class ActivationSizes {
    private final DecoderConfig config;
    private final long adapterColumns;
    private final boolean fused;

    /**
     * For decoders of a shape.
     *
     * @param adapterColumns parts * R of the widest adapter
     * @param fused whether attention is one operation, which knows no head order and keeps no scores
     */
    public ActivationSizes(DecoderConfig config, long adapterColumns, boolean fused) {
        this.config = config;
        this.adapterColumns = adapterColumns;
        this.fused = fused;
    }

    /** Bytes that following a loss through a batch takes at most, from layer to layer and within one. */
    public long bytes(BatchShape shape, Kept kept) {
        long scratch = scratch(shape);
        // Buffers that grow take a quarter more than they were asked for.
        return Float.BYTES * (Arena.held(total(shape, kept), largest(shape)) + scratch + scratch / 4);
    }

    /** Of all that a pass lays in its arena. */
    long total(BatchShape shape, Kept kept) {
        long input = Arena.room(shape.rows() * config.width());
        return switch (kept) {
            case EVERYTHING -> config.layers() * (input + inner(shape)) + input;
            case INPUTS -> config.layers() * input + inner(shape) + input;
        };
    }

    /** The same where no backward pass follows. */
    long passing(BatchShape shape) {
        return Arena.room(shape.rows() * config.width()) + inner(shape);
    }

    /** {@link LayerActivations} without x. */
    private long inner(BatchShape shape) {
        long n = shape.rows();
        return Arena.room(heads(shape))
                + scores(shape)
                + Arena.room(n * attentionWidth())
                + Arena.room(n * config.width())
                + 2 * Arena.room(n * config.ffnWidth());
    }

    private long heads(BatchShape shape) {
        return (fused ? shape.rows() : shape.keyTokens()) * config.projectedHeads() * config.headWidth();
    }

    private long scores(BatchShape shape) {
        if (fused) {
            return Arena.room(shape.rows() * config.heads());
        }
        // Two matrices a group, each filled up to where the next may begin.
        return config.heads() * shape.scores() + 2L * shape.groups() * (Arena.room(1) - 1);
    }

    private long attentionWidth() {
        return (long) config.heads() * config.headWidth();
    }

    /** The largest matrix of {@link LayerActivations}. */
    long largest(BatchShape shape) {
        long rows = shape.rows() * Math.max(config.ffnWidth(), Math.max(config.width(), attentionWidth()));
        long scores = fused ? 0 : config.heads() * Math.max(shape.promptScores(), shape.continuationScores());
        return Arena.room(Math.max(rows, Math.max(scores, heads(shape))));
    }

    /** {@link Scratch}. */
    private long scratch(BatchShape shape) {
        long n = shape.rows();
        long projected = (long) config.projectedHeads() * config.headWidth();
        return n * (3L * config.width() + projected + 4L * config.ffnWidth() + attentionWidth() + 2 * adapterColumns)
                + shape.keyTokens() * attentionWidth()
                + heads(shape)
                + config.heads() * (fused ? n : shape.promptScores() + shape.continuationScores());
    }
}
