package dev.wst.rewards;

/** What becomes of a combination when one of its parts has no verdict. */
public enum MissingVerdict {
    /** The whole has none either, with the part's reason. */
    UNSCORED,
    /**
     * The others are combined without it, and the part {@code NAME/unscored} says how often. For small parts only: a sum that
     * lost a large one is not comparable with one that has it. Where none of the parts has a verdict the whole has none.
     */
    LEFT_OUT
}
