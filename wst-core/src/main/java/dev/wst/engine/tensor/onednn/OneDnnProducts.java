package dev.wst.engine.tensor.onednn;

import dev.wst.engine.tensor.Block;

/** Batched products of strided views, a small one in {@link Parts}. */
final class OneDnnProducts {
    /** Multiplications of a product that takes less time than compiling it. */
    private static final long SMALL = 1 << 18;

    private static final int ROWS = 3;
    private static final int COLUMNS = 4;

    private final OneDnnEngine engine;

    OneDnnProducts(OneDnnEngine engine) {
        this.engine = engine;
    }

    /** {@code c = alpha a b}, or {@code c += alpha a b}. */
    void matmul(Block a, Block b, Block c, float alpha, boolean accumulate) {
        int inner = a.sizes()[COLUMNS];
        long multiplications = inner;
        for (int size : c.sizes()) {
            multiplications *= size;
        }
        if (multiplications > SMALL) {
            whole(a, b, c, alpha, accumulate);
        } else {
            OneDnn.alone(() -> inParts(a, b, c, alpha, accumulate));
        }
    }

    private void inParts(Block a, Block b, Block c, float alpha, boolean accumulate) {
        int inner = a.sizes()[COLUMNS];
        int batch = batchDimension(c);
        int rows = c.sizes()[ROWS];
        if (batch >= 0) {
            Parts.forEach(
                    c.sizes()[batch],
                    (from, count) -> whole(
                            a.part(batch, from, count),
                            b.part(batch, from, count),
                            c.part(batch, from, count),
                            alpha,
                            accumulate));
        } else if (inner > rows) {
            Parts.forEach(
                    inner,
                    (from, count) -> whole(
                            a.part(COLUMNS, from, count), b.part(ROWS, from, count), c, alpha, accumulate || from > 0));
        } else {
            Parts.forEach(
                    rows,
                    (from, count) -> whole(a.part(ROWS, from, count), b, c.part(ROWS, from, count), alpha, accumulate));
        }
    }

    /** The first batch dimension that is one; -1 if none is. */
    private static int batchDimension(Block block) {
        for (int i = 0; i < ROWS; i++) {
            if (block.sizes()[i] > 1) {
                return i;
            }
        }
        return -1;
    }

    private void whole(Block a, Block b, Block c, float alpha, boolean accumulate) {
        boolean[] kept = keptDimensions(a, b, c);
        engine.run(
                "matmul",
                shapeKey(a, b, c, alpha, accumulate),
                () -> compiled(
                        "batched matrix product",
                        descriptor(a, kept),
                        descriptor(b, kept),
                        descriptor(c, kept),
                        alpha,
                        accumulate),
                at(a),
                at(b),
                at(c));
    }

    /** A product; the descriptors are destroyed with it. */
    OneDnnPrimitive compiled(String what, long source, long weights, long target, float alpha, boolean accumulate) {
        try (OneDnnAttributes attributes = new OneDnnAttributes()) {
            if (alpha != 1) {
                attributes.multiply(alpha);
            }
            if (accumulate) {
                attributes.sum();
            }
            long[] pd = new long[1];
            OneDnn.check(
                    OneDnn.dnnl_matmul_primitive_desc_create(
                            pd, engine.handle(), source, weights, 0, target, attributes.handle()),
                    what);
            return new OneDnnPrimitive(
                    engine.handle(), pd[0], new int[] {OneDnn.ARG_SRC, OneDnn.ARG_WEIGHTS, OneDnn.ARG_DST}, new long[] {
                        source, weights, target
                    });
        }
    }

    /** Batch dimensions in which anything is larger than one, and the two of the matrix. */
    private static boolean[] keptDimensions(Block a, Block b, Block c) {
        boolean[] kept = {false, false, false, true, true};
        for (int i = 0; i < 3; i++) {
            kept[i] = a.sizes()[i] > 1 || b.sizes()[i] > 1 || c.sizes()[i] > 1;
        }
        return kept;
    }

    private static long[] shapeKey(Block a, Block b, Block c, float alpha, boolean accumulate) {
        long[] key = new long[32];
        key[0] = Float.floatToIntBits(alpha);
        key[1] = accumulate ? 1 : 0;
        int at = 2;
        for (Block block : new Block[] {a, b, c}) {
            for (int i = 0; i < 5; i++) {
                key[at++] = block.sizes()[i];
                key[at++] = block.strides()[i];
            }
        }
        return key;
    }

    private static long descriptor(Block block, boolean[] kept) {
        int n = 0;
        for (boolean keep : kept) {
            n += keep ? 1 : 0;
        }
        long[] dims = new long[n];
        long[] strides = new long[n];
        int at = 0;
        for (int i = 0; i < 5; i++) {
            if (kept[i]) {
                dims[at] = block.sizes()[i];
                strides[at++] = block.sizes()[i] == 1 ? Math.max(1, block.strides()[i]) : block.strides()[i];
            }
        }
        return OneDnn.descriptor(dims, strides);
    }

    private static long at(Block block) {
        return block.memory().address() + block.offset() * Float.BYTES;
    }
}
