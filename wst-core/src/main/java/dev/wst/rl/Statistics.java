package dev.wst.rl;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Means over the instructions of a batch. */
final class Statistics {
    private Statistics() {}

    /** Mean of the sums of the rows. */
    static double meanOfSums(double[][] rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> DoubleStream.of(row).sum())
                .average()
                .orElse(0);
    }
}
