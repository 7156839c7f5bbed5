package dev.wst.rewards.math.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.reading.Answers;
import dev.wst.rewards.math.reading.CommaReading;
import org.junit.jupiter.api.Test;

class ProportionsTest {

    private static Node read(String text) {
        return Answers.read(text, CommaReading.THOUSANDS, new Budget(1_000));
    }

    private static Proportions.Proportion of(String one, String other) {
        return new Proportions(new Budget(5_000)).of(read(one), read(other), true);
    }

    @Test
    void nothing_is_proportional_to_zero_but_zero() {
        assertThat(of("x-x", "y-y").verdict()).isEqualTo(Verdict.equal(Verdict.Basis.PROOF));
        assertThat(of("x-x", "y").verdict()).isEqualTo(Verdict.different(Verdict.Basis.PROOF));
        assertThat(of("y", "x-x").verdict()).isEqualTo(Verdict.different(Verdict.Basis.PROOF));
    }

    @Test
    void polynomials_in_variables_alone_are_proportional_by_proof_or_not_at_all() {
        assertThat(of("2x-4y", "2y-x")).isEqualTo(new Proportions.Proportion(Verdict.equal(Verdict.Basis.PROOF), -1));
        assertThat(of("x+y", "x-y").verdict()).isEqualTo(Verdict.different(Verdict.Basis.PROOF));
    }

    @Test
    void a_factor_that_is_no_fraction_is_found_by_value() {
        assertThat(of("\\pi x-\\pi", "x-1"))
                .isEqualTo(new Proportions.Proportion(Verdict.equal(Verdict.Basis.EVALUATION), 1));
        assertThat(of("\\sqrt2 x-1", "x-1").verdict()).isEqualTo(Verdict.different(Verdict.Basis.EVALUATION));
    }

    @Test
    void what_has_no_value_at_any_point_is_undecided() {
        assertThat(of("\\arcsin(x+9)", "\\arcsin(x+8)").verdict().outcome()).isEqualTo(Verdict.Outcome.UNDECIDED);
    }
}
