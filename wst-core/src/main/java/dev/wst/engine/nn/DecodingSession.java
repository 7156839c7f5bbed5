package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes continuations of several prompts in lock-step, one token of each at a time. A prompt is read once however many
 * continuations it has, and so is what neighbouring prompts begin with; a finished continuation leaves the batch.
 *
 * <pre>{@code
 * DecodingSession session = new DecodingSession(decoder, prompts, samples, maxTokens, true);
 * while (session.rows() > 0) {
 *     Matrix logits = session.logits(temperature);          // [rows, V]
 *     int[] tokens = ...;                                   // one for each row; -1 where that continuation is finished
 *     session.advance(tokens);
 * }
 * }</pre>
 *
 * <p>Uses the decoder's scratch memory: one session at a time, and no other use of the decoder in between.
 */
public final class DecodingSession {
    /** Prompt rows that go through the decoder at once. */
    private static final int PREFILL_ROWS = 1024;
    /** Score widths are rounded up to a multiple of this, so that few shapes occur. */
    private static final int STEP = 16;

    private final Decoder decoder;
    private final Kernels kernels;
    private final DecodingMemory memory;
    private final DecoderConfig config;
    private final boolean adapted;
    private final KeyValueCache cache;
    private final int promptLength;
    private final int[] lengths;
    /** Numbers of the continuations at work, by prompt and place. */
    private final List<List<Integer>> places = new ArrayList<>();

    private int[] rowToSequence;
    /** Tokens of each continuation that are in the cache. */
    private int written;
    /** Last layer's output for the rows at work, [rows, W]. */
    private Matrix hidden;

    /**
     * Reads the prompts.
     *
     * @param prompts each at least one token
     * @param continuations how many of each prompt are written; they are numbered prompt by prompt
     * @param maxTokens the most tokens that will be written
     * @param adapted whether the adapters take part
     */
    public DecodingSession(Decoder decoder, List<int[]> prompts, int[] continuations, int maxTokens, boolean adapted) {
        this.decoder = decoder;
        this.kernels = decoder.kernels();
        this.memory = decoder.decodingMemory();
        this.config = decoder.config();
        this.adapted = adapted;
        this.lengths = prompts.stream().mapToInt(prompt -> prompt.length).toArray();
        this.promptLength = roundUp(Arrays.stream(lengths).max().orElseThrow());
        int perPrompt = Arrays.stream(continuations).max().orElseThrow();
        int sequence = 0;
        for (int count : continuations) {
            List<Integer> here = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                here.add(sequence++);
            }
            places.add(here);
        }
        this.cache =
                new KeyValueCache(kernels, memory.layers(), config, prompts.size(), perPrompt, promptLength, maxTokens);
        this.rowToSequence = new int[0];
        this.hidden = prefill(prompts);
    }

    /** Continuations still at work. */
    public int rows() {
        return rowToSequence.length;
    }

    /** Which continuation a row of the logits belongs to. */
    public int sequence(int row) {
        return rowToSequence[row];
    }

    /** Logits of the next token of each continuation at work, divided by the temperature: [rows, V]. */
    public Matrix logits(double temperature) {
        return decoder.head().logits(hidden, (float) temperature);
    }

    /**
     * Appends one token to each continuation at work.
     *
     * @param tokens [rows]; -1 takes the continuation out of the batch
     */
    public void advance(int[] tokens) {
        if (tokens.length != rows()) {
            throw new IllegalArgumentException("expected " + rows() + " tokens, got " + tokens.length);
        }
        int[] tokenOf = new int[Arrays.stream(rowToSequence).max().orElse(0) + 1];
        for (int row = 0; row < tokens.length; row++) {
            tokenOf[rowToSequence[row]] = tokens[row];
        }
        compact(tokenOf);
        rowToSequence = places.stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .toArray();
        if (rows() > 0) {
            cache.reserve(written);
            hidden = forward(Arrays.stream(rowToSequence).map(s -> tokenOf[s]).toArray());
            written++;
        }
    }

    private void compact(int[] tokenOf) {
        for (int b = places.size() - 1; b >= 0; b--) {
            List<Integer> here = places.get(b);
            for (int a = here.size() - 1; a >= 0; a--) {
                if (tokenOf[here.get(a)] < 0) {
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

    /** Runs all prompts through, keeps their keys and values, and returns the last row of each, once a continuation. */
    private Matrix prefill(List<int[]> prompts) {
        rowToSequence = places.stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .toArray();
        Matrix result = memory.hidden().of(rowToSequence.length);
        List<PrefixGroup> groups = PrefixGroup.of(prompts, PREFILL_ROWS);
        int prompt = 0;
        int from = 0;
        while (from < groups.size()) {
            int to = from;
            int rows = 0;
            do {
                rows += groups.get(to++).rows();
            } while (to < groups.size() && rows + groups.get(to).rows() <= PREFILL_ROWS);
            prompt = prefill(groups.subList(from, to), prompt, result);
            from = to;
        }
        return result;
    }

    /** Reads some groups, the first prompt of which has number {@code first}; returns the number after their last. */
    private int prefill(List<PrefixGroup> groups, int first, Matrix result) {
        PackedBatch batch =
                new PackedBatch(groups.stream().map(PrefixGroup::source).toList(), config);
        List<int[]> tokenRows = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            tokenRows.addAll(groups.get(g).tokenRows(batch.groups().get(g).row()));
        }
        Pass pass = decoder.pass(batch, adapted);
        int[] keys = keyRows(tokenRows, pass.order());
        int[] values = Arrays.stream(keys)
                .map(key -> key < 0 ? -1 : key + batch.keyRows())
                .toArray();
        Matrix x = decoder.shared().x().of(batch.rows());
        decoder.head().embed(batch.tokens(), x);
        for (int i = 0; i < config.layers(); i++) {
            decoder.layers().get(i).forward(pass, x, x, decoder.shared());
            Matrix heads = decoder.shared().heads().of(pass.order().fromProjections.length);
            int row = cache.promptRows(first);
            Matrix inOrder = memory.promptKeys().of(keys.length);
            kernels.gatherRows(heads, keys, inOrder);
            kernels.copy(turned(inOrder, tokenRows.size()), cache.keysOverPrompts(i, first, tokenRows.size()));
            kernels.gatherRows(heads, values, cache.promptValues(i).rows(row, keys.length));
        }
        gatherLast(x, tokenRows, first, result);
        return first + tokenRows.size();
    }

    /** Keys [B, K, P, D] seen as [B, K] of [D, P]. */
    private Block turned(Matrix keys, int count) {
        long each = (long) promptLength * config.headWidth();
        return new Block(
                keys, 0, new int[] {1, count, config.keyValueHeads(), config.headWidth(), promptLength}, new long[] {
                    0, config.keyValueHeads() * each, each, 1, config.headWidth()
                });
    }

    /** [prompts, K, P] the head-order row of each prompt token's key; -1 after the prompt's end. */
    private int[] keyRows(List<int[]> tokenRows, HeadOrder order) {
        int[] keys = new int[cache.promptRows(tokenRows.size())];
        Arrays.fill(keys, -1);
        for (int b = 0; b < tokenRows.size(); b++) {
            int[] rows = tokenRows.get(b);
            for (int k = 0; k < config.keyValueHeads(); k++) {
                for (int p = 0; p < rows.length; p++) {
                    keys[(b * config.keyValueHeads() + k) * promptLength + p] =
                            order.toProjections[rows[p] * config.projectedHeads() + config.heads() + k];
                }
            }
        }
        return keys;
    }

    /** Copies the row of each prompt's last token, once for each of its continuations. */
    private void gatherLast(Matrix output, List<int[]> tokenRows, int first, Matrix result) {
        int before = places.subList(0, first).stream().mapToInt(List::size).sum();
        int[] index = IntStream.range(0, tokenRows.size())
                .flatMap(b -> {
                    int[] rows = tokenRows.get(b);
                    return IntStream.generate(() -> rows[rows.length - 1])
                            .limit(places.get(first + b).size());
                })
                .toArray();
        if (index.length > 0) {
            kernels.gatherRows(output, index, result.rows(before, index.length));
        }
    }

    /** One token of each continuation through all layers. */
    private Matrix forward(int[] tokens) {
        DecodeStep step = new DecodeStep(config, cache, places, lengths, written);
        Matrix x = decoder.shared().x().of(tokens.length);
        decoder.head().embed(tokens, x);
        Matrix rotary =
                decoder.rotary().upTo(Arrays.stream(step.positions).max().orElseThrow() + 1);
        for (int i = 0; i < config.layers(); i++) {
            forward(i, step, rotary, x);
        }
        return x;
    }

    /** Adds what a layer says to x in place. */
    private void forward(int number, DecodeStep step, Matrix rotary, Matrix x) {
        DecoderLayer layer = decoder.layers().get(number);
        int n = x.rows();
        Matrix normed = decoder.scratch().normed().of(n);
        layer.norm1.forward(x, normed);
        Matrix projected = decoder.scratch().projected().of(n);
        layer.projections.forward(normed, projected, false, adapted);
        kernels.rope(layer.rotated(projected), config.heads() + config.keyValueHeads(), rotary, step.positions, false);
        Matrix byHead = layer.byHead(projected, config.projectedHeads());
        kernels.placeRows(byHead, step.toOwnKeys, cache.ownKeys(number));
        kernels.placeRows(byHead, step.toOwnValues, cache.ownValues(number));
        Matrix queries = memory.queries().of(step.fromProjected.length);
        kernels.gatherRows(byHead, step.fromProjected, queries);
        Matrix attended = attend(number, step, queries);
        Matrix context = decoder.shared().context().of(n);
        kernels.gatherRows(attended, step.toPacked, layer.byHead(context, config.heads()));
        layer.output.forward(context, x, true, adapted);
        layer.feedForward(x, x, decoder.shared(), adapted);
    }

    /** Queries [B, K, A, Q, D] look at their prompt and at what they have written. */
    private Matrix attend(int number, DecodeStep step, Matrix queries) {
        int b = places.size();
        int k = config.keyValueHeads();
        int rows = step.most * config.sharing();
        int own = Math.min(cache.capacity(), roundUp(written + 1));
        int width = promptLength + own;
        Matrix scores = memory.scores().of(b * k * rows, width);
        Matrix result = decoder.scratch().attended().of(b * k * rows);
        Block onPrompt = new Block(scores, 0, new int[] {1, b, k, rows, promptLength}, new long[] {
            0, (long) k * rows * width, (long) rows * width, width, 1
        });
        Block onSelf = new Block(scores, promptLength, new int[] {b, k, step.most, config.sharing(), own}, new long[] {
            (long) k * rows * width, (long) rows * width, (long) config.sharing() * width, width, 1
        });
        float scale = (float) (1 / Math.sqrt(config.headWidth()));
        Block ownKeys = cache.overContinuations(cache.ownKeys(number), b, step.most, own);
        Block ownValues = cache.overContinuations(cache.ownValues(number), b, step.most, own);
        kernels.matmul(step.overPrompts(queries), cache.keysOverPrompts(number, 0, b), onPrompt, scale, false);
        kernels.matmul(step.overContinuations(queries), ownKeys.transposed(), onSelf, scale, false);
        hide(scores, k * rows, own);
        kernels.softmax(scores, scores);
        kernels.matmul(onPrompt, cache.valuesOverPrompts(number, 0, b), step.overPrompts(result), 1, false);
        kernels.matmul(onSelf, ownValues, step.overContinuations(result), 1, true);
        return result;
    }

    /** Hides what lies behind the end of each prompt and the room that is not written yet. */
    private void hide(Matrix scores, int rowsOfPrompt, int own) {
        for (int b = 0; b < places.size(); b++) {
            if (lengths[b] < promptLength) {
                kernels.fill(
                        scores.rows(b * rowsOfPrompt, rowsOfPrompt).columns(lengths[b], promptLength - lengths[b]),
                        Float.NEGATIVE_INFINITY);
            }
        }
        int read = written + 1;
        if (read < own) {
            kernels.fill(scores.columns(promptLength + read, own - read), Float.NEGATIVE_INFINITY);
        }
    }

    private static int roundUp(int tokens) {
        return (tokens + STEP - 1) / STEP * STEP;
    }
}
