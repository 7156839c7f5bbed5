package dev.wst.engine.tensor.onednn;

import dev.wst.ClosedException;
import dev.wst.engine.tensor.BackendException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** An engine with its stream and the primitives compiled so far, the least recently used dropped first. */
final class OneDnnEngine implements AutoCloseable {
    private static final int CPU = 1;
    private static final int IN_ORDER = 1;
    /** Each holds some 250 kB of machine code; compiling one again takes 0.2 ms, and all layers use what was compiled for one. */
    private static final int PRIMITIVES = 384;

    private final long engine;
    private final long stream;
    private boolean closed;
    private final Map<Key, OneDnnPrimitive> primitives = new LinkedHashMap<>(256, 0.75f, true);

    /** What tells one primitive from another. */
    private record Key(String operation, long[] shape) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && operation.equals(that.operation) && Arrays.equals(shape, that.shape);
        }

        @Override
        public int hashCode() {
            return 31 * operation.hashCode() + Arrays.hashCode(shape);
        }
    }

    OneDnnEngine() {
        this(0);
    }

    /**
     * An engine of the CPU.
     *
     * @param index oneDNN knows one CPU, number 0
     * @throws BackendException if oneDNN, loaded as it is, makes none here
     */
    OneDnnEngine(long index) {
        long[] handle = new long[1];
        try {
            OneDnn.check(OneDnn.dnnl_engine_create(handle, CPU, index), "engine");
            engine = handle[0];
            int made = OneDnn.dnnl_stream_create(handle, engine, IN_ORDER);
            if (made != 0) {
                OneDnn.dnnl_engine_destroy(engine);
            }
            OneDnn.check(made, "stream");
            stream = handle[0];
        } catch (IllegalStateException e) {
            throw new BackendException("oneDNN loads but does not run: " + e.getMessage(), e);
        }
    }

    long handle() {
        requireOpen();
        return engine;
    }

    /** Runs an operation, compiling it for a shape not seen before. */
    void run(String operation, long[] shape, Supplier<OneDnnPrimitive> compile, long... addresses) {
        requireOpen();
        Key key = new Key(operation, shape);
        OneDnnPrimitive primitive = primitives.get(key);
        if (primitive == null) {
            primitive = compile.get();
            primitives.put(key, primitive);
            if (primitives.size() > PRIMITIVES) {
                Key eldest = primitives.keySet().iterator().next();
                OneDnnPrimitive dropped = primitives.remove(eldest);
                if (dropped != null) {
                    dropped.close();
                }
            }
        }
        primitive.run(stream, addresses);
    }

    /** Copies numbers from one layout to another. */
    void reorder(long sourceDescriptor, long source, long targetDescriptor, long target) {
        requireOpen();
        long[] pd = new long[1];
        OneDnn.check(
                OneDnn.dnnl_reorder_primitive_desc_create(pd, sourceDescriptor, engine, targetDescriptor, engine, 0),
                "reorder");
        long[] primitive = new long[1];
        OneDnn.check(OneDnn.dnnl_primitive_create(primitive, pd[0]), "reorder");
        OneDnn.dnnl_primitive_desc_destroy(pd[0]);
        long[] from = new long[1];
        long[] to = new long[1];
        OneDnn.check(OneDnn.dnnl_memory_create(from, sourceDescriptor, engine, source), "memory");
        OneDnn.check(OneDnn.dnnl_memory_create(to, targetDescriptor, engine, target), "memory");
        try (com.sun.jna.Memory arguments = OneDnn.memory(32)) {
            arguments.setInt(0, OneDnn.ARG_SRC);
            arguments.setLong(8, from[0]);
            arguments.setInt(16, OneDnn.ARG_DST);
            arguments.setLong(24, to[0]);
            OneDnn.check(OneDnn.dnnl_primitive_execute(primitive[0], stream, 2, OneDnn.address(arguments)), "reorder");
            OneDnn.check(OneDnn.dnnl_stream_wait(stream), "wait");
        } finally {
            OneDnn.dnnl_memory_destroy(from[0]);
            OneDnn.dnnl_memory_destroy(to[0]);
            OneDnn.dnnl_primitive_destroy(primitive[0]);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("these kernels are closed");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        primitives.values().forEach(OneDnnPrimitive::close);
        primitives.clear();
        OneDnn.dnnl_stream_destroy(stream);
        OneDnn.dnnl_engine_destroy(engine);
    }
}
