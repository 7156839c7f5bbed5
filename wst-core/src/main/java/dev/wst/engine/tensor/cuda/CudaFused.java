package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.HeadShape;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Matrix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Attention, the decoding step's pieces and the draw, each in one launch. The constants are those of attention.cu and decoding.cu. */
final class CudaFused implements FusedKernels, AutoCloseable {
    private static final int WARP = 32;
    /** Vectors that a warp works on at once. */
    private static final int VECTORS = 4;
    /** Vectors that stream by at once, one a lane. */
    private static final int KEYS = 32;

    private static final int MOST_WIDTH = 128;
    private static final int NARROW = 64;
    /** The most query heads of a key-value head. */
    private static final int SHARERS = 8;

    private static final int THREADS_OF_DRAW = 512;
    /** Recordings kept at once: the numbers of rows of a few kinds of sampling. */
    private static final int MOST_RECORDINGS = 64;

    private final Device device;
    private final Arguments arguments;
    private final Relocations relocations;
    private final Map<Object, Long> recordings = new HashMap<>();
    /** Keys whose operations were done once. */
    private final Set<Object> done = new HashSet<>();
    /** Where matrices lay when both were filled. */
    private long recordedAt;

    CudaFused(Device device, Arguments arguments, Relocations relocations) {
        this.device = device;
        this.arguments = arguments;
        this.relocations = relocations;
    }

    @Override
    public boolean supports(HeadShape heads) {
        return heads.width() <= MOST_WIDTH
                && heads.width() % 2 == 0
                && heads.sharing() <= Math.min(SHARERS, warps(heads) * VECTORS);
    }

    /** Wide heads take more of the memory that a block shares. */
    private static int warps(HeadShape heads) {
        return heads.width() <= NARROW ? 4 : 2;
    }

    @Override
    public int rowsOfTile(HeadShape heads) {
        return warps(heads) * VECTORS / heads.sharing();
    }

    @Override
    public int keysOfTile(HeadShape heads) {
        return warps(heads) * VECTORS;
    }

    private Arguments begin(Matrix projected, Index tiles, HeadShape heads) {
        return arguments
                .begin()
                .add(CudaMemory.address(projected))
                .add(projected.rowStride())
                .add(CudaRows.address(tiles))
                .add(heads.queries())
                .add(heads.keyValues())
                .add(heads.width())
                .add(heads.scale());
    }

    private void launch(String kernel, long tiles, HeadShape heads, int sharedFloats) {
        device.launch(kernel, tiles * heads.keyValues(), warps(heads) * WARP, sharedFloats * Float.BYTES, arguments);
    }

    @Override
    public void attend(Matrix projected, HeadShape heads, Index tiles, Matrix context, Matrix logSumExp) {
        int d = heads.width();
        int queries = warps(heads) * VECTORS;
        begin(projected, tiles, heads)
                .add(CudaMemory.address(context))
                .add(context.rowStride())
                .add(CudaMemory.address(logSumExp));
        launch("attend", tiles.length() / 5, heads, queries * d + KEYS * (2 * d + 1) + queries * KEYS);
    }

    @Override
    public void attendBack(
            Matrix projected,
            HeadShape heads,
            Index tiles,
            Index keyTiles,
            Matrix context,
            Matrix dContext,
            Matrix logSumExp,
            Matrix delta,
            Matrix dProjected) {
        device.launch(
                "attention_delta",
                context.rows(),
                4 * WARP,
                0,
                arguments
                        .begin()
                        .add(CudaMemory.address(context))
                        .add(context.rowStride())
                        .add(CudaMemory.address(dContext))
                        .add(dContext.rowStride())
                        .add(CudaMemory.address(delta))
                        .add(heads.queries())
                        .add(heads.width()));
        back("attend_back_queries", 5, projected, heads, tiles, dContext, logSumExp, delta, dProjected);
        back("attend_back_keys", 3, projected, heads, keyTiles, dContext, logSumExp, delta, dProjected);
    }

    private void back(
            String kernel,
            int numbersOfTile,
            Matrix projected,
            HeadShape heads,
            Index tiles,
            Matrix dContext,
            Matrix logSumExp,
            Matrix delta,
            Matrix dProjected) {
        int d = heads.width();
        int stationary = warps(heads) * VECTORS;
        begin(projected, tiles, heads)
                .add(CudaMemory.address(dContext))
                .add(dContext.rowStride())
                .add(CudaMemory.address(logSumExp))
                .add(CudaMemory.address(delta))
                .add(CudaMemory.address(dProjected))
                .add(dProjected.rowStride());
        int sharedFloats = 2 * stationary * d + 2 * KEYS * (d + 1) + 2 * stationary * KEYS;
        launch(kernel, tiles.length() / numbersOfTile, heads, sharedFloats);
    }

    @Override
    public void appendToCache(
            Matrix projected, HeadShape heads, Slots places, Slots written, Matrix cosSin, Matrix cache) {
        device.launch(
                "append_to_cache",
                projected.rows(),
                Elements.THREADS,
                0,
                arguments
                        .begin()
                        .add(CudaMemory.address(projected))
                        .add(projected.rowStride())
                        .add(CudaRows.address(places))
                        .add(CudaRows.address(written))
                        .add(CudaMemory.address(cosSin))
                        .add(cosSin.rowStride())
                        .add(CudaMemory.address(cache))
                        .add(cache.rowStride())
                        .add(heads.queries())
                        .add(heads.keyValues())
                        .add(heads.width() / 2));
    }

    @Override
    public void attendCached(
            Matrix projected,
            HeadShape heads,
            Slots places,
            Slots written,
            Matrix prompts,
            Matrix cache,
            Matrix context) {
        int d = heads.width();
        int warps = warps(heads);
        arguments
                .begin()
                .add(CudaMemory.address(projected))
                .add(projected.rowStride())
                .add(CudaRows.address(places))
                .add(CudaRows.address(written))
                .add(CudaMemory.address(prompts))
                .add(CudaMemory.address(cache))
                .add(cache.rowStride())
                .add(heads.queries())
                .add(heads.keyValues())
                .add(d)
                .add(heads.scale())
                .add(CudaMemory.address(context))
                .add(context.rowStride());
        launch("attend_cached", projected.rows(), heads, SHARERS * d + warps * SHARERS * KEYS + warps * KEYS * (d + 1));
    }

    @Override
    public void draw(Matrix logits, DrawRule rule, Slots seeds, Slots written, Slots tokens, Slots logProbabilities) {
        device.launch(
                "draw",
                logits.rows(),
                THREADS_OF_DRAW,
                0,
                arguments
                        .begin()
                        .add(CudaMemory.address(logits))
                        .add(logits.rowStride())
                        .add(logits.columns())
                        .add(CudaRows.address(seeds))
                        .add(CudaRows.address(written))
                        .add(rule.greedy() ? 1L : 0L)
                        .add(rule.topK())
                        .add(rule.topP())
                        .add(rule.minP())
                        .add(CudaRows.address(tokens))
                        .add(CudaRows.address(logProbabilities)));
    }

    @Override
    public void advance(Slots written) {
        device.launch("advance", 1, WARP, 0, arguments.begin().add(CudaRows.address(written)));
    }

    @Override
    public Slots slots(int length) {
        return CudaSlots.zeros(device, length);
    }

    @Override
    public void repeat(Object key, Runnable operations) {
        if (recordedAt != relocations.count() || recordings.size() >= MOST_RECORDINGS) {
            forgetAll();
        }
        Long recording = recordings.get(key);
        if (recording == null && !done.contains(key)) {
            // The first time buffers are taken, which a recording cannot.
            operations.run();
            if (recordedAt != relocations.count()) {
                forgetAll();
            }
            done.add(key);
            return;
        }
        if (recording == null) {
            recording = device.record(operations);
            recordings.put(key, recording);
        }
        device.replay(recording);
    }

    private void forgetAll() {
        recordings.values().forEach(device::forget);
        recordings.clear();
        done.clear();
        recordedAt = relocations.count();
    }

    @Override
    public void close() {
        forgetAll();
    }
}
