package dev.wst.engine.nn;

import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes continuations of several prompts together, step by step. A prompt is read once however many continuations it has, and so
 * is what neighbouring prompts begin with; a finished continuation leaves the batch. A step reads one token of each, or several:
 * guesses of how it goes on, which the logits then confirm or not (speculative decoding, arXiv 2211.17192).
 *
 * <pre>{@code
 * DecodingSession session = new DecodingSession(decoder, prompts, new int[] {4, 4}, 64, true);
 * int[] confirmed = new int[session.rows()];          // nothing was read yet but the prompts
 * while (session.rows() > 0) {
 *     Matrix logits = session.logits(0.7);            // [rows * L, V]
 *     int[][] next = chooser.apply(logits);           // of each row a token and guesses; none where it is finished
 *     session.advance(confirmed, next);
 *     confirmed = new int[session.rows()];
 *     Arrays.fill(confirmed, 1);                      // the token, and none of the guesses
 * }
 * }</pre>
 *
 * <p>Uses the decoder's scratch memory: one session at a time, and no other use of the decoder in between.
 */
public final class DecodingSession {
    private final Decoder decoder;
    private final boolean adapted;
    private final KeyValueCache cache;
    private final int[] lengths;
    /** Numbers of the continuations at work, by prompt and place. */
    private final List<List<Integer>> places = new ArrayList<>();

    private int[] rowToSequence;
    /** By continuation, its tokens in the cache; guesses that were not confirmed may lie behind them. */
    private final int[] written;
    /** L, tokens of each continuation that the last step read. */
    private int width = 1;
    /** Last layer's output for the rows at work, [rows * L, W]. */
    private Matrix hidden;

    /**
     * Reads the prompts.
     *
     * @param prompts each at least one token
     * @param continuations how many of each prompt are written; they are numbered prompt by prompt
     * @param maxTokens the most tokens that a continuation will have, guesses included
     * @param adapted whether the adapters take part
     */
    public DecodingSession(Decoder decoder, List<int[]> prompts, int[] continuations, int maxTokens, boolean adapted) {
        this(
                decoder,
                prompts.stream().mapToInt(prompt -> prompt.length).toArray(),
                continuations,
                maxTokens,
                adapted,
                Optional.empty());
        this.hidden = new Prefill(
                        decoder,
                        (batch, first, tokenRows) ->
                                new PrefillAttention(decoder, decoder.packedAttention(batch), cache, first, tokenRows),
                        continuations,
                        adapted)
                .run(prompts);
    }

    private DecodingSession(
            Decoder decoder,
            int[] lengths,
            int[] continuations,
            int maxTokens,
            boolean adapted,
            Optional<KeptBeginning> beginning) {
        this.decoder = decoder;
        this.adapted = adapted;
        this.lengths = lengths;
        int sequence = 0;
        for (int count : continuations) {
            List<Integer> here = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                here.add(sequence++);
            }
            places.add(here);
        }
        this.rowToSequence = IntStream.range(0, sequence).toArray();
        this.written = new int[sequence];
        CacheShape shape = new CacheShape(
                lengths.length,
                Arrays.stream(continuations).max().orElseThrow(),
                beginning
                        .map(KeptBeginning::room)
                        .orElseGet(() -> Arrays.stream(lengths).max().orElseThrow()),
                maxTokens);
        this.cache = new KeyValueCache(
                decoder.kernels(), decoder.decodingMemory().layers(), decoder.config(), shape, beginning);
        this.hidden = decoder.decodingMemory().hidden().of(sequence);
    }

    /**
     * Reads what comes in some prompts after a beginning that was read earlier: as a continuation's first tokens, which are given.
     *
     * @param shared how many tokens of the beginning the prompts begin with
     * @param prompts one for each continuation
     */
    static DecodingSession after(
            Decoder decoder, KeptBeginning beginning, int shared, List<int[]> prompts, int maxTokens, boolean adapted) {
        int[][] rest = prompts.stream()
                .map(prompt -> Arrays.copyOfRange(prompt, shared, prompt.length))
                .toArray(int[][]::new);
        int longest = Arrays.stream(rest).mapToInt(own -> own.length).max().orElseThrow();
        DecodingSession session = new DecodingSession(
                decoder,
                new int[] {shared},
                new int[] {rest.length},
                longest + maxTokens,
                adapted,
                Optional.of(beginning));
        session.readGiven(rest);
        return session;
    }

    private void readGiven(int[][] rest) {
        read(rest, written);
        Matrix last = decoder.decodingMemory().hidden().of(rest.length);
        int[] rows = IntStream.range(0, rest.length)
                .map(row -> row * width + rest[row].length - 1)
                .toArray();
        try (Index index = decoder.kernels().index(rows)) {
            decoder.kernels().gatherRows(hidden, index, last);
        }
        Arrays.setAll(written, row -> rest[row].length);
        hidden = last;
        width = 1;
    }

    /** Keeps what was computed of tokens that the first prompt begins with; to be closed by the caller. Only before {@link #advance}. */
    KeptBeginning keepBeginning(int[] tokens) {
        return new KeptBeginning(decoder.kernels(), cache, decoder.config(), tokens);
    }

    /** Continuations still at work. */
    public int rows() {
        return rowToSequence.length;
    }

    /** Which continuation a row of the logits belongs to. */
    public int sequence(int row) {
        return rowToSequence[row];
    }

    /** L, tokens of each continuation that the last step read; 1 after the prompts. */
    public int width() {
        return width;
    }

    /**
     * Logits of what follows each token that the last step read, divided by the temperature: [rows * L, V]. Those of a row beyond its
     * own tokens say nothing.
     */
    public Matrix logits(double temperature) {
        return decoder.head().logits(hidden, (float) temperature);
    }

    /**
     * Goes on with each continuation at work.
     *
     * @param confirmed [rows] how many of the tokens that the last step read of each belong to it, from the first on; 0 after the prompts
     * @param tokens [rows] the token that comes next, and guesses of those after it; empty takes the continuation out of the batch
     * @throws IllegalArgumentException if these are not as many as there are continuations, or a continuation becomes longer than the
     *     session was made for
     */
    public void advance(int[] confirmed, int[][] tokens) {
        if (confirmed.length != rows() || tokens.length != rows()) {
            throw new IllegalArgumentException(
                    "expected " + rows() + " rows, got " + confirmed.length + " and " + tokens.length);
        }
        int[][] tokensOf = new int[written.length][];
        for (int row = 0; row < tokens.length; row++) {
            tokensOf[rowToSequence[row]] = tokens[row];
            written[rowToSequence[row]] += confirmed[row];
        }
        compact(tokensOf);
        rowToSequence = places.stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .toArray();
        if (rows() > 0) {
            int[][] next =
                    Arrays.stream(rowToSequence).mapToObj(s -> tokensOf[s]).toArray(int[][]::new);
            int[] before = Arrays.stream(rowToSequence).map(s -> written[s]).toArray();
            read(next, before);
        }
    }

    private void read(int[][] next, int[] before) {
        cache.reserve(IntStream.range(0, next.length)
                .map(row -> before[row] + next[row].length)
                .max()
                .orElseThrow());
        DecodeStep step = new DecodeStep(decoder.config(), cache, places, lengths, before, next);
        width = step.width;
        try (Attention attention = new CachedAttention(decoder, cache, step);
                Pass pass = decoder.pass(step, attention, adapted)) {
            hidden = decoder.forward(pass);
        }
    }

    private void compact(int[][] tokensOf) {
        for (int b = places.size() - 1; b >= 0; b--) {
            List<Integer> here = places.get(b);
            for (int a = here.size() - 1; a >= 0; a--) {
                if (tokensOf[here.get(a)].length == 0) {
                    int last = here.size() - 1;
                    if (a != last) {
                        cache.moveContinuation(b, last, b, a);
                        here.set(a, here.get(last));
                    }
                    here.remove(last);
                }
            }
            if (here.isEmpty()) {
                removePrompt(b);
            }
        }
    }

    private void removePrompt(int b) {
        int last = places.size() - 1;
        if (b != last) {
            cache.movePrompt(last, b);
            for (int a = 0; a < places.get(last).size(); a++) {
                cache.moveContinuation(last, a, b, a);
            }
            places.set(b, places.get(last));
            lengths[b] = lengths[last];
        }
        places.remove(last);
    }
}
