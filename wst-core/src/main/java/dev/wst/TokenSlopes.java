package dev.wst;

/**
 * One instruction's share of a loss and its derivatives by each {@link TokenScores score}; an empty array stands for
 * zeros.
 *
 * @param loss this instruction's share; the shares of a batch add up to its loss
 * @param logProbability [T] d loss / d log-probability, or empty
 * @param entropy [T] d loss / d entropy, or empty
 * @param value [T] d loss / d value, or empty
 */
public record TokenSlopes(double loss, double[] logProbability, double[] entropy, double[] value) {}
