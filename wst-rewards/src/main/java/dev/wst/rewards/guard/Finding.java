package dev.wst.rewards.guard;

import java.util.Objects;

/**
 * What a guard says of an attempt.
 *
 * @param state whether it found something, found nothing, or could not look
 * @param evidence what it found, or why it could not look; empty where it found nothing
 */
public record Finding(State state, String evidence) {

    /** The three cases. Not having looked is not the same as having found nothing. */
    public enum State {
        FOUND,
        CLEAN,
        /** Left out of a {@link Sampled sample}, or there was nothing to look at: neither counted nor punished. */
        NOT_INSPECTED
    }

    private static final Finding CLEAN = new Finding(State.CLEAN, "");

    public Finding {
        Objects.requireNonNull(state, "state");
        if ((state == State.CLEAN) != evidence.isEmpty()) {
            throw new IllegalArgumentException(
                    "a finding has evidence unless it is clean, got " + state + ": " + evidence);
        }
    }

    /** Something was found. */
    public static Finding found(String evidence) {
        return new Finding(State.FOUND, evidence);
    }

    /** Nothing was found. */
    public static Finding clean() {
        return CLEAN;
    }

    /** The guard did not look. */
    public static Finding notInspected(String reason) {
        return new Finding(State.NOT_INSPECTED, reason);
    }

    public boolean isFound() {
        return state == State.FOUND;
    }
}
