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

    /** Takes the numbers of a tensor, row by row, some at a time. */
    @FunctionalInterface
    interface Numbers {
        /**
         * Takes some.
         *
         * @param from how many came before
         * @param values the first {@code count} are meant; the array is used again for the next
         */
        void take(int from, float[] values, int count);
    }

    /**
     * Hands out all numbers of a tensor.
     *
     * @throws ModelFileException if there is none of that name
     */
    void read(String name, Numbers target);

    /** Something that changes when the files do, without reading them. */
    String stamp();

    /**
     * All numbers of a tensor, row by row.
     *
     * @throws ModelFileException if there is none of that name
     */
    default float[] read(String name) {
        int numbers = 1;
        for (int size : shape(name)) {
            numbers *= size;
        }
        float[] all = new float[numbers];
        read(name, (from, values, count) -> System.arraycopy(values, 0, all, from, count));
        return all;
    }

    /** The file, for messages. */
    String origin();

    /**
     * As {@link #read(String)}, for a caller that knows what it wants.
     *
     * @throws ModelFileException also if the shape is another or a number is not finite
     */
    default float[] read(String name, int... expected) {
        requireShape(name, expected);
        float[] values = read(name);
        requireFinite(name, 0, values, values.length);
        return values;
    }

    /** The same, some numbers at a time. */
    default void read(Numbers target, String name, int... expected) {
        requireShape(name, expected);
        read(name, (from, values, count) -> {
            requireFinite(name, from, values, count);
            target.take(from, values, count);
        });
    }

    private void requireShape(String name, int[] expected) {
        int[] shape = shape(name);
        if (!Arrays.equals(shape, expected)) {
            throw new ModelFileException(origin() + ": tensor " + name + " has shape " + Arrays.toString(shape)
                    + ", but the configuration asks for " + Arrays.toString(expected));
        }
    }

    private void requireFinite(String name, int from, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new ModelFileException(
                        origin() + ": tensor " + name + " holds " + values[i] + " at element " + (from + i));
            }
        }
    }

    @Override
    void close();
}
