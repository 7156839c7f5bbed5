package dev.wst.engine.tensor.onednn;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.wst.engine.tensor.BackendException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The C interface of oneDNN 3.x, as much of it as the kernels use, bound directly: handles are addresses. Names and
 * constants are those of {@code dnnl.h} and {@code dnnl_types.h}.
 */
final class OneDnn {
    static final int BF16 = 2;
    static final int F32 = 3;
    static final int S8 = 5;
    static final int TAG_ANY = 1;

    static final int FORWARD_TRAINING = 64;
    static final int FORWARD_INFERENCE = 96;
    static final int BACKWARD = 128;
    static final int BACKWARD_DATA = 160;

    static final int ELTWISE_LINEAR = 38;
    static final int ELTWISE_SWISH = 44;
    static final int SOFTMAX_ACCURATE = 196608;
    static final int BINARY_MUL = 131057;
    static final int USE_SCALE = 2;
    static final int RMS_NORM = 32;

    static final int ARG_SRC = 1;
    static final int ARG_SRC_1 = 2;
    static final int ARG_DST = 17;
    static final int ARG_WEIGHTS = 33;
    static final int ARG_VARIANCE = 50;
    static final int ARG_SCALE = 51;
    static final int ARG_DIFF_SRC = 129;
    static final int ARG_DIFF_DST = 145;
    static final int ARG_DIFF_SCALE = 255;
    static final int ARG_SCALES = 4096;

    private static final int QUERY_IMPLEMENTATION = 8;
    private static final int QUERY_WEIGHTS_MD = 131;
    private static final String[] STATUS = {
        "success",
        "out of memory",
        "invalid arguments",
        "unimplemented",
        "last implementation reached",
        "runtime error",
        "not required",
        "invalid graph"
    };

    private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);

    private OneDnn() {}

    static native int dnnl_engine_create(long[] engine, int kind, long index);

    static native int dnnl_engine_destroy(long engine);

    static native int dnnl_stream_create(long[] stream, long engine, int flags);

    static native int dnnl_stream_wait(long stream);

    static native int dnnl_stream_destroy(long stream);

    static native int dnnl_memory_desc_create_with_strides(long[] md, int n, long[] dims, int type, long[] strides);

    static native int dnnl_memory_desc_create_with_tag(long[] md, int n, long[] dims, int type, int tag);

    static native int dnnl_memory_desc_clone(long[] md, long source);

    static native int dnnl_memory_desc_permute_axes(long[] md, long source, int[] permutation);

    static native int dnnl_memory_desc_destroy(long md);

    static native long dnnl_memory_desc_get_size(long md);

    static native int dnnl_memory_create(long[] memory, long md, long engine, long handle);

    static native int dnnl_memory_set_data_handle(long memory, long handle);

    static native int dnnl_memory_destroy(long memory);

    static native int dnnl_post_ops_create(long[] ops);

    static native int dnnl_post_ops_destroy(long ops);

    static native int dnnl_post_ops_append_sum(long ops, float scale, int zeroPoint, int type);

    static native int dnnl_post_ops_append_eltwise(long ops, int algorithm, float alpha, float beta);

    static native int dnnl_primitive_attr_create(long[] attributes);

    static native int dnnl_primitive_attr_destroy(long attributes);

    static native int dnnl_primitive_attr_set_post_ops(long attributes, long ops);

    static native int dnnl_primitive_attr_set_scales_mask(long attributes, int argument, int mask);

    static native int dnnl_matmul_primitive_desc_create(
            long[] pd, long engine, long source, long weights, long bias, long target, long attributes);

    static native int dnnl_eltwise_forward_primitive_desc_create(
            long[] pd,
            long engine,
            int kind,
            int algorithm,
            long source,
            long target,
            float alpha,
            float beta,
            long attributes);

    static native int dnnl_eltwise_backward_primitive_desc_create(
            long[] pd,
            long engine,
            int algorithm,
            long dSource,
            long dTarget,
            long data,
            float alpha,
            float beta,
            long hint,
            long attributes);

    static native int dnnl_binary_primitive_desc_create(
            long[] pd, long engine, int algorithm, long source0, long source1, long target, long attributes);

    static native int dnnl_softmax_forward_primitive_desc_create(
            long[] pd, long engine, int kind, int algorithm, long source, long target, int axis, long attributes);

    static native int dnnl_softmax_backward_primitive_desc_create(
            long[] pd,
            long engine,
            int algorithm,
            long dSource,
            long dTarget,
            long target,
            int axis,
            long hint,
            long attributes);

    static native int dnnl_layer_normalization_forward_primitive_desc_create(
            long[] pd,
            long engine,
            int kind,
            long source,
            long target,
            long statistics,
            float epsilon,
            int flags,
            long attributes);

    static native int dnnl_reorder_primitive_desc_create(
            long[] pd, long source, long sourceEngine, long target, long targetEngine, long attributes);

    static native int dnnl_primitive_desc_query(long pd, int what, int index, long[] result);

    static native long dnnl_primitive_desc_query_md(long pd, int what, int index);

    static native int dnnl_primitive_desc_destroy(long pd);

    static native int dnnl_primitive_create(long[] primitive, long pd);

    static native int dnnl_primitive_execute(long primitive, long stream, int count, long arguments);

    static native int dnnl_primitive_destroy(long primitive);

    /** Bound after all the functions above, so that a call to it tells whether this process has them. */
    private static final class Last {
        static native long dnnl_version();
    }

    /** Of the OpenMP library that oneDNN came with; apart, since not every one has it. */
    private static final class OpenMpThreads {
        static final int SOFT = 1;

        static native int omp_pause_resource_all(int kind);

        static native int omp_get_max_threads();

        static native void omp_set_num_threads(int threads);
    }

    /** Does something in the calling thread alone: waking another takes longer than a small operation. */
    static void alone(Runnable work) {
        int before;
        try {
            before = OpenMpThreads.omp_get_max_threads();
            OpenMpThreads.omp_set_num_threads(1);
        } catch (UnsatisfiedLinkError e) {
            work.run();
            return;
        }
        try {
            work.run();
        } finally {
            OpenMpThreads.omp_set_num_threads(before);
        }
    }

    /** Ends the threads that help the calling one; its next operation starts them again. Does nothing where OpenMP cannot. */
    static void endThreads() {
        try {
            OpenMpThreads.omp_pause_resource_all(OpenMpThreads.SOFT);
        } catch (UnsatisfiedLinkError e) {
            // They stay and sleep.
        }
    }

    /** Whether a library was loaded, with all of the functions above. */
    static boolean isLoaded() {
        try {
            return Last.dnnl_version() != 0;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    /** Loads the library and binds the functions above. */
    static synchronized void load(Path library) {
        try {
            NativeLibrary loaded = NativeLibrary.getInstance(library.toString());
            Native.register(OneDnn.class, loaded);
            registerOpenMp(loaded);
            Native.register(Last.class, loaded);
        } catch (UnsatisfiedLinkError e) {
            throw new BackendException("oneDNN does not load from " + library + ": " + e.getMessage(), e);
        }
    }

    private static void registerOpenMp(NativeLibrary loaded) {
        try {
            Native.register(OpenMpThreads.class, loaded);
        } catch (UnsatisfiedLinkError e) {
            LOG.debug("the OpenMP here cannot end or count its threads: {}", e.getMessage());
        }
    }

    /** Turns a status into an exception. */
    public static void check(int status, String what) {
        if (status != 0) {
            String name = status < STATUS.length ? STATUS[status] : "status " + status;
            throw new IllegalStateException("oneDNN: " + what + ": " + name);
        }
    }

    /** A memory descriptor of FP32 numbers. */
    public static long descriptor(long[] dims, long[] strides) {
        return descriptor(F32, dims, strides);
    }

    /** A memory descriptor of numbers of a type. */
    public static long descriptor(int type, long[] dims, long[] strides) {
        long[] md = new long[1];
        check(dnnl_memory_desc_create_with_strides(md, dims.length, dims, type, strides), "memory descriptor");
        return md[0];
    }

    /** A descriptor of its own, equal to another. */
    public static long copy(long descriptor) {
        long[] md = new long[1];
        check(dnnl_memory_desc_clone(md, descriptor), "memory descriptor");
        return md[0];
    }

    /** A descriptor of its own of the same memory, rows and columns exchanged. */
    static long transposed(long descriptor) {
        long[] md = new long[1];
        check(dnnl_memory_desc_permute_axes(md, descriptor, new int[] {1, 0}), "memory descriptor");
        return md[0];
    }

    /** The layout a primitive wants its weights in; owned by the primitive descriptor. */
    public static long weightsLayout(long pd) {
        return dnnl_primitive_desc_query_md(pd, QUERY_WEIGHTS_MD, 0);
    }

    /** The name of the code that a primitive will run, such as {@code brg_matmul:avx512_core_vnni}. */
    public static String implementation(long pd) {
        long[] name = new long[1];
        check(dnnl_primitive_desc_query(pd, QUERY_IMPLEMENTATION, 0, name), "name of an implementation");
        return new Pointer(name[0]).getString(0);
    }

    /** Native memory that lives as long as its object. */
    public static Memory memory(long bytes) {
        return new Memory(bytes);
    }

    public static long address(Memory memory) {
        return Pointer.nativeValue(memory);
    }
}
