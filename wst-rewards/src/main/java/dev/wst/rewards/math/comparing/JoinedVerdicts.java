package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.comparing.Verdict.Basis;

/** Joins the verdicts on parts into one on the whole. */
final class JoinedVerdicts {
    private JoinedVerdicts() {}

    /** Equal if both are, different if one is, otherwise undecided; the weaker basis counts. */
    static Verdict both(Verdict one, Verdict other) {
        if (one.isDifferent() || other.isDifferent()) {
            return one.isDifferent() ? one : other;
        }
        if (!one.isEqual() || !other.isEqual()) {
            return one.isEqual() ? other : one;
        }
        return weaker(one.basis(), other.basis()) == one.basis() ? one : other;
    }

    /** Equal if one is, different if both are, otherwise undecided. */
    static Verdict either(Verdict one, Verdict other) {
        if (one.isEqual() || other.isEqual()) {
            return one.isEqual() ? one : other;
        }
        return one.isDifferent() ? other : one;
    }

    private static Basis weaker(Basis one, Basis other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
