package dev.wst.rewards.math.comparing;

/** What a percent sign means when only one of two answers has it. Graders differ; with both it is never in doubt. */
public enum PercentPolicy {
    /** 28 % equals 28 (a question that asks for percent) and 0.28 (what it is). The default. */
    EITHER,
    /** 28 % equals 28 alone. */
    SIGN_DROPPED,
    /** 28 % equals 0.28 alone. */
    HUNDREDTHS
}
