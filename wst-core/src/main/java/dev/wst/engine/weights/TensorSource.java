package dev.wst.engine.weights;

import java.util.Arrays;
import java.util.Set;

/** Named tensors of a file, read as 32-bit floats. */
public interface TensorSource extends AutoCloseable {
    /** The most numbers of one tensor: what Java can address of native memory in one piece, as FP32. */
    int MOST_NUMBERS = (Integer.MAX_VALUE - 8) / Float.BYTES;

    /** Names as Hugging Face writes them. */
    Set<String> names();

    /**
     * Sizes of a tensor, outermost first.
     *
     * @throws ModelFileException if there is none of that name
     */
    int[] shape(String name);

    /**
     * All numbers of a tensor, row by row.
     *
     * @throws ModelFileException if there is none of that name or it holds a number that is not finite
     */
    float[] read(String name);

    /** The file, for messages. */
    String origin();

    /**
     * As {@link #read(String)}, for a caller that knows what it wants.
     *
     * @throws ModelFileException also if the shape is another
     */
    default float[] read(String name, int... expected) {
        int[] shape = shape(name);
        if (!Arrays.equals(shape, expected)) {
            throw new ModelFileException(origin() + ": tensor " + name + " has shape " + Arrays.toString(shape)
                    + ", but the configuration asks for " + Arrays.toString(expected));
        }
        float[] values = read(name);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new ModelFileException(
                        origin() + ": tensor " + name + " holds " + values[i] + " at element " + i);
            }
        }
        return values;
    }

    @Override
    void close();
}
