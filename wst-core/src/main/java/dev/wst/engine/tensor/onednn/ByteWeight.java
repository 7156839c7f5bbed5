package dev.wst.engine.tensor.onednn;

import com.sun.jna.Pointer;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import dev.wst.engine.tensor.host.CpuKernels;

/**
 * A weight in 8 bits with a scale for each output, packed for oneDNN's product of 8-bit numbers. There is no backward product:
 * such weights serve, nothing is learned through them.
 */
final class ByteWeight implements Weight {
    private final Matrix plain;
    private final OneDnnPacking packing;
    private final Matrix scales;

    ByteWeight(OneDnnEngine engine, Matrix plain) {
        this.plain = plain;
        this.packing = new OneDnnPacking(engine, OneDnn.S8, OneDnnWeight.FORWARD_ROWS, plain.columns(), plain.rows());
        this.scales = CpuKernels.zeros(1, plain.rows());
        refresh();
    }

    @Override
    public int outputs() {
        return plain.rows();
    }

    @Override
    public int inputs() {
        return plain.columns();
    }

    OneDnnPacking packing() {
        return packing;
    }

    /** Address of [outputs] FP32 numbers. */
    long scales() {
        return scales.address();
    }

    @Override
    public void refresh() {
        float[] byOutput = new float[outputs()];
        float[] row = new float[inputs()];
        byte[] rounded = new byte[inputs()];
        try (OneDnnRoom room = new OneDnnRoom()) {
            Pointer memory = new Pointer(room.bytes((long) outputs() * inputs()));
            for (int n = 0; n < outputs(); n++) {
                plain.readRow(n, row, 0);
                ByteScale scale = ByteScale.of(row);
                for (int k = 0; k < row.length; k++) {
                    rounded[k] = (byte) ByteScale.whole(row[k] * scale.factor());
                }
                byOutput[n] = scale.scale();
                memory.write((long) n * inputs(), rounded, 0, inputs());
            }
            packing.refresh(
                    OneDnn.descriptor(OneDnn.S8, new long[] {inputs(), outputs()}, new long[] {1, inputs()}),
                    Pointer.nativeValue(memory));
        }
        scales.write(byOutput);
    }

    @Override
    public boolean standsAlone() {
        return true;
    }

    @Override
    public long forwardBytes() {
        return packing.bytes() + (long) scales.columns() * Float.BYTES;
    }

    @Override
    public void close() {
        packing.close();
        scales.close();
    }
}
