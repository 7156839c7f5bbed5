package dev.wst.engine.nn;

import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.FusedKernels.DrawRule;
import dev.wst.engine.tensor.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes continuations in lock-step where the kernels draw the tokens too: of a step only tokens and log-probabilities come to the
 * host, and nothing goes the other way until texts leave. The step is recorded once for a number of rows and repeated. Texts that
 * ended stay, unread, until the rest fits a smaller number of rows.
 *
 * <pre>{@code
 * FusedKernels.DrawRule rule = new FusedKernels.DrawRule(false, 0, 1, 0);
 * FusedDecoding decoding = new FusedDecoding(decoder, prompts, new int[] {4, 4}, 64, true, 0.7, rule, new long[8]);
 * while (decoding.rows() > 0) {
 *     FusedDecoding.Drawn drawn = decoding.next();       // a token for each row
 *     boolean[] goesOn = new boolean[decoding.rows()];
 *     decoding.keep(goesOn, drawn);                      // the rows that are written on: none
 * }
 * }</pre>
 *
 * <p>Uses the decoder's scratch memory: one at a time, and no other use of the decoder in between.
 */
public final class FusedDecoding {
    /** Numbers of rows that a step is recorded for when texts leave. */
    private static final int[] SIZES = {1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192};

    private final Decoder decoder;
    private final FusedKernels fused;
    private final DrawRule rule;
    private final float temperature;
    private final boolean adapted;
    private final long[] seeds;
    private final int maxTokens;
    private final int promptRows;
    private final int textRows;
    private final DecodingSlots slots;
    /** Of each continuation, the first row of its prompt's cache and the prompt's length. */
    private final int[] promptRow;

    private final int[] promptLength;
    /** All continuations: those at work, each with its row, then those that ended. */
    private int[] order;
    /** Continuations at work. */
    private int rows;
    /** Rows that are computed: those at work, and perhaps some that ended, which nobody reads. */
    private int size;

    private int written;
    /** [positions, D] */
    private final Matrix turns;
    /** [rows, W] the last layer's output for the last token of each prompt. */
    private final Matrix hidden;

    /**
     * A token for each row.
     *
     * @param tokens -1 where the logits were no numbers
     * @param logProbabilities in nats
     */
    public record Drawn(int[] tokens, float[] logProbabilities) {}

    /** What a recorded step depends on besides the numbers in memory. */
    private record Step(
            DecodingSlots slots, int rows, boolean adapted, long adapters, float temperature, DrawRule rule) {}

    /**
     * Reads the prompts.
     *
     * @param prompts each at least one token
     * @param continuations how many of each prompt are written; they are numbered prompt by prompt
     * @param maxTokens the most tokens that will be written
     * @param adapted whether the adapters take part
     * @param temperature that logits are divided by
     * @param seeds one for each continuation, whose draws depend on nothing else
     */
    public FusedDecoding(
            Decoder decoder,
            List<int[]> prompts,
            int[] continuations,
            int maxTokens,
            boolean adapted,
            double temperature,
            DrawRule rule,
            long[] seeds) {
        this.decoder = decoder;
        this.fused = decoder.fused().orElseThrow();
        this.rule = rule;
        this.temperature = (float) temperature;
        this.adapted = adapted;
        this.seeds = seeds.clone();
        this.maxTokens = maxTokens;
        size = Arrays.stream(continuations).sum();
        rows = size;
        order = IntStream.range(0, size).toArray();
        promptRow = new int[size];
        promptLength = new int[size];
        promptRows = prompts.stream().mapToInt(prompt -> prompt.length).sum();
        textRows = size * maxTokens;
        int sequence = 0;
        int[] firstRows = new int[prompts.size()];
        for (int b = 0; b < prompts.size(); b++) {
            firstRows[b] = b == 0 ? 0 : firstRows[b - 1] + prompts.get(b - 1).length;
            for (int i = 0; i < continuations[b]; i++) {
                promptRow[sequence] = firstRows[b];
                promptLength[sequence++] = prompts.get(b).length;
            }
        }
        // Taken before anything is recorded with their addresses, and before anything is read into them.
        turns = decoder.turnsUpTo(Arrays.stream(promptLength).max().orElseThrow() + maxTokens);
        for (LayerCache layer : decoder.decodingMemory().layers()) {
            layer.ofPrompts(promptRows, decoder.headShape());
            layer.ofTexts(textRows, decoder.headShape());
        }
        slots = decoder.slots(size);
        hidden = new Prefill(
                        decoder,
                        (batch, first, tokenRows) -> new FusedPrefill(
                                decoder, decoder.fusedAttention(batch), promptRows, firstRows[first], tokenRows),
                        continuations,
                        adapted)
                .run(prompts);
    }

    /** Continuations still at work. */
    public int rows() {
        return rows;
    }

    /** Which continuation a row belongs to. */
    public int sequence(int row) {
        return order[row];
    }

    /** Draws the next token of each continuation at work. */
    public Drawn next() {
        if (written == 0) {
            place(new int[size]);
            draw(hidden);
        } else {
            fused.repeat(new Step(slots, size, adapted, decoder.adaptersInUse(), temperature, rule), this::step);
        }
        Drawn drawn = new Drawn(new int[rows], new float[rows]);
        slots.read(drawn.tokens, drawn.logProbabilities);
        written++;
        return drawn;
    }

    /** The token drawn last goes through the decoder, and the next is drawn. */
    private void step() {
        Attention attention = new CachedFusedAttention(
                fused,
                decoder.headShape(),
                decoder.decodingMemory().layers(),
                slots.places(size),
                slots.written(),
                turns,
                promptRows,
                textRows);
        // Not closed: its tokens stay where they are.
        Matrix output = decoder.forward(
                new Pass(slots.tokens(size), slots.tokens(size), turns, attention, adapted, BatchShape.ofTokens(size)));
        fused.advance(slots.written());
        draw(output);
    }

    private void draw(Matrix output) {
        Matrix logits = decoder.head().logits(output, temperature);
        fused.draw(logits, rule, slots.seeds(size), slots.written(), slots.tokens(size), slots.logProbabilities(size));
    }

    /**
     * Goes on with some rows.
     *
     * @param goesOn for each row, whether a further token is written
     * @param drawn the tokens drawn last
     */
    public void keep(boolean[] goesOn, Drawn drawn) {
        int[] kept = IntStream.range(0, rows).filter(row -> goesOn[row]).toArray();
        if (kept.length == rows) {
            return;
        }
        int[] left = IntStream.range(0, rows).filter(row -> !goesOn[row]).toArray();
        int[] moved = order.clone();
        for (int row = 0; row < rows; row++) {
            moved[row] = order[row < kept.length ? kept[row] : left[row - kept.length]];
        }
        int[] tokens = new int[size];
        for (int row = 0; row < kept.length; row++) {
            tokens[row] = drawn.tokens[kept[row]];
        }
        order = moved;
        rows = kept.length;
        if (rows > 0) {
            size = Arrays.stream(SIZES)
                    .filter(each -> each >= rows && each < size)
                    .findFirst()
                    .orElse(size);
            place(tokens);
        }
    }

    /** Tells the kernels where the rows are. */
    private void place(int[] tokens) {
        for (int row = 0; row < size; row++) {
            int sequence = order[row];
            slots.set(
                    row,
                    seeds[sequence],
                    tokens[row],
                    promptRow[sequence],
                    promptLength[sequence],
                    sequence * maxTokens);
        }
        slots.write(Math.max(0, written - 1));
    }
}
