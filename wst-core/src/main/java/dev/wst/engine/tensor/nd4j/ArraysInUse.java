package dev.wst.engine.tensor.nd4j;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.OpaqueDataBuffer;

/**
 * Keeps ND4J from freeing arrays while something computes with them. ND4J frees an array, on threads of its own, when the garbage
 * collector has found that nothing refers to it. Of the arrays that an operation makes for itself, its dimensions and scalars,
 * this is so as soon as the native call has their addresses: after a collection at that moment the call reads freed memory, and the
 * process ends with it (SIGSEGV in {@code execBroadcast}, with ND4J 1.0.0-M2.1; within seconds where much garbage is made). What is
 * to be freed meanwhile is freed afterwards.
 *
 * <p>There is one ND4J in a process, so this is for the whole process: what computes takes turns. An app's own operations of ND4J, outside
 * of this, are freed under as before.
 */
public final class ArraysInUse {
    private static final String FREE = "deleteDataBuffer";
    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<OpaqueDataBuffer> later = new ConcurrentLinkedQueue<>();
    private final NativeOps nativeOps;
    private volatile boolean computing;

    private ArraysInUse() {
        NativeOpsHolder holder = NativeOpsHolder.getInstance();
        nativeOps = holder.getDeviceNativeOps();
        holder.setDeviceNativeOps((NativeOps) Proxy.newProxyInstance(
                NativeOps.class.getClassLoader(),
                new Class<?>[] {NativeOps.class},
                (proxy, method, arguments) -> call(method, arguments)));
    }

    /**
     * Runs something that computes with ND4J.
     *
     * @throws dev.wst.engine.tensor.BackendException if no backend can be loaded
     */
    public static <T> T during(Supplier<T> work) {
        return ofTheProcess().run(work);
    }

    /**
     * Something whose every call computes with ND4J.
     *
     * @param kind the interface that it is called by
     * @throws dev.wst.engine.tensor.BackendException if no backend can be loaded
     */
    public static <T> T around(Class<T> kind, T computes) {
        ArraysInUse process = ofTheProcess();
        return kind.cast(Proxy.newProxyInstance(
                kind.getClassLoader(),
                new Class<?>[] {kind},
                (proxy, method, arguments) -> process.invoke(method, computes, arguments)));
    }

    private static ArraysInUse ofTheProcess() {
        boolean unused = Backend.isCpu();
        return Holder.OF_THE_PROCESS;
    }

    /** Only once there is a backend: an exception thrown while a class is initialised would reach the user as another one. */
    private static final class Holder {
        static final ArraysInUse OF_THE_PROCESS = new ArraysInUse();
    }

    private @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments) throws Throwable {
        begin();
        try {
            return called(method, target, arguments);
        } finally {
            end();
        }
    }

    private <T> T run(Supplier<T> work) {
        begin();
        try {
            return work.get();
        } finally {
            end();
        }
    }

    private void begin() {
        turn.lock();
        computing = true;
    }

    private void end() {
        boolean isLast = turn.getHoldCount() == 1;
        if (isLast) {
            computing = false;
        }
        turn.unlock();
        if (isLast) {
            freeIfNobodyComputes();
        }
    }

    /** What ND4J asks of its native library, from whichever thread. */
    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        if (computing && arguments != null && method.getName().equals(FREE)) {
            later.add((OpaqueDataBuffer) arguments[0]);
            freeIfNobodyComputes();
            return null;
        }
        return called(method, nativeOps, arguments);
    }

    private static @Nullable Object called(Method method, Object target, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Who computes frees them at the end. */
    private void freeIfNobodyComputes() {
        if (!computing && turn.tryLock()) {
            try {
                for (OpaqueDataBuffer buffer = later.poll(); buffer != null; buffer = later.poll()) {
                    nativeOps.deleteDataBuffer(buffer);
                }
            } finally {
                turn.unlock();
            }
        }
    }
}
