package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.Verdict.Basis;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final Verdict PROVED = Verdict.equal(Basis.PROOF);
    private static final Verdict EVALUATED = Verdict.equal(Basis.EVALUATION);
    private static final Verdict DIFFERENT = Verdict.different(Basis.PROOF);
    private static final Verdict UNLIKE = Verdict.different(Basis.TEXT);
    private static final Verdict UNDECIDED = Verdict.undecided("too much");
    private static final Verdict UNKNOWN = Verdict.undecided("too close");

    @Test
    void both_are_equal_if_each_is_and_the_weaker_basis_counts() {
        assertThat(Verdicts.both(PROVED, EVALUATED)).isEqualTo(EVALUATED);
        assertThat(Verdicts.both(EVALUATED, PROVED)).isEqualTo(EVALUATED);
        assertThat(Verdicts.both(PROVED, PROVED)).isEqualTo(PROVED);
    }

    @Test
    void both_are_different_if_one_is_and_else_undecided() {
        assertThat(Verdicts.both(DIFFERENT, PROVED)).isEqualTo(DIFFERENT);
        assertThat(Verdicts.both(PROVED, DIFFERENT)).isEqualTo(DIFFERENT);
        assertThat(Verdicts.both(UNDECIDED, DIFFERENT)).isEqualTo(DIFFERENT);
        assertThat(Verdicts.both(DIFFERENT, UNDECIDED)).isEqualTo(DIFFERENT);
        assertThat(Verdicts.both(PROVED, UNDECIDED)).isEqualTo(UNDECIDED);
        assertThat(Verdicts.both(UNDECIDED, PROVED)).isEqualTo(UNDECIDED);
        assertThat(Verdicts.both(UNDECIDED, UNKNOWN)).isEqualTo(UNDECIDED);
    }

    @Test
    void either_is_equal_if_one_is_different_if_each_is_and_else_undecided() {
        assertThat(Verdicts.either(PROVED, DIFFERENT)).isEqualTo(PROVED);
        assertThat(Verdicts.either(DIFFERENT, PROVED)).isEqualTo(PROVED);
        assertThat(Verdicts.either(UNDECIDED, PROVED)).isEqualTo(PROVED);
        assertThat(Verdicts.either(DIFFERENT, UNLIKE)).isEqualTo(UNLIKE);
        assertThat(Verdicts.either(DIFFERENT, UNDECIDED)).isEqualTo(UNDECIDED);
        assertThat(Verdicts.either(UNDECIDED, DIFFERENT)).isEqualTo(UNDECIDED);
        assertThat(Verdicts.either(UNDECIDED, UNKNOWN)).isEqualTo(UNDECIDED);
    }
}
