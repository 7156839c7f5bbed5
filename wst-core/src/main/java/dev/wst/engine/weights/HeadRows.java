package dev.wst.engine.weights;

/**
 * The order of query and key rows within a head. Rotary embedding turns pairs of rows: Hugging Face pairs those half a head
 * apart, GGUF files of the llama architecture those beside each other.
 */
final class HeadRows {
    private HeadRows() {}

    /** Whether a tensor of a GGUF file has the rows of a pair beside each other. */
    static boolean areNeighbours(String architecture, String ggufName) {
        return architecture.equals("llama") && (areQueries(ggufName) || ggufName.contains("attn_k."));
    }

    static boolean areQueries(String ggufName) {
        return ggufName.contains("attn_q.");
    }

    /** From neighbours to halves: row 2 i + s of a head of D rows goes to row s D / 2 + i. */
    static float[] halves(float[] values, int rows, int heads) {
        float[] moved = new float[values.length];
        int width = values.length / rows;
        int half = rows / heads / 2;
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * width, moved, inHalves(row, half) * width, width);
        }
        return moved;
    }

    /** From halves to neighbours: the inverse. */
    static float[] neighbours(float[] values, int rows, int heads) {
        float[] moved = new float[values.length];
        int width = values.length / rows;
        int half = rows / heads / 2;
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, inHalves(row, half) * width, moved, row * width, width);
        }
        return moved;
    }

    private static int inHalves(int row, int half) {
        int within = row % (2 * half);
        return row - within + within % 2 * half + within / 2;
    }
}
