package dev.wst.engine.tensor.onednn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.host.CpuKernels;

/** The right-hand side of a product, [inputs, outputs], in the layout that oneDNN wants for it. */
final class OneDnnPacking implements AutoCloseable {
    private final OneDnnEngine engine;
    private final long descriptor;
    private final long layoutOwner;
    private final int type;
    private final Matrix packed;
    private boolean closed;

    /**
     * Makes room; the numbers come with {@link #refresh}.
     *
     * @param rows of the left-hand side that the layout is chosen for
     */
    OneDnnPacking(OneDnnEngine engine, int type, long rows, long inputs, long outputs) {
        this.engine = engine;
        this.type = type;
        long source = OneDnn.descriptor(type, new long[] {rows, inputs}, new long[] {inputs, 1});
        long target = OneDnn.descriptor(new long[] {rows, outputs}, new long[] {outputs, 1});
        long[] any = new long[1];
        OneDnn.check(
                OneDnn.dnnl_memory_desc_create_with_tag(any, 2, new long[] {inputs, outputs}, type, OneDnn.TAG_ANY),
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
        packed = CpuKernels.zeros(1, Math.toIntExact(floats));
    }

    /** Packs anew from a matrix described by {@code source}, which is destroyed. */
    void refresh(long source, long address) {
        try {
            engine.reorder(source, address, descriptor, packed.address());
        } finally {
            OneDnn.dnnl_memory_desc_destroy(source);
        }
    }

    /** The name of the code that multiplies with it, such as {@code brg_matmul:avx512_core_bf16}. */
    String implementation() {
        return OneDnn.implementation(layoutOwner);
    }

    /** Of the packed numbers, and of what they are multiplied with. */
    int type() {
        return type;
    }

    /** Of the packed layout. */
    long descriptor() {
        return descriptor;
    }

    long address() {
        return packed.address();
    }

    long bytes() {
        return (long) packed.columns() * Float.BYTES;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            packed.close();
            OneDnn.dnnl_primitive_desc_destroy(layoutOwner);
        }
    }
}
