package dev.wst.engine.nn;

import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.FusedKernels.Slots;
import dev.wst.engine.tensor.HeadShape;
import dev.wst.engine.tensor.Matrix;
import java.util.List;

/**
 * One new token a row looks at its prompt, at what was written before, and at itself.
 *
 * @param places [rows, 3]
 * @param written [1]
 * @param cosSin [positions, D]
 * @param promptRows of the prompts' cache
 * @param textRows of the texts' cache
 */
record CachedFusedAttention(
        FusedKernels fused,
        HeadShape shape,
        List<LayerCache> layers,
        Slots places,
        Slots written,
        Matrix cosSin,
        int promptRows,
        int textRows)
        implements Attention {

    @Override
    public boolean turns() {
        return true;
    }

    @Override
    public void forward(int layer, Matrix projected, LayerActivations kept, Matrix context) {
        Matrix rows = projected.reshaped(places.length() / 3, shape.projected());
        Matrix cache = layers.get(layer).ofTexts(textRows, shape);
        fused.appendToCache(rows, shape, places, written, cosSin, cache);
        fused.attendCached(
                rows,
                shape,
                places,
                written,
                layers.get(layer).ofPrompts(promptRows, shape),
                cache,
                context.reshaped(rows.rows(), shape.queries() * shape.width()));
    }

    @Override
    public void close() {}
}
