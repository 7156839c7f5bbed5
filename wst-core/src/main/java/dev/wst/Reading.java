package dev.wst;

/**
 * What a policy reads out of one instruction in a single pass.
 *
 * @param scores log-probability and entropy of each token
 * @param states [T, D] the last hidden state before each token was drawn, cut off from the gradient; the critic reads it
 */
public record Reading(TokenScores scores, float[][] states) {}
