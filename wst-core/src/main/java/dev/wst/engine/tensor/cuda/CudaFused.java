package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.HeadShape;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Matrix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    /** With more rows than this, products read an adapter's matrices fewer times. */
    private static final int MOST_ADAPTED_ROWS = 128;
    /** Queries, keys and values. */
    private static final int MOST_PARTS = 3;
    /** Numbers between the two products of a row. */
    private static final int MOST_HIDDEN = 1024;
    /** Recordings kept at once: the numbers of rows of a few kinds of sampling. */
    private static final int MOST_RECORDINGS = 64;

    private final Device device;
    private final Launches launches;
    private final Changes changes;
    private final RoundedCopy rounded;
    private final Map<Object, Long> recordings = new HashMap<>();
    /** Keys whose operations were done once. */
    private final Set<Object> done = new HashSet<>();
    /** Where matrices lay when both were filled. */
    private long recordedAt;

    CudaFused(Device device, Launches launches, Changes changes, RoundedCopy rounded) {
        this.device = device;
        this.launches = launches;
        this.changes = changes;
        this.rounded = rounded;
    }

    @Override
    public boolean supports(HeadShape heads) {
        return heads.width() <= MOST_WIDTH
                && heads.width() % 2 == 0
                && heads.sharing() <= Math.min(SHARERS, warps(heads) * VECTORS);
    }

    @Override
    public long memory() {
        return device.totalBytes();
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
        return launches.begin(projected)
                .add(CudaRows.address(tiles))
                .add(heads.queries())
                .add(heads.keyValues())
                .add(heads.width())
                .add(heads.scale());
    }

    private void launch(String kernel, long tiles, HeadShape heads, int sharedFloats, Arguments filled) {
        launches.launch(kernel, tiles * heads.keyValues(), warps(heads) * WARP, sharedFloats * Float.BYTES, filled);
    }

    @Override
    public void attend(Matrix projected, HeadShape heads, Index tiles, Matrix context, Matrix logSumExp) {
        int d = heads.width();
        int queries = warps(heads) * VECTORS;
        launch(
                "attend",
                tiles.length() / 5,
                heads,
                queries * d + KEYS * (2 * d + 1) + queries * KEYS,
                begin(projected, tiles, heads)
                        .add(CudaMemory.address(context))
                        .add(context.rowStride())
                        .add(CudaMemory.address(logSumExp))
                        .add(rounded.room(context)));
        rounded.remember(context);
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
        launches.launch(
                "attention_delta",
                context.rows(),
                4 * WARP,
                0,
                launches.begin(context, dContext)
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
        launch(
                kernel,
                tiles.length() / numbersOfTile,
                heads,
                2 * stationary * d + 2 * KEYS * (d + 1) + 2 * stationary * KEYS,
                begin(projected, tiles, heads)
                        .add(CudaMemory.address(dContext))
                        .add(dContext.rowStride())
                        .add(CudaMemory.address(logSumExp))
                        .add(CudaMemory.address(delta))
                        .add(CudaMemory.address(dProjected))
                        .add(dProjected.rowStride()));
    }

    @Override
    public void appendToCache(
            Matrix projected, HeadShape heads, Slots places, Slots written, Matrix cosSin, Matrix cache) {
        launches.launch(
                "append_to_cache",
                projected.rows(),
                Elements.THREADS,
                0,
                launches.begin(projected)
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
        launch(
                "attend_cached",
                projected.rows(),
                heads,
                SHARERS * d + warps * SHARERS * KEYS + warps * KEYS * (d + 1),
                launches.begin(projected)
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
                        .add(context.rowStride())
                        .add(rounded.room(context)));
        rounded.remember(context);
    }

    @Override
    public boolean adapts(int rows, int rank, int parts) {
        return rows <= MOST_ADAPTED_ROWS && parts <= MOST_PARTS && rank * parts <= MOST_HIDDEN;
    }

    @Override
    public void adapt(Matrix x, Matrix down, float factor, List<AdapterPart> parts, Matrix y) {
        // y is what a product wrote just now, never what the next one reads as it is.
        Arguments arguments = launches.beginBeside()
                .add(CudaMemory.address(x))
                .add(x.rowStride())
                .add(CudaMemory.address(down))
                .add(x.columns())
                .add(factor)
                .add(down.rows() / parts.size())
                .add(parts.size());
        for (int i = 0; i < MOST_PARTS; i++) {
            if (i < parts.size()) {
                Matrix up = parts.get(i).up();
                arguments.add(CudaMemory.address(up)).add(parts.get(i).from()).add(up.rows());
            } else {
                arguments.add(0L).add(0L).add(0L);
            }
        }
        arguments.add(CudaMemory.address(y)).add(y.rowStride());
        launches.launch("adapt", x.rows(), Elements.THREADS, down.rows() * Float.BYTES, arguments);
        rounded.forgetIfOf(y);
    }

    @Override
    public void draw(Matrix logits, DrawRule rule, Slots seeds, Slots written, Slots tokens, Slots logProbabilities) {
        launches.launch(
                "draw",
                logits.rows(),
                THREADS_OF_DRAW,
                0,
                launches.begin(logits)
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
        launches.launch("advance", 1, WARP, 0, launches.begin().add(CudaRows.address(written)));
    }

    @Override
    public Slots slots(int length) {
        return CudaSlots.zeros(device, length);
    }

    @Override
    public void repeat(Object key, Runnable operations) {
        if (recordedAt != changes.moves() || recordings.size() >= MOST_RECORDINGS) {
            forgetAll();
        }
        Long recording = recordings.get(key);
        if (recording == null && !done.contains(key)) {
            // The first time buffers are taken, which a recording cannot.
            operations.run();
            if (recordedAt != changes.moves()) {
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
        changes.written();
    }

    private void forgetAll() {
        recordings.values().forEach(device::forget);
        recordings.clear();
        done.clear();
        recordedAt = changes.moves();
    }

    @Override
    public void close() {
        forgetAll();
    }
}
