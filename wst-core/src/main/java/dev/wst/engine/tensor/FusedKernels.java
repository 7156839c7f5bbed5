package dev.wst.engine.tensor;

import java.util.List;

/**
 * Operations that some kernels do as one where others put them together: attention that keeps no scores, and everything between
 * two products of a decoding step. A device has them, since there each operation costs a launch and scores cost memory.
 */
public interface FusedKernels {

    /** Whether these heads can be computed. */
    boolean supports(HeadShape heads);

    /** Rows of a tile of {@link #attend}. */
    int rowsOfTile(HeadShape heads);

    /** Rows of a tile of keys of {@link #attendBack}. */
    int keysOfTile(HeadShape heads);

    /**
     * Causal attention of packed rows: {@code context = softmax(scale q k') v}.
     *
     * @param projected [N, (H + 2 K) D], queries and keys turned by their positions
     * @param tiles [tiles, 5] rows that see the same beginning: first row, number of rows, first row of the prefix, the row after
     *     its last, first row of their own text. Row r sees the prefix, and its own text up to itself
     * @param context [N, H D] out
     * @param logSumExp [N, H] out, for {@link #attendBack}
     */
    void attend(Matrix projected, HeadShape heads, Index tiles, Matrix context, Matrix logSumExp);

    /**
     * Writes the slopes of {@link #attend}.
     *
     * @param keyTiles [tiles, 3] rows of one text: first row, number of rows, the row after the last that sees them
     * @param delta [N, H] scratch
     * @param dProjected [N, (H + 2 K) D] out
     */
    void attendBack(
            Matrix projected,
            HeadShape heads,
            Index tiles,
            Index keyTiles,
            Matrix context,
            Matrix dContext,
            Matrix logSumExp,
            Matrix delta,
            Matrix dProjected);

    /**
     * Turns the queries and keys of one token a row by its position, in place, and writes keys and values to the cache.
     *
     * @param projected [R, (H + 2 K) D]
     * @param places [R, 3] of each row: first row of its prompt in the prompts' cache, tokens of the prompt, first row of its own
     *     text in the texts' cache
     * @param written [1] tokens of each text that the cache holds
     * @param cosSin as for {@link Kernels#rope}
     * @param cache [rows, 2 K D] of the texts
     */
    void appendToCache(Matrix projected, HeadShape heads, Slots places, Slots written, Matrix cosSin, Matrix cache);

    /**
     * Attention of one token a row over its prompt and its text, itself included.
     *
     * @param prompts [rows, 2 K D] cache of the prompts
     * @param context [R, H D] out
     */
    void attendCached(
            Matrix projected,
            HeadShape heads,
            Slots places,
            Slots written,
            Matrix prompts,
            Matrix cache,
            Matrix context);

    /** All memory of the device, in bytes: the same on every device of a kind, however much of it is taken. */
    long memory();

    /** Whether {@link #adapt} is to be taken for so many rows of adapters of this kind, rather than products. */
    boolean adapts(int rows, int rank, int parts);

    /**
     * Adds low-rank adapters: {@code y_part += factor x A_part' B_part'}.
     *
     * @param x [R, K]
     * @param down [parts * rank, K] the A matrices one below the other
     * @param parts columns of y and the B matrix of each
     * @param y [R, N]
     */
    void adapt(Matrix x, Matrix down, float factor, List<AdapterPart> parts, Matrix y);

    /**
     * The columns of a linear layer's output that one adapter adds to.
     *
     * @param up [outputs, rank] its B matrix
     * @param from the first column
     */
    record AdapterPart(Matrix up, int from) {}

    /**
     * Draws a token for each row, after top-k, top-p and min-p in that order, at the point that the row's seed and the number of
     * tokens written give. A token is -1 where the logits are no numbers.
     *
     * @param logits [R, V], the temperature in them; kept
     * @param seeds [2 R] lower and upper half of each row's seed
     * @param written [1]
     * @param tokens [R] out
     * @param logProbabilities [R] out, the bits of FP32 numbers, in nats, of the distribution before the filters
     */
    void draw(Matrix logits, DrawRule rule, Slots seeds, Slots written, Slots tokens, Slots logProbabilities);

    /** Adds one to {@code written}. */
    void advance(Slots written);

    /** Whole numbers that kernels read and write where they lie, zeros at first. */
    Slots slots(int length);

    /**
     * Something done over and over with the same matrices: recorded the second time it is asked for under a key, and repeated from
     * then on without a look at the operations. They must neither allocate, nor read or write from the host, from the second time
     * on. What was recorded is forgotten when matrices are allocated or freed.
     *
     * @param key what the operations depend on besides the numbers in memory; compared by equals
     */
    void repeat(Object key, Runnable operations);

    /**
     * How tokens are drawn.
     *
     * @param greedy whether the likeliest is taken
     * @param topK 0 for no limit
     * @param topP 1 for no limit
     * @param minP 0 for no limit
     */
    record DrawRule(boolean greedy, int topK, float topP, float minP) {}

    /** Whole numbers where kernels find them, or a part of such. */
    interface Slots extends Index {
        /** Numbers {@code from .. from + count - 1}, sharing memory; not to be closed. */
        Slots part(int from, int count);

        /** Copies as many numbers as there are from the host. */
        void write(int[] values);

        /** Copies all numbers to the host. */
        void read(int[] target);
    }
}
