/**
 * The value function of PPO: a Deeplearning4j network on the teacher's detached hidden states.
 *
 * <p>Imports the root package, {@code engine.weights} for the file of its state, {@code engine.tensor.nd4j} to keep arrays from being
 * freed in use, Deeplearning4j and ND4J. Letters: T tokens of an instruction, D width of a state.
 */
@NullMarked
package dev.wst.critic;

import org.jspecify.annotations.NullMarked;
