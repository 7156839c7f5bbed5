package dev.wst.engine.nn;

import dev.wst.engine.weights.DecoderConfig;
import java.util.Arrays;

/**
 * The maps between packed rows and head order (see {@link PackedBatch}), computed once for a batch and used by every
 * layer. An entry of -1 is a row of zeros.
 */
final class HeadOrder {
    private final int heads;
    private final int keyValueHeads;
    private final int sharing;
    private final int projected;

    /** [queries + keys + values] row of the projections, seen as [N * (H + 2 K), D], that each head-order row copies. */
    final int[] fromProjections;
    /** [N * (H + 2 K)] the inverse: head-order row of each projected head. */
    final int[] toProjections;
    /** [N * H] head-order query row of each packed head: puts attention's result back in packed order. */
    final int[] toPacked;
    /** [queries] packed head of each head-order query row: the inverse of toPacked. */
    final int[] fromPacked;

    HeadOrder(PackedBatch batch, DecoderConfig config) {
        heads = config.heads();
        keyValueHeads = config.keyValueHeads();
        sharing = config.sharing();
        projected = config.projectedHeads();
        fromProjections = new int[batch.queryRows() + 2 * batch.keyRows()];
        toProjections = new int[batch.rows() * projected];
        toPacked = new int[batch.rows() * heads];
        fromPacked = new int[batch.queryRows()];
        Arrays.fill(fromProjections, -1);
        Arrays.fill(fromPacked, -1);
        for (PackedBatch.Group group : batch.groups()) {
            for (int k = 0; k < keyValueHeads; k++) {
                for (int p = 0; p < group.promptLength(); p++) {
                    place(batch, group, group.row() + p, k, k * group.promptLength() + p);
                }
            }
            placeContinuations(batch, group);
        }
    }

    /** Head-order row of a key of a packed row. */
    int key(int row, int k) {
        return toProjections[row * projected + heads + k];
    }

    /** Head-order row of a value of a packed row. */
    int value(int row, int k) {
        return toProjections[row * projected + heads + keyValueHeads + k];
    }

    private void placeContinuations(PackedBatch batch, PackedBatch.Group group) {
        int afterPrompt = group.promptLength() * keyValueHeads;
        int row = group.row() + group.promptLength();
        for (int g = 0; g < group.count(); g++) {
            for (int t = 0; t < group.lengths()[g]; t++) {
                for (int k = 0; k < keyValueHeads; k++) {
                    place(batch, group, row, k, afterPrompt + (k * group.count() + g) * group.longest() + t);
                }
                row++;
            }
        }
    }

    /** Places the heads that share key-value head k of one packed row; {@code slot} counts (k, token) places in the group. */
    private void place(PackedBatch batch, PackedBatch.Group group, int row, int k, int slot) {
        for (int j = 0; j < sharing; j++) {
            int head = k * sharing + j;
            int query = group.query() + slot * sharing + j;
            connect(query, row * projected + head);
            toPacked[row * heads + head] = query;
            fromPacked[query] = row * heads + head;
        }
        int key = batch.queryRows() + group.key() + slot;
        connect(key, row * projected + heads + k);
        connect(key + batch.keyRows(), row * projected + heads + keyValueHeads + k);
    }

    private void connect(int headOrderRow, int projectionRow) {
        fromProjections[headOrderRow] = projectionRow;
        toProjections[projectionRow] = headOrderRow;
    }
}
