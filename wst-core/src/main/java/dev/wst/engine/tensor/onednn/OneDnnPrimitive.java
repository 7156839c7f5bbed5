package dev.wst.engine.tensor.onednn;

import com.sun.jna.Memory;
import java.util.Arrays;

/** A compiled operation of one shape with its argument list; only the addresses change between runs. */
final class OneDnnPrimitive implements AutoCloseable {
    /** struct dnnl_exec_arg_t: an int, four bytes of padding, a pointer. */
    private static final int ARGUMENT_BYTES = 16;

    private final long primitive;
    private final long[] memories;
    private final long[] addresses;
    private final Memory arguments;

    /**
     * Compiles.
     *
     * @param pd primitive descriptor; destroyed here
     * @param ids argument ids
     * @param descriptors of each argument; destroyed here
     */
    OneDnnPrimitive(long engine, long pd, int[] ids, long[] descriptors) {
        long[] handle = new long[1];
        OneDnn.check(OneDnn.dnnl_primitive_create(handle, pd), "primitive");
        primitive = handle[0];
        OneDnn.dnnl_primitive_desc_destroy(pd);
        memories = new long[ids.length];
        addresses = new long[ids.length];
        arguments = OneDnn.memory((long) ARGUMENT_BYTES * ids.length);
        for (int i = 0; i < ids.length; i++) {
            OneDnn.check(OneDnn.dnnl_memory_create(handle, descriptors[i], engine, 0), "memory");
            memories[i] = handle[0];
            arguments.setInt((long) ARGUMENT_BYTES * i, ids[i]);
            arguments.setLong((long) ARGUMENT_BYTES * i + 8, memories[i]);
        }
        Arrays.stream(descriptors).distinct().forEach(OneDnn::dnnl_memory_desc_destroy);
    }

    /** Runs with the given addresses, in the order of the argument ids. */
    void run(long stream, long... at) {
        for (int i = 0; i < memories.length; i++) {
            if (addresses[i] != at[i]) {
                OneDnn.check(OneDnn.dnnl_memory_set_data_handle(memories[i], at[i]), "data handle");
                addresses[i] = at[i];
            }
        }
        OneDnn.check(
                OneDnn.dnnl_primitive_execute(primitive, stream, memories.length, OneDnn.address(arguments)),
                "execute");
    }

    @Override
    public void close() {
        OneDnn.dnnl_primitive_destroy(primitive);
        for (long memory : memories) {
            OneDnn.dnnl_memory_destroy(memory);
        }
        arguments.close();
    }
}
