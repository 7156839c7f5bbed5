package dev.wst.rewards.math.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.comparing.Verdict.Basis;
import org.junit.jupiter.api.Test;

class JoinedVerdictsTest {
    private static final Verdict PROVED = Verdict.equal(Basis.PROOF);
    private static final Verdict EVALUATED = Verdict.equal(Basis.EVALUATION);
    private static final Verdict DIFFERENT = Verdict.different(Basis.PROOF);
    private static final Verdict UNLIKE = Verdict.different(Basis.TEXT);
    private static final Verdict UNDECIDED = Verdict.undecided("too much");
    private static final Verdict UNKNOWN = Verdict.undecided("too close");

    @Test
    void both_are_equal_if_each_is_and_the_weaker_basis_counts() {
        assertThat(JoinedVerdicts.both(PROVED, EVALUATED)).isEqualTo(EVALUATED);
        assertThat(JoinedVerdicts.both(EVALUATED, PROVED)).isEqualTo(EVALUATED);
        assertThat(JoinedVerdicts.both(PROVED, PROVED)).isEqualTo(PROVED);
    }

    @Test
    void both_are_different_if_one_is_and_else_undecided() {
        assertThat(JoinedVerdicts.both(DIFFERENT, PROVED)).isEqualTo(DIFFERENT);
        assertThat(JoinedVerdicts.both(PROVED, DIFFERENT)).isEqualTo(DIFFERENT);
        assertThat(JoinedVerdicts.both(UNDECIDED, DIFFERENT)).isEqualTo(DIFFERENT);
        assertThat(JoinedVerdicts.both(DIFFERENT, UNDECIDED)).isEqualTo(DIFFERENT);
        assertThat(JoinedVerdicts.both(PROVED, UNDECIDED)).isEqualTo(UNDECIDED);
        assertThat(JoinedVerdicts.both(UNDECIDED, PROVED)).isEqualTo(UNDECIDED);
        assertThat(JoinedVerdicts.both(UNDECIDED, UNKNOWN)).isEqualTo(UNDECIDED);
    }

    @Test
    void either_is_equal_if_one_is_different_if_each_is_and_else_undecided() {
        assertThat(JoinedVerdicts.either(PROVED, DIFFERENT)).isEqualTo(PROVED);
        assertThat(JoinedVerdicts.either(DIFFERENT, PROVED)).isEqualTo(PROVED);
        assertThat(JoinedVerdicts.either(UNDECIDED, PROVED)).isEqualTo(PROVED);
        assertThat(JoinedVerdicts.either(DIFFERENT, UNLIKE)).isEqualTo(UNLIKE);
        assertThat(JoinedVerdicts.either(DIFFERENT, UNDECIDED)).isEqualTo(UNDECIDED);
        assertThat(JoinedVerdicts.either(UNDECIDED, DIFFERENT)).isEqualTo(UNDECIDED);
        assertThat(JoinedVerdicts.either(UNDECIDED, UNKNOWN)).isEqualTo(UNDECIDED);
    }
}
