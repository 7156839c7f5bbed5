package dev.wst.training;

import dev.wst.Seed;
import java.util.SplittableRandom;

/** Permutations from seeds (Fisher and Yates). */
final class Shuffle {
    private Shuffle() {}

    /** The numbers 0 to n - 1 in an order drawn from the seed. */
    static int[] of(int n, Seed seed) {
        SplittableRandom random = new SplittableRandom(seed.value());
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
