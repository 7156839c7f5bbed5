package dev.wst.engine.model;

import dev.wst.Sampling;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws one token from a distribution, after the filters of a {@link Sampling}. The distribution already has the
 * temperature in it.
 */
final class TokenSampler {
    /** Tokens summed together: long enough for few parts, short enough to search. */
    private static final int PART = 512;

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
     * @throws NonFiniteOutputException if they are not numbers
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
        requireNumber(probabilities[best]);
        return best;
    }

    private static void requireNumber(double mass) {
        if (!(mass > 0 && mass < Double.POSITIVE_INFINITY)) {
            throw new NonFiniteOutputException(mass);
        }
    }

    /** Finds the part that the point falls into before the token: one pass over the row and a short one. */
    private static int drawAny(float[] probabilities, double point) {
        double[] parts = new double[(probabilities.length + PART - 1) / PART];
        double total = 0;
        for (int part = 0; part < parts.length; part++) {
            parts[part] = sum(probabilities, part * PART, Math.min(probabilities.length, (part + 1) * PART));
            total += parts[part];
        }
        requireNumber(total);
        double rest = point * total;
        int part = 0;
        while (part < parts.length - 1 && rest >= parts[part]) {
            rest -= parts[part++];
        }
        for (int i = part * PART; i < probabilities.length; i++) {
            rest -= probabilities[i];
            if (rest < 0) {
                return i;
            }
        }
        // Rounding left a rest: the last token that can be drawn.
        int last = probabilities.length - 1;
        while (!(probabilities[last] > 0)) {
            last--;
        }
        return last;
    }

    /** Eight sums side by side: one after the other, each addition would wait for the last. */
    private static double sum(float[] p, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        int i = from;
        for (; i + 7 < to; i += 8) {
            a += p[i];
            b += p[i + 1];
            c += p[i + 2];
            d += p[i + 3];
            e += p[i + 4];
            f += p[i + 5];
            g += p[i + 6];
            h += p[i + 7];
        }
        for (; i < to; i++) {
            a += p[i];
        }
        return ((a + b) + (c + d)) + ((e + f) + (g + h));
    }

    /** Walks the kept tokens by their numbers, as without filters: a device does the same without sorting them. */
    private int drawFiltered(float[] probabilities, double point) {
        int[] kept = keep(probabilities);
        Arrays.sort(kept);
        double rest = point * mass(probabilities, kept, kept.length);
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
            // What top-k left is renormalised before top-p, as in Hugging Face's chain of processors.
            double nucleus = sampling.topP() * (sampling.topK() > 0 ? mass(probabilities, sorted, count) : 1);
            double kept = 0;
            for (int i = 0; i < count; i++) {
                kept += probabilities[sorted[i]];
                if (kept >= nucleus) {
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

    private static double mass(float[] probabilities, int[] tokens, int count) {
        double mass = 0;
        for (int i = 0; i < count; i++) {
            mass += probabilities[tokens[i]];
        }
        return mass;
    }

    /**
     * All tokens that can pass, likeliest first, the lower id first among equals. Without top-k, tokens whose share is
     * below (1 - topP) / V add up to less than 1 - topP, so the nucleus is complete without them.
     */
    private int[] likelyFirst(float[] probabilities) {
        double floor = Math.max(
                sampling.topK() > 0 ? 0 : (1 - sampling.topP()) / probabilities.length * 0.999,
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
