package dev.wst.engine.nn;

import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.FusedKernels.Slots;

/**
 * The whole numbers of a {@link FusedDecoding}, in one piece, so that they come and go in one copy: how many tokens are written,
 * each row's seed, token and log-probability, and its places in the caches. They stay where they are, so that a recorded step finds
 * them.
 */
final class DecodingSlots implements AutoCloseable {
    private static final int SEEDS = 2;

    private final int most;
    private final Slots all;
    private final int[] image;

    /**
     * Takes the memory.
     *
     * @param most rows at once
     */
    DecodingSlots(FusedKernels fused, int most) {
        this.most = most;
        this.all = fused.slots(SEEDS + 7 * most);
        this.image = new int[SEEDS + 7 * most];
    }

    int most() {
        return most;
    }

    Slots written() {
        return all.part(0, 1);
    }

    Slots seeds(int rows) {
        return all.part(SEEDS, 2 * rows);
    }

    Slots tokens(int rows) {
        return all.part(SEEDS + 2 * most, rows);
    }

    Slots logProbabilities(int rows) {
        return all.part(SEEDS + 3 * most, rows);
    }

    Slots places(int rows) {
        return all.part(SEEDS + 4 * most, 3 * rows);
    }

    /** Sets a row of what {@link #write} copies. */
    void set(int row, long seed, int token, int promptRow, int promptLength, int ownRow) {
        image[SEEDS + 2 * row] = (int) seed;
        image[SEEDS + 2 * row + 1] = (int) (seed >>> Integer.SIZE);
        image[SEEDS + 2 * most + row] = token;
        int place = SEEDS + 4 * most + 3 * row;
        image[place] = promptRow;
        image[place + 1] = promptLength;
        image[place + 2] = ownRow;
    }

    /** Copies all rows that were set. */
    void write(int written) {
        image[0] = written;
        all.write(image);
    }

    /** Copies what was drawn for the first rows. */
    void read(int[] tokens, float[] logProbabilities) {
        int rows = tokens.length;
        int[] drawn = new int[most + rows];
        all.part(SEEDS + 2 * most, most + rows).read(drawn);
        for (int row = 0; row < rows; row++) {
            tokens[row] = drawn[row];
            logProbabilities[row] = Float.intBitsToFloat(drawn[most + row]);
        }
    }

    @Override
    public void close() {
        all.close();
    }
}
