package dev.wst.engine.tensor;

import java.nio.FloatBuffer;

/** Memory of the process itself, which Java reads through a buffer and native libraries by its address. */
public interface HostStorage extends Storage {

    /** Of the first number. */
    long address();

    /** All of it; positions are absolute, its own position is never moved. */
    FloatBuffer buffer();

    @Override
    default void read(long from, float[] target, int at, int count) {
        buffer().get((int) from, target, at, count);
    }

    @Override
    default void write(long from, float[] source, int at, int count) {
        buffer().put((int) from, source, at, count);
    }
}
