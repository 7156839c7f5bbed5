package dev.wst;

/** Why a run ended. */
public enum Ending {
    /** All steps were made. */
    FINISHED,
    /** Validations did not get better any more. */
    STOPPED_EARLY,
    /** Its thread was interrupted. */
    INTERRUPTED,
    /** A budget was spent. */
    BUDGET_SPENT,
    /** Something failed. */
    FAILED;

    /** Whether there is nothing left to do: such a run cannot be resumed. */
    public boolean isComplete() {
        return this == FINISHED || this == STOPPED_EARLY;
    }
}
