/**
 * The value function of PPO: a Deeplearning4j network on the teacher's detached hidden states.
 *
 * <p>Imports the root package, {@code engine.dense} for the network and {@code engine.weights} for the file of its state. Letters: T tokens of an instruction, D width of a state.
 */
@NullMarked
package dev.wst.critic;

import org.jspecify.annotations.NullMarked;
