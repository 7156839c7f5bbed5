package dev.wst.model;

import dev.wst.Sampling;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws one token from a distribution, after the filters of a {@link Sampling}. The distribution already has the
 * temperature in it.
 */
final class TokenSampler {
    private final Sampling sampling;
    private final boolean filtered;

    TokenSampler(Sampling sampling) {
        this.sampling = sampling;
        this.filtered = sampling.topK() > 0 || sampling.topP() < 1 || sampling.minP() > 0;
    }

    /**
     * Draws a token.
     *
     * @param probabilities [V], adding up to one within rounding
     */
    int draw(float[] probabilities, RandomGenerator random) {
        if (sampling.isGreedy()) {
            return likeliest(probabilities);
        }
        double point = random.nextDouble();
        return filtered ? drawFiltered(probabilities, point) : drawAny(probabilities, point);
    }

    private static int likeliest(float[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }

    private static int drawAny(float[] probabilities, double point) {
        double total = 0;
        for (float p : probabilities) {
            total += p;
        }
        double rest = point * total;
        int last = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] > 0) {
                last = i;
                rest -= probabilities[i];
                if (rest < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private int drawFiltered(float[] probabilities, double point) {
        int[] kept = keep(probabilities);
        double total = 0;
        for (int token : kept) {
            total += probabilities[token];
        }
        double rest = point * total;
        for (int token : kept) {
            rest -= probabilities[token];
            if (rest < 0) {
                return token;
            }
        }
        return kept[kept.length - 1];
    }

    /** Tokens that pass top-k, then top-p, then min-p, likeliest first; always at least one. */
    int[] keep(float[] probabilities) {
        int[] sorted = likelyFirst(probabilities);
        int count = sampling.topK() > 0 ? Math.min(sampling.topK(), sorted.length) : sorted.length;
        if (sampling.topP() < 1) {
            double kept = 0;
            for (int i = 0; i < count; i++) {
                kept += probabilities[sorted[i]];
                if (kept >= sampling.topP()) {
                    count = i + 1;
                }
            }
        }
        float floor = (float) (sampling.minP() * probabilities[sorted[0]]);
        int passed = 1;
        while (passed < count && probabilities[sorted[passed]] >= floor) {
            passed++;
        }
        return Arrays.copyOf(sorted, passed);
    }

    /**
     * All tokens that can pass, likeliest first, the lower id first among equals. Tokens whose share is below (1 - topP)
     * / V add up to less than 1 - topP, so the nucleus is complete without them.
     */
    private int[] likelyFirst(float[] probabilities) {
        double floor = Math.max(
                (1 - sampling.topP()) / probabilities.length * 0.999,
                sampling.minP() * probabilities[likeliest(probabilities)]);
        // Probability bits in the upper half, inverted id in the lower: one primitive sort, highest last.
        long[] keys = new long[probabilities.length];
        int n = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] >= floor) {
                keys[n++] = (long) Float.floatToIntBits(probabilities[i]) << 32 | (~i & 0xFFFFFFFFL);
            }
        }
        Arrays.sort(keys, 0, n);
        int[] tokens = new int[n];
        for (int i = 0; i < n; i++) {
            tokens[i] = ~(int) keys[n - 1 - i];
        }
        return tokens;
    }
}
