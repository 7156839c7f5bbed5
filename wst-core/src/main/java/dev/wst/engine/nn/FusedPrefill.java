package dev.wst.engine.nn;

import dev.wst.engine.tensor.HeadShape;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.Arrays;
import java.util.List;

/** Attention of prompts among themselves, whose keys and values go to the cache of {@link FusedDecoding}. */
final class FusedPrefill implements Attention {
    private final Kernels kernels;
    private final HeadShape shape;
    private final FusedAttention attention;
    private final List<LayerCache> layers;
    private final int cacheRows;
    private final int firstRow;
    /** [tokens of the prompts] the packed row of each. */
    private final Index tokens;

    /**
     * For some of the prompts.
     *
     * @param attention within the batch, closed with this
     * @param cacheRows of the cache of all prompts
     * @param firstRow of the cache that they go to
     * @param tokenRows the packed row of each token of each prompt
     */
    FusedPrefill(Decoder decoder, FusedAttention attention, int cacheRows, int firstRow, List<int[]> tokenRows) {
        this.kernels = decoder.kernels();
        this.shape = decoder.headShape();
        this.attention = attention;
        this.layers = decoder.decodingMemory().layers();
        this.cacheRows = cacheRows;
        this.firstRow = firstRow;
        this.tokens =
                kernels.index(tokenRows.stream().flatMapToInt(Arrays::stream).toArray());
    }

    @Override
    public void forward(int layer, Matrix projected, LayerActivations kept, Matrix context) {
        attention.forward(layer, projected, kept, context);
        Matrix keysAndValues = attention.projections(kept).columns(shape.queries() * shape.width(), shape.cached());
        Matrix cache = layers.get(layer).ofPrompts(cacheRows, shape);
        kernels.gatherRows(keysAndValues, tokens, cache.rows(firstRow, tokens.length()));
    }

    @Override
    public void close() {
        tokens.close();
        attention.close();
    }
}
