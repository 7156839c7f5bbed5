package dev.wst;

/**
 * The seam between algorithm and network: a loss over a batch of instructions, as one share and its slopes for each
 * instruction. Algorithms speak of log-probabilities, the network of logits; neither knows the other.
 *
 * <p>A policy calls it once for every instruction of a batch, in any order.
 */
@FunctionalInterface
public interface Objective {
    /**
     * The share of one instruction.
     *
     * @param index which instruction of the batch, from 0
     * @param scores what the policy now says of it
     */
    TokenSlopes at(int index, TokenScores scores);
}
