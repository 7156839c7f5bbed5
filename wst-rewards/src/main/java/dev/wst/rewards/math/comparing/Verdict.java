package dev.wst.rewards.math.comparing;

import java.util.Objects;

/**
 * Whether two answers are equal, and how that was decided.
 *
 * <pre>{@code
 * Verdict verdict = Equivalence.standard().compare("\\frac{1}{2}", "0.5");
 * boolean right = verdict.outcome() == Verdict.Outcome.EQUAL;
 * }</pre>
 *
 * @param outcome equal, different, or undecided
 * @param basis how it was decided
 * @param reason why it is undecided; empty otherwise
 */
public record Verdict(Outcome outcome, Basis basis, String reason) {

    /** The three verdicts. */
    public enum Outcome {
        EQUAL,
        DIFFERENT,
        /** No verdict: too much work, or too close to call. */
        UNDECIDED
    }

    /** How a verdict came about. */
    public enum Basis {
        /** Both have a canonical form, and the forms are the same or cannot be. */
        PROOF,
        /** Both were evaluated in high precision at several points. */
        EVALUATION,
        /** The answers are words, letters or structures of different shape. */
        TEXT,
        /** A decimal numeral that is the other value, rounded. */
        ROUNDING,
        /** Undecided. */
        NONE
    }

    public Verdict {
        Objects.requireNonNull(basis, "basis");
        if ((outcome == Outcome.UNDECIDED) != (basis == Basis.NONE)
                || (outcome == Outcome.UNDECIDED) == reason.isEmpty()) {
            throw new IllegalArgumentException("an undecided verdict, and no other, has a reason and no basis: "
                    + outcome + ", " + basis + ", " + reason);
        }
    }

    static Verdict equal(Basis basis) {
        return new Verdict(Outcome.EQUAL, basis, "");
    }

    static Verdict different(Basis basis) {
        return new Verdict(Outcome.DIFFERENT, basis, "");
    }

    static Verdict undecided(String reason) {
        return new Verdict(Outcome.UNDECIDED, Basis.NONE, reason);
    }

    /** Whether the answers are equal; false if that is not known. */
    public boolean isEqual() {
        return outcome == Outcome.EQUAL;
    }

    boolean isDifferent() {
        return outcome == Outcome.DIFFERENT;
    }
}
