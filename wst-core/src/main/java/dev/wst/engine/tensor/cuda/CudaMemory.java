package dev.wst.engine.tensor.cuda;

import dev.wst.ClosedException;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Storage;
import java.nio.FloatBuffer;

/** Memory of a card, read and written from the host through the device's staging memory. */
final class CudaMemory implements Storage {
    private final Device device;
    private final Changes changes;
    private final long address;
    private boolean closed;

    private CudaMemory(Device device, Changes changes, long address) {
        this.device = device;
        this.changes = changes;
        this.address = address;
    }

    static CudaMemory zeros(Device device, Changes changes, long length) {
        long bytes = length * Float.BYTES;
        long address = device.allocate(bytes);
        device.clear(address, bytes);
        changes.moved();
        return new CudaMemory(device, changes, address);
    }

    /** The address of a matrix's first number. */
    static long address(Matrix matrix) {
        if (matrix.storage() instanceof CudaMemory memory) {
            return memory.open() + matrix.offset() * Float.BYTES;
        }
        throw new IllegalArgumentException(matrix + " was allocated by other kernels");
    }

    private long open() {
        if (closed) {
            throw new ClosedException("this matrix, or the one it is a view of, was closed");
        }
        return address;
    }

    @Override
    public void read(long from, float[] target, int at, int count) {
        FloatBuffer staging = device.staging().asFloatBuffer();
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, staging.capacity());
            device.download(open() + (from + done) * Float.BYTES, (long) part * Float.BYTES);
            staging.get(0, target, at + done, part);
            done += part;
        }
    }

    @Override
    public void write(long from, float[] source, int at, int count) {
        changes.written();
        FloatBuffer staging = device.staging().asFloatBuffer();
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, staging.capacity());
            staging.put(0, source, at + done, part);
            device.upload(open() + (from + done) * Float.BYTES, (long) part * Float.BYTES);
            done += part;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            changes.moved();
            device.free(address);
        }
    }
}
