package dev.wst.engine.nn;

import com.google.common.primitives.ImmutableIntArray;

/**
 * The rows of a {@link PackedBatch} in tiles of rows that see the same beginning, as {@link
 * dev.wst.engine.tensor.FusedKernels#attend} wants them; and as keys, with the rows that see them.
 */
record AttentionTiles(ImmutableIntArray queries, ImmutableIntArray keys) {

    static AttentionTiles of(PackedBatch batch, int rowsOfTile, int keysOfTile) {
        ImmutableIntArray.Builder queries = ImmutableIntArray.builder();
        ImmutableIntArray.Builder keys = ImmutableIntArray.builder();
        for (PackedBatch.Group group : batch.groups()) {
            int prompt = group.row();
            int afterPrompt = prompt + group.promptLength();
            int next = afterPrompt;
            addQueries(queries, prompt, afterPrompt, rowsOfTile, 0, 0);
            for (int length : group.lengths()) {
                addQueries(queries, next, next + length, rowsOfTile, prompt, afterPrompt);
                addKeys(keys, next, next + length, keysOfTile, next + length);
                next += length;
            }
            addKeys(keys, prompt, afterPrompt, keysOfTile, next);
        }
        return new AttentionTiles(queries.build(), keys.build());
    }

    private static void addQueries(
            ImmutableIntArray.Builder tiles, int from, int to, int most, int prefixFrom, int prefixTo) {
        for (int row = from; row < to; row += most) {
            tiles.add(row)
                    .add(Math.min(most, to - row))
                    .add(prefixFrom)
                    .add(prefixTo)
                    .add(from);
        }
    }

    private static void addKeys(ImmutableIntArray.Builder tiles, int from, int to, int most, int seenUntil) {
        for (int row = from; row < to; row += most) {
            tiles.add(row).add(Math.min(most, to - row)).add(seenUntil);
        }
    }
}
