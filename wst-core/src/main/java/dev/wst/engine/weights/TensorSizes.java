package dev.wst.engine.weights;

import java.util.Arrays;

/** The sizes that a file gives a tensor, held to what memory can hold. */
final class TensorSizes {
    private TensorSizes() {}

    /**
     * How many numbers a tensor has.
     *
     * @param shape outermost first
     * @param tensor file and name, for the message
     * @throws ModelFileException if a size is not positive or the numbers are too many to be held
     */
    static int numbers(int[] shape, String tensor) {
        long numbers = 1;
        for (int size : shape) {
            numbers *= size;
            if (size < 1 || numbers > TensorSource.MOST_NUMBERS) {
                throw new ModelFileException(tensor + " has the shape " + Arrays.toString(shape)
                        + "; sizes must be positive, and at most " + TensorSource.MOST_NUMBERS
                        + " numbers are held, which as FP32 fill the 2 GB that one buffer addresses");
            }
        }
        return (int) numbers;
    }
}
