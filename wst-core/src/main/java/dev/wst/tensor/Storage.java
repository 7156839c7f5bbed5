package dev.wst.tensor;

import dev.wst.ClosedException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The memory behind a matrix and its views: one ND4J array, seen from the host directly where it lies there. */
final class Storage {
    private final INDArray array;
    private final @Nullable FloatBuffer buffer;
    private boolean closed;

    private Storage(INDArray array, @Nullable FloatBuffer buffer) {
        this.array = array;
        this.buffer = buffer;
    }

    static Storage zeros(long length) {
        INDArray array = Nd4j.zeros(DataType.FLOAT, length);
        array.setCloseable(true);
        FloatBuffer buffer = Backend.isCpu()
                ? array.data()
                        .pointer()
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer()
                : null;
        return new Storage(array, buffer);
    }

    INDArray array() {
        requireOpen();
        return array;
    }

    long address() {
        requireOpen();
        return array.data().address();
    }

    FloatBuffer buffer() {
        requireOpen();
        if (buffer == null) {
            throw new IllegalStateException("this ND4J backend keeps its memory on a device");
        }
        return buffer;
    }

    void read(long from, float[] target, int at, int count) {
        if (buffer != null) {
            buffer().get((int) from, target, at, count);
        } else {
            float[] part = slice(from, count).toFloatVector();
            System.arraycopy(part, 0, target, at, count);
        }
    }

    void write(long from, float[] source, int at, int count) {
        if (buffer != null) {
            buffer().put((int) from, source, at, count);
        } else {
            float[] part = java.util.Arrays.copyOfRange(source, at, at + count);
            slice(from, count).assign(Nd4j.createFromArray(part));
        }
    }

    private INDArray slice(long from, int count) {
        return array().get(NDArrayIndex.interval(from, from + count));
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("this matrix, or the one it is a view of, was closed");
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            array.close();
        }
    }
}
