package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;

/** How the rows of a pass look at earlier tokens: within their batch, or at a key-value cache. */
interface Attention extends AutoCloseable {
    /**
     * Writes what every row attends to.
     *
     * @param layer its number
     * @param projected [N * (H + 2 K), D] queries, keys and values of each row, queries and keys turned by position unless this
     *     attention turns them itself
     * @param kept gets what a backward pass needs, if there can be one
     * @param context [N * H, D] out
     */
    void forward(int layer, Matrix projected, LayerActivations kept, Matrix context);

    /** Whether queries and keys come as they were projected. */
    default boolean turns() {
        return false;
    }

    /** Frees what was prepared for this pass. */
    @Override
    void close();
}
