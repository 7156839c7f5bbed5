package dev.wst.rewards.code;

import java.util.Objects;

/**
 * What came of running a program.
 *
 * @param outcome how it ended
 * @param passed how many checks passed
 * @param total how many checks there are; 0 if the tests were not reached
 * @param detail for the log: the first check that failed, or what went wrong; empty if all passed
 */
public record CodeVerdict(Outcome outcome, int passed, int total, String detail) {

    /** How a run ended. */
    public enum Outcome {
        /** Every check passed. */
        PASSED,
        /** A check failed, or the program raised an exception in one. */
        WRONG,
        /** The program has no valid syntax, fails or exits while it loads, or lacks the entry point. */
        DOES_NOT_LOAD,
        /** It took longer than the wall-clock limit. */
        TIME_LIMIT,
        /** Its process ended in the middle: it left, crashed, met its CPU limit, or sent what is no reply. */
        DIED,
        /** The machine failed, not the program: there is no verdict. */
        NOT_RUN
    }

    public CodeVerdict {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
        if (passed < 0 || passed > total) {
            throw new IllegalArgumentException("passed must be from 0 to " + total + ", got " + passed);
        }
        if (outcome == Outcome.PASSED && (total == 0 || passed < total)) {
            throw new IllegalArgumentException(
                    "a program that passed has passed every check, and one at least; got " + passed + " of " + total);
        }
    }

    /** No verdict, and why. */
    public static CodeVerdict notRun(String reason) {
        return new CodeVerdict(Outcome.NOT_RUN, 0, 0, reason);
    }
}
