/**
 * Memory and arithmetic of the engine: FP32 matrices and the one interface, {@link dev.wst.engine.tensor.Kernels}, that every
 * forward and backward computation goes through. Four implementations give the same numbers: cuda (cards), oneDNN (the default on a
 * CPU where it loads), host (Java loops and ND4J's matrix product) and portable (ND4J operations only, for CUDA).
 *
 * <p>Imports the root package for its exceptions; ND4J for memory and JNA for oneDNN live behind this door only.
 *
 * <p>Letters: M rows of an activation (tokens), N output features, K input features, V vocabulary.
 */
@NullMarked
package dev.wst.engine.tensor;

import org.jspecify.annotations.NullMarked;
