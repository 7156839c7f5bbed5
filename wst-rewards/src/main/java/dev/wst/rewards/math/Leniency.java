package dev.wst.rewards.math;

/**
 * What a comparison takes for granted.
 *
 * @param significant digits a decimal needs to count as a rounding
 */
record Leniency(PercentPolicy percent, UnitPolicy units, int significant) {}
