package dev.wst;

import java.util.SplittableRandom;

/**
 * The root of all randomness of a run. Every draw has a seed of its own, derived from (run seed, step, task, sample), so
 * results depend neither on the order nor on the number of threads that compute them.
 *
 * <p>Derivation mixes with the finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
 * generators, OOPSLA 2014).
 */
public record Seed(long value) {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** A seed of its own for the given number. */
    public Seed derive(long key) {
        return new Seed(mix(value + GOLDEN_GAMMA * (mix(key + GOLDEN_GAMMA) | 1L)));
    }

    /** A seed of its own for the given name. */
    public Seed derive(String key) {
        long hash = key.length();
        for (int i = 0; i < key.length(); i++) {
            hash = mix(hash * 31 + key.charAt(i) + GOLDEN_GAMMA);
        }
        return derive(hash);
    }

    /** The numbers 0 to n - 1 in an order drawn from this seed (Fisher and Yates). */
    public int[] order(int n) {
        SplittableRandom random = new SplittableRandom(value);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
