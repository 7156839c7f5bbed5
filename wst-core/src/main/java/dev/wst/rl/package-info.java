/**
 * Reinforcement learning as pure arithmetic on plain arrays: advantages, clipped surrogates, divergence estimators, value
 * loss and schedules of PPO and GRPO, each with its slopes written beside it.
 *
 * <p>Imports the root package only. It never sees the network.
 *
 * <p>Letters: N sampled instructions of a batch, T tokens of one instruction, G instructions for the same task.
 */
@NullMarked
package dev.wst.rl;

import org.jspecify.annotations.NullMarked;
