package dev.wst.engine.tensor.nd4j;

import dev.wst.engine.tensor.HostStorage;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An ND4J array of a CPU backend. */
final class Nd4jHostStorage extends Nd4jStorage implements HostStorage {
    private final FloatBuffer buffer;

    Nd4jHostStorage(INDArray array) {
        super(array);
        buffer = array.data()
                .pointer()
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public long address() {
        return array().data().address();
    }

    @Override
    public FloatBuffer buffer() {
        requireOpen();
        return buffer;
    }

    @Override
    public void read(long from, float[] target, int at, int count) {
        HostStorage.super.read(from, target, at, count);
    }

    @Override
    public void write(long from, float[] source, int at, int count) {
        HostStorage.super.write(from, source, at, count);
    }
}
