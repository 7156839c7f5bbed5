package dev.wst.engine.tensor.cuda;

import dev.wst.Precision;

/**
 * A matrix product {@code c = alpha a b + beta c} on the card, all matrices row by row.
 *
 * @param m rows of c
 * @param n columns of c
 * @param k what is summed over
 * @param a address of [m, k], or of [k, m] if turned
 * @param aStride from one row of a, as it lies, to the next
 * @param b address of [k, n], or of [n, k] if turned
 * @param precision what a and b hold, and how FP32 numbers are multiplied; c holds FP32 numbers, and they are added up in FP32
 * @param c address of [m, n]
 */
record Product(
        long m,
        long n,
        long k,
        float alpha,
        long a,
        long aStride,
        boolean aTurned,
        long b,
        long bStride,
        boolean bTurned,
        Precision precision,
        float beta,
        long c,
        long cStride) {}
