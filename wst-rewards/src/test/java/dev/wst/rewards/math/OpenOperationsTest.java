package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.comparing.Verdict;
import dev.wst.rewards.math.comparing.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenOperationsTest {
    private static final Equivalence STANDARD = Equivalence.standard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\int_0^1 e^{-x^2} dx",
                "\\int f(x) dx",
                "\\lim_{x\\to 0^+} \\ln x",
                "\\lim_{x\\to 1} x+1",
                "\\sum_{k=1}^{\\infty} 2^{-k}",
                "\\sum_{k=1}^{n} k",
                "\\begin{pmatrix}1&1\\\\0&1\\end{pmatrix}^n",
                "\\begin{pmatrix}1&1\\\\0&1\\end{pmatrix}\\begin{pmatrix}1&1\\end{pmatrix}",
                "7+12 \\bmod 5",
                "\\iint_D 1\\,dA"
            })
    void what_is_not_carried_out_is_undecided_and_the_reason_names_the_side(String open) {
        Verdict student = STANDARD.compare("5", open);
        assertThat(student.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(student.reason()).contains("the candidate");
        Verdict reference = STANDARD.compare(open, "5");
        assertThat(reference.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(reference.reason()).contains("the reference");
        assertThat(STANDARD.canRead(open)).isTrue();
    }

    @Test
    void the_same_text_is_equal_though_nothing_is_carried_out() {
        assertThat(STANDARD.compare("\\int_0^1 f(x) dx", "\\int_0^1 f(x) dx").isEqual())
                .isTrue();
    }

    @Test
    void a_matrix_without_inverse_has_no_verdict_and_cannot_be_read() {
        String none = "\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}^{-1}";
        assertThat(STANDARD.compare("5", none).outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(STANDARD.canRead(none)).isFalse();
    }

    @Test
    void sums_of_sums_stop_before_they_are_written_out() {
        String sums =
                "\\sum_{a=1}^{190}\\sum_{b=1}^{190}\\sum_{c=1}^{190}\\sum_{d=1}^{190} a \\cdot b \\cdot c \\cdot d";
        assertThat(STANDARD.compare("5", sums).outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(STANDARD.compare("44100", "\\sum_{a=1}^{20}\\sum_{b=1}^{20} ab")
                        .isEqual())
                .isTrue();
    }
}
