package dev.wst.engine.tensor.cuda;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The arguments of a launch: values in slots of eight bytes, and pointers to them, which is what a launch takes. Filled anew
 * for every launch; the driver has copied them when a launch returns.
 */
final class Arguments {
    private static final int MOST = 64;

    private final ByteBuffer values = direct();
    private final ByteBuffer pointers = direct();
    private final Pointer start = Native.getDirectBufferPointer(pointers);
    private int count;

    Arguments() {
        long address = Pointer.nativeValue(Native.getDirectBufferPointer(values));
        for (int i = 0; i < MOST; i++) {
            pointers.putLong(i * Long.BYTES, address + (long) i * Long.BYTES);
        }
    }

    private static ByteBuffer direct() {
        return ByteBuffer.allocateDirect(MOST * Long.BYTES).order(ByteOrder.nativeOrder());
    }

    /** Forgets the arguments of the launch before. */
    Arguments begin() {
        count = 0;
        return this;
    }

    /** An address, or a whole number. */
    Arguments add(long value) {
        values.putLong(count++ * Long.BYTES, value);
        return this;
    }

    Arguments add(float value) {
        values.putFloat(count++ * Long.BYTES, value);
        return this;
    }

    int count() {
        return count;
    }

    /** The value of an argument as it lies in its slot. */
    long slot(int i) {
        return values.getLong(i * Long.BYTES);
    }

    /** The first of the pointers. */
    Pointer pointers() {
        return start;
    }
}
