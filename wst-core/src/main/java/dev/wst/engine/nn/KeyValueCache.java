package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keys and values of every layer while texts are being written. A prompt's are kept once, values [B, K, P, D] and keys
 * [B, K, D, P], the order that the product of scores reads without turning them anew for every token, and shared by its
 * continuations; each continuation's own, [B, A, K, T, D], grow with it.
 */
final class KeyValueCache {
    /** Own keys are held for this many tokens at first; the room doubles when it is full. */
    private static final int FIRST_CAPACITY = 64;

    /** Widths of scores are rounded up to a multiple of this, so that few shapes occur. */
    private static final int STEP = 16;

    private final Kernels kernels;
    private final List<LayerCache> layers;
    private final DecoderConfig config;
    private final CacheShape shape;
    private final int promptLength;
    /** What the only prompt is, where it was read earlier. */
    private final Optional<KeptBeginning> beginning;

    private int capacity;
    /** Whether the keys written lie in the grown memory; the two exchange roles when the room grows. */
    private boolean grown;

    KeyValueCache(
            Kernels kernels,
            List<LayerCache> layers,
            DecoderConfig config,
            CacheShape shape,
            Optional<KeptBeginning> beginning) {
        this.kernels = kernels;
        this.layers = layers;
        this.config = config;
        this.shape = shape;
        this.beginning = beginning;
        this.promptLength = roundUp(shape.longestPrompt());
        this.capacity = Math.min(shape.maxTokens(), FIRST_CAPACITY);
        for (int layer = 0; layer < config.layers(); layer++) {
            kernels.fill(ownKeys(layer), 0);
            kernels.fill(ownValues(layer), 0);
        }
    }

    /** P, tokens there is room for in each prompt. */
    int promptLength() {
        return promptLength;
    }

    /** T, own tokens of each continuation that are looked at once so many are there; some may not be written yet. */
    int visible(int tokens) {
        return Math.min(capacity, roundUp(tokens));
    }

    static int roundUp(int tokens) {
        return (tokens + STEP - 1) / STEP * STEP;
    }

    private Matrix promptKeys(int layer) {
        return beginning
                .map(kept -> kept.keys(layer))
                .orElseGet(() -> layers.get(layer).promptKeys().of(promptRows(shape.prompts())));
    }

    private Matrix promptValues(int layer) {
        return beginning
                .map(kept -> kept.values(layer))
                .orElseGet(() -> layers.get(layer).promptValues().of(promptRows(shape.prompts())));
    }

    Matrix ownKeys(int layer) {
        return keys(layer, grown, capacity);
    }

    Matrix ownValues(int layer) {
        return values(layer, grown, capacity);
    }

    private Matrix keys(int layer, boolean inGrown, int room) {
        LayerCache cache = layers.get(layer);
        return (inGrown ? cache.grownKeys() : cache.ownKeys()).of(ownRows(room));
    }

    private Matrix values(int layer, boolean inGrown, int room) {
        LayerCache cache = layers.get(layer);
        return (inGrown ? cache.grownValues() : cache.ownValues()).of(ownRows(room));
    }

    private int ownRows(int room) {
        return shape.prompts() * shape.continuations() * config.keyValueHeads() * room;
    }

    /** Rows that some prompts take in {@link #promptKeys}. */
    int promptRows(int count) {
        return count * config.keyValueHeads() * promptLength;
    }

    /** Keys of the first prompt's first {@code tokens} as [K] of [D, tokens]. */
    Block keysOf(int layer, int tokens) {
        return overPrompts(promptKeys(layer), 0, 1, config.headWidth(), tokens, promptLength);
    }

    /** Values of the first prompt's first {@code tokens} as [K] of [tokens, D]. */
    Block valuesOf(int layer, int tokens) {
        return overPrompts(promptValues(layer), 0, 1, tokens, config.headWidth(), config.headWidth());
    }

    /** Values of {@code count} prompts from number {@code first} as [B * K * P, D]. */
    Matrix valueRows(int layer, int first, int count) {
        return promptValues(layer).rows(promptRows(first), promptRows(count));
    }

    /** The row of a key among {@link #ownKeys}. */
    int ownRow(int prompt, int place, int head, int token) {
        return ((prompt * shape.continuations() + place) * config.keyValueHeads() + head) * capacity + token;
    }

    /** Keys of {@code count} prompts from number {@code first} as [B, K] of [D, P]. */
    Block keysOverPrompts(int layer, int first, int count) {
        return overPrompts(promptKeys(layer), first, count, config.headWidth(), promptLength, promptLength);
    }

    /** Values of {@code count} prompts from number {@code first} as [B, K] of [P, D]. */
    Block valuesOverPrompts(int layer, int first, int count) {
        return overPrompts(promptValues(layer), first, count, promptLength, config.headWidth(), config.headWidth());
    }

    /** @param stride from one row to the next in a head's memory, of which the first rows and columns are meant */
    private Block overPrompts(Matrix memory, int first, int count, int rows, int columns, int stride) {
        long head = (long) config.headWidth() * promptLength;
        long prompt = config.keyValueHeads() * head;
        return new Block(
                memory, first * prompt, new int[] {1, count, config.keyValueHeads(), rows, columns}, new long[] {
                    0, prompt, head, stride, 1
                });
    }

    /** The first {@code tokens} own keys or values as [B, K, A] of [tokens, D]. */
    Block overContinuations(Matrix memory, int promptCount, int places, int tokens) {
        long head = (long) capacity * config.headWidth();
        long place = config.keyValueHeads() * head;
        return new Block(
                memory,
                0,
                new int[] {promptCount, config.keyValueHeads(), places, tokens, config.headWidth()},
                new long[] {shape.continuations() * place, head, place, config.headWidth(), 1});
    }

    /**
     * Makes room for so many tokens of each continuation.
     *
     * @throws IllegalArgumentException if they are more than it was made for
     */
    void reserve(int tokens) {
        if (tokens > shape.maxTokens()) {
            throw new IllegalArgumentException("a continuation of " + tokens
                    + " tokens, guesses included, does not fit a session of at most " + shape.maxTokens());
        }
        if (tokens <= capacity) {
            return;
        }
        int larger = Math.min(shape.maxTokens(), Math.max(tokens, 2 * capacity));
        int blocks = shape.prompts() * shape.continuations() * config.keyValueHeads();
        int[] rows = new int[blocks * larger];
        Arrays.fill(rows, -1);
        for (int block = 0; block < blocks; block++) {
            for (int token = 0; token < capacity; token++) {
                rows[block * larger + token] = block * capacity + token;
            }
        }
        try (Index index = kernels.index(rows)) {
            for (int layer = 0; layer < config.layers(); layer++) {
                kernels.gatherRows(ownKeys(layer), index, keys(layer, !grown, larger));
                kernels.gatherRows(ownValues(layer), index, values(layer, !grown, larger));
            }
        }
        grown = !grown;
        capacity = larger;
    }

    /** Copies a continuation's own keys and values to another place. */
    void moveContinuation(int fromPrompt, int from, int toPrompt, int to) {
        int rows = config.keyValueHeads() * capacity;
        int source = ownRow(fromPrompt, from, 0, 0);
        int target = ownRow(toPrompt, to, 0, 0);
        for (int layer = 0; layer < config.layers(); layer++) {
            copyRows(ownKeys(layer), source, target, rows);
            copyRows(ownValues(layer), source, target, rows);
        }
    }

    /** Copies a prompt's keys and values to another prompt's place. */
    void movePrompt(int from, int to) {
        int rows = promptRows(1);
        for (int layer = 0; layer < config.layers(); layer++) {
            copyRows(promptKeys(layer), from * rows, to * rows, rows);
            copyRows(promptValues(layer), from * rows, to * rows, rows);
        }
    }

    private void copyRows(Matrix memory, int from, int to, int count) {
        kernels.copy(memory.rows(from, count), memory.rows(to, count));
    }
}
