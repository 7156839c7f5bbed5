package dev.wst.rewards.math.finding;

/**
 * A piece of a text that could be an answer.
 *
 * @param text what is written there, without dollar signs around it
 * @param start where the piece begins, a char index into the text searched
 * @param end where it ends, exclusive
 */
public record Piece(String text, int start, int end) {}
