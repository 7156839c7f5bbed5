package dev.wst.engine.nn;

import dev.wst.engine.tensor.HeadShape;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;

/**
 * One layer's part of a {@link KeyValueCache}.
 *
 * @param promptKeys [B, K, D, P], as many numbers as [B * K * P, D]
 * @param promptValues [B * K * P, D]
 * @param ownKeys [B * A * K * T, D]
 * @param ownValues [B * A * K * T, D]
 * @param grownKeys [B * A * K * T, D] what the keys move to when the room grows, and back from when it grows again
 * @param grownValues [B * A * K * T, D]
 */
record LayerCache(Rows promptKeys, Rows promptValues, Rows ownKeys, Rows ownValues, Rows grownKeys, Rows grownValues) {

    /** Keys and values of the prompts' tokens side by side, [rows, 2 K D]: the order of {@link FusedDecoding}. */
    Matrix ofPrompts(int rows, HeadShape shape) {
        return sideBySide(promptValues, rows, shape);
    }

    /** The same of what was written. */
    Matrix ofTexts(int rows, HeadShape shape) {
        return sideBySide(ownValues, rows, shape);
    }

    private static Matrix sideBySide(Rows memory, int rows, HeadShape shape) {
        return memory.of(rows * 2 * shape.keyValues()).reshaped(rows, shape.cached());
    }

    static LayerCache in(Workspace workspace, DecoderConfig config) {
        int d = config.headWidth();
        return new LayerCache(
                workspace.rows("the keys of the prompts", d),
                workspace.rows("the values of the prompts", d),
                workspace.rows("the keys written", d),
                workspace.rows("the values written", d),
                workspace.rows("the keys written", d),
                workspace.rows("the values written", d));
    }
}
