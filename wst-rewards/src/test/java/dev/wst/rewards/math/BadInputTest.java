package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.wst.rewards.math.comparing.Verdict;
import dev.wst.rewards.math.comparing.Verdict.Outcome;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that a student writes hangs, throws, or is accepted. */
class BadInputTest {

    static Stream<String> inputs() {
        return Stream.of(
                "9^9^9^9",
                "9^".repeat(5000),
                "(".repeat(10_000),
                "{".repeat(5000) + "1" + "}".repeat(5000),
                "1,".repeat(5000),
                "1,".repeat(999) + "1",
                "x+".repeat(5000) + "1",
                "\\frac{1}{x+".repeat(800),
                "\\sqrt{2+".repeat(1000),
                "9".repeat(10_000),
                "100000!",
                "3000!*".repeat(1500) + "1",
                "(a+b+c+d+e+f)^{40}",
                "$ ".repeat(5000),
                "\\boxed{".repeat(1400),
                "!".repeat(10_000),
                "-".repeat(10_000) + "1",
                "\\pm ".repeat(2000) + "1",
                "\\begin{pmatrix}1&2\\\\3",
                "\u0661\u0662".repeat(5000),
                "\uD800\u0000\uFFFF",
                "1/0",
                "\\frac{}{}",
                "#### 5 " + "ab ".repeat(60_000),
                "option A" + " or".repeat(60_000),
                "(A) not B" + " or B".repeat(60_000),
                "1 a MB " + "x".repeat(1_000_000),
                "[-[-3,2],2]",
                "\\binom1e9\\in",
                "e^{e^{e^{e^{e}}}}");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void odd_texts_are_neither_accepted_nor_waited_for(String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(Equivalence.standard().compare("\\frac{3}{4}", text).isEqual())
                    .isFalse();
            assertThat(Equivalence.standard().compare("(1,2]", text).isEqual()).isFalse();
            AnswerExtractor.chain().singleAnswer().extract(text);
            Candidates.in(text);
        });
    }

    @Test
    void what_is_too_large_is_undecided_with_its_reason() {
        Verdict verdict = Equivalence.standard().compare("5", "9^{9^{9^9}}");
        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.reason()).contains("too large");
        assertThat(Equivalence.standard().compare("5", "x".repeat(20_000)).reason())
                .contains("12000 characters");
        assertThat(Equivalence.standard()
                        .compare("5", "(".repeat(200) + "5" + ")".repeat(200))
                        .reason())
                .contains("deep");
    }
}
