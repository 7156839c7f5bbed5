package dev.wst.tensor;

/**
 * A weight in the layout that oneDNN's matrix product wants, packed once for all numbers of rows. The backward product
 * reads the plain matrix: it runs on many rows, where packing on the way costs little.
 */
final class OneDnnWeight implements Weight {
    /** Rows of the product that the layout is chosen for: a decode step of a full batch. */
    private static final long TYPICAL_ROWS = 64;

    private final OneDnnEngine engine;
    private final Matrix plain;
    private final long descriptor;
    private final long layoutOwner;
    private final Matrix packed;

    OneDnnWeight(OneDnnEngine engine, Matrix plain) {
        this.engine = engine;
        this.plain = plain;
        long n = plain.rows();
        long k = plain.columns();
        long source = OneDnn.descriptor(new long[] {TYPICAL_ROWS, k}, new long[] {k, 1});
        long target = OneDnn.descriptor(new long[] {TYPICAL_ROWS, n}, new long[] {n, 1});
        long[] any = new long[1];
        OneDnn.check(
                OneDnn.dnnl_memory_desc_create_with_tag(any, 2, new long[] {k, n}, OneDnn.F32, OneDnn.TAG_ANY),
                "layout");
        long[] pd = new long[1];
        OneDnn.check(
                OneDnn.dnnl_matmul_primitive_desc_create(pd, engine.handle(), source, any[0], 0, target, 0), "layout");
        layoutOwner = pd[0];
        descriptor = OneDnn.weightsLayout(layoutOwner);
        OneDnn.dnnl_memory_desc_destroy(source);
        OneDnn.dnnl_memory_desc_destroy(target);
        OneDnn.dnnl_memory_desc_destroy(any[0]);
        long floats = (OneDnn.dnnl_memory_desc_get_size(descriptor) + Float.BYTES - 1) / Float.BYTES;
        packed = Matrix.zeros(1, Math.toIntExact(floats));
        refresh();
    }

    static OneDnnWeight of(Weight weight) {
        if (weight instanceof OneDnnWeight own) {
            return own;
        }
        throw new IllegalArgumentException("this weight was prepared by other kernels");
    }

    @Override
    public int outputs() {
        return plain.rows();
    }

    @Override
    public int inputs() {
        return plain.columns();
    }

    Matrix plain() {
        return plain;
    }

    /** Descriptor of the packed layout. */
    long descriptor() {
        return descriptor;
    }

    long packedAddress() {
        return packed.address();
    }

    @Override
    public void refresh() {
        long md = OneDnn.descriptor(new long[] {plain.columns(), plain.rows()}, new long[] {1, plain.rowStride()});
        try {
            engine.reorder(md, plain.address(), descriptor, packed.address());
        } finally {
            OneDnn.dnnl_memory_desc_destroy(md);
        }
    }

    @Override
    public void close() {
        packed.close();
        OneDnn.dnnl_primitive_desc_destroy(layoutOwner);
    }
}
