package dev.wst.engine.tensor.host;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.wst.ClosedException;
import dev.wst.engine.tensor.HostStorage;
import java.nio.FloatBuffer;

/** Memory outside the Java heap, beyond the limits on direct buffers, freed when it is closed. */
final class NativeMemory implements HostStorage {
    /** A cache line, and the widest vector of any processor that the kernels know. */
    private static final int ALIGNMENT = 64;

    private final Memory memory;
    private final long address;
    private final FloatBuffer buffer;
    private boolean closed;

    private NativeMemory(Memory memory, Pointer aligned, long bytes) {
        this.memory = memory;
        this.address = Pointer.nativeValue(aligned);
        this.buffer = aligned.getByteBuffer(0, bytes).asFloatBuffer();
    }

    static NativeMemory zeros(long length) {
        long bytes = length * Float.BYTES;
        Memory memory = new Memory(bytes + ALIGNMENT);
        Pointer aligned = memory.align(ALIGNMENT);
        aligned.clear(bytes);
        return new NativeMemory(memory, aligned, bytes);
    }

    @Override
    public long address() {
        requireOpen();
        return address;
    }

    @Override
    public FloatBuffer buffer() {
        requireOpen();
        return buffer;
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("this matrix, or the one it is a view of, was closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.close();
        }
    }
}
