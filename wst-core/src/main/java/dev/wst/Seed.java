package dev.wst;

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

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
