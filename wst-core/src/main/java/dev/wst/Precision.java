package dev.wst;

/**
 * The numbers that a model's frozen weights are kept and multiplied in. Sums, adapters, weights in training, the loss and the
 * optimiser are FP32 always.
 */
public enum Precision {
    /** 32 bits. */
    FP32,
    /**
     * 32 bits, of which a card's matrix units read the upper 19: FP32's range with 11 significant bits. On cards of compute
     * capability 8.0 and above only.
     */
    TF32,
    /**
     * 16 bits with the range of 32: weights, and what they are multiplied with, are rounded to 8 significant bits, and products
     * are added up in FP32. Half the memory, and about twice as fast on processors that compute with it (AVX-512 BF16, AMX,
     * ARMv8.6); several times as fast on cards.
     */
    BF16,
    /**
     * 8 bits with a scale for each output: weights are rounded to 8 bits, what they are multiplied with to 16, and whole numbers
     * are added up exactly. A quarter of the memory, and faster than BF16 for a few texts at once, where reading the weights
     * takes the time (AVX-512 VNNI, AMX). Less accurate: the likeliest next token of SmolLM2-135M is another one in 3.1 % of
     * places, where BF16 changes it in 0.4 %. For models that are not trained: students and serving; never chosen unless
     * asked for.
     */
    INT8
}
