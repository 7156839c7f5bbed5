package dev.wst.rewards.math.comparing;

/**
 * What a comparison lets pass: percent signs and units that one answer lacks, and rounding.
 *
 * @param significant digits a decimal needs to count as a rounding
 */
public record Leniency(PercentPolicy percent, UnitPolicy units, int significant) {
    /** Percent signs and units may be left out, decimals count as roundings from six significant digits. */
    public static final Leniency STANDARD = new Leniency(PercentPolicy.EITHER, UnitPolicy.OPTIONAL, 6);
}
