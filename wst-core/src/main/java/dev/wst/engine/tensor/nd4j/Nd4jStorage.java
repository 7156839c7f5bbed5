package dev.wst.engine.tensor.nd4j;

import dev.wst.ClosedException;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Storage;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** An ND4J array of one dimension, wherever the backend keeps it. */
public class Nd4jStorage implements Storage {
    private final INDArray array;
    private boolean closed;

    Nd4jStorage(INDArray array) {
        this.array = array;
    }

    /** Zeros, seen from the host directly where they lie there. */
    public static Nd4jStorage zeros(long length) {
        INDArray array = Nd4j.zeros(DataType.FLOAT, length);
        array.setCloseable(true);
        return Backend.isCpu() ? new Nd4jHostStorage(array) : new Nd4jStorage(array);
    }

    /** The whole memory of a matrix; {@link Matrix#offset()} is its first element there. */
    public static INDArray of(Matrix matrix) {
        if (matrix.storage() instanceof Nd4jStorage storage) {
            return storage.array();
        }
        throw new IllegalArgumentException(matrix + " was allocated by other kernels");
    }

    final INDArray array() {
        requireOpen();
        return array;
    }

    final void requireOpen() {
        if (closed) {
            throw new ClosedException("this matrix, or the one it is a view of, was closed");
        }
    }

    @Override
    public void read(long from, float[] target, int at, int count) {
        float[] values = ArraysInUse.during(() -> slice(from, count).toFloatVector());
        System.arraycopy(values, 0, target, at, count);
    }

    @Override
    public void write(long from, float[] source, int at, int count) {
        float[] values = Arrays.copyOfRange(source, at, at + count);
        INDArray unused = ArraysInUse.during(() -> slice(from, count).assign(Nd4j.createFromArray(values)));
    }

    private INDArray slice(long from, int count) {
        return array().get(NDArrayIndex.interval(from, from + count));
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            array.close();
        }
    }
}
