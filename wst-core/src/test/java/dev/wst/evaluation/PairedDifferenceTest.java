package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.evaluation.PairedDifference.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    /** Tasks are even or odd, and only the first five have a size. */
    private static Comparison.Result arm(String name, double... rewards) {
        return new Comparison.Result(
                name,
                IntStream.range(0, rewards.length)
                        .mapToObj(i -> new Rollout(
                                Attempt.of(task(i), Instruction.none(), Answer.of("a")),
                                Double.isNaN(rewards[i]) ? Reward.unscored("none") : Reward.of(rewards[i])))
                        .toList());
    }

    private static Task task(int i) {
        Map<String, String> parity = Map.of("parity", i % 2 == 0 ? "even" : "odd");
        Map<String, String> sized = Map.of("parity", i % 2 == 0 ? "even" : "odd", "size", "small");
        return new Task("t" + i, "q", Optional.empty(), i < 5 ? sized : parity);
    }

    private static double[] share(int n, int right) {
        return IntStream.range(0, n).mapToDouble(i -> i < right ? 1 : 0).toArray();
    }

    @Test
    void questions_are_counted_by_which_way_they_went() {
        PairedDifference paired = new Comparison(
                        List.of(arm("a", 1, 1, 1, 0, 0, 1, Double.NaN, 1), arm("b", 0, 0, 1, 0, 1, 0, 1, Double.NaN)))
                .paired("a", "b");
        assertThat(paired.better()).isEqualTo(3);
        assertThat(paired.worse()).isEqualTo(1);
        assertThat(paired.equal()).isEqualTo(2);
        assertThat(paired.reward()).isEqualTo(new PairedShares(3, 1, 6).interval(0.95));
        assertThat(paired.harm()).isEqualTo(Interval.of(share(6, 1)));
        // Of four that differ one or none, or three or four, go one way: 10 of 16.
        assertThat(paired.pValue()).isCloseTo(10 / 16.0, within(1e-12));
        assertThat(paired.comparisons()).isEqualTo(1);
    }

    /** Two-sided, exact: twice the tail of the binomial distribution. */
    @Test
    void mcnemars_test_is_the_sign_test_of_the_questions_that_differ() {
        assertThat(PairedDifference.signTest(9, 1)).isCloseTo(2 * 11 / 1024.0, within(1e-12));
        assertThat(PairedDifference.signTest(1, 9)).isCloseTo(2 * 11 / 1024.0, within(1e-12));
        assertThat(PairedDifference.signTest(6, 0)).isCloseTo(2 / 64.0, within(1e-12));
        assertThat(PairedDifference.signTest(5, 5)).isEqualTo(1);
        assertThat(PairedDifference.signTest(0, 0)).isEqualTo(1);
    }

    @Test
    void the_sign_test_is_exact_for_every_split() {
        for (int n = 1; n <= 120; n++) {
            BigInteger tail = BigInteger.ZERO;
            BigInteger choose = BigInteger.ONE;
            for (int k = 0; 2 * k <= n; k++) {
                tail = tail.add(choose);
                double both = new BigDecimal(tail.shiftLeft(1))
                        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(n)), MathContext.DECIMAL64)
                        .doubleValue();
                assertThat(PairedDifference.signTest(k, n - k))
                        .as(k + " against " + (n - k))
                        .isEqualTo(PairedDifference.signTest(n - k, k))
                        .isCloseTo(Math.min(1, both), withinPercentage(1e-8));
                choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1));
            }
        }
        assertThat(PairedDifference.signTest(2, 1)).isCloseTo(1, within(1e-12));
        assertThat(PairedDifference.signTest(14, 5)).isCloseTo(0.0636, within(5e-5));
    }

    @Test
    void better_is_said_only_where_the_interval_says_so() {
        Comparison comparison = new Comparison(
                List.of(arm("good", share(100, 60)), arm("middling", share(100, 57)), arm("bad", share(100, 40))));
        assertThat(comparison.paired("good", "bad").verdict()).isEqualTo(Verdict.BETTER);
        assertThat(comparison.paired("bad", "good").verdict()).isEqualTo(Verdict.WORSE);
        assertThat(comparison.paired("good", "middling").verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(comparison.paired("middling", "good").verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    /** Four questions more of 100: one comparison alone would show it, and not one of ten. */
    @Test
    void several_comparisons_have_wider_intervals_that_hold_together() {
        Comparison comparison =
                new Comparison(List.of(arm("a", share(100, 54)), arm("b", share(100, 50)), arm("c", share(100, 30))));
        PairedDifference alone = comparison.paired("a", "b");
        assertThat(alone.verdict()).isEqualTo(Verdict.BETTER);
        PairedDifference ofTen = comparison.paired("a", "b", 10);
        assertThat(ofTen.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(ofTen.reward()).isEqualTo(new PairedShares(4, 0, 100).interval(0.995));
        assertThat(ofTen.harm()).isEqualTo(Interval.of(new double[100], 0.995));
        assertThat(ofTen.pValue()).isEqualTo(1);
        assertThat(alone.pValue()).isCloseTo(2 / 16.0, within(1e-12));
        List<PairedDifference> both = comparison.pairedWith("a", List.of("b", "c"));
        assertThat(both).extracting(PairedDifference::second).containsExactly("b", "c");
        assertThat(both).extracting(PairedDifference::comparisons).containsOnly(2);
        assertThat(both.get(0).reward()).isEqualTo(new PairedShares(4, 0, 100).interval(0.975));
        assertThatThrownBy(() -> comparison.paired("a", "b", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there should be at least 1 comparison, got 0");
    }

    @Test
    void an_arm_without_a_question_in_common_is_no_comparison() {
        Comparison comparison =
                new Comparison(List.of(arm("a", 1, 0), arm("b", 0, 0), arm("c", Double.NaN, Double.NaN)));
        assertThat(comparison.pairedWith("a", List.of("b", "c")))
                .singleElement()
                .satisfies(one -> assertThat(one.comparisons()).isEqualTo(1));
    }

    @Test
    void it_is_told_in_words() {
        Comparison comparison = new Comparison(List.of(arm("a", share(100, 60)), arm("b", share(100, 40))));
        assertThat(comparison.paired("a", "b")).hasToString("""
                a is better than b: 0.200 [0.133, 0.289] (bootstrap [0.130, 0.290])
                  of 100 questions 20 better, 0 worse, 80 equal; made worse 0.000 [0.000, 0.037]; p = 1.9e-06 \
                (exact sign test, McNemar's for 0 and 1)""");
        assertThat(comparison.paired("b", "a", 3).toString())
                .startsWith("b is worse than a: -0.200 [")
                .endsWith("p = 5.7e-06 (exact sign test, McNemar's for 0 and 1, times 3 comparisons)");
        assertThat(comparison.paired("a", "a").toString()).startsWith("a is not shown to differ from a: 0.000 [");
    }

    @Test
    void a_comparison_is_cut_by_an_attribute_of_the_tasks() {
        Comparison comparison =
                new Comparison(List.of(arm("a", 1, 0, 1, 0, 1, 0, 1, 0), arm("b", 0, 0, 0, 0, 1, 1, 1, 1)));
        assertThat(comparison.by("parity").keySet()).containsExactly("even", "odd");
        List<Comparison> parts = List.copyOf(comparison.by("parity").values());
        assertThat(parts.get(0).result("a").reward().mean()).isEqualTo(1);
        assertThat(parts.get(0).result("b").reward().mean()).isEqualTo(0.5);
        assertThat(parts.get(1).paired("a", "b").worse()).isEqualTo(2);
        assertThat(comparison.by("size").values())
                .singleElement()
                .satisfies(small -> assertThat(small.result("a").rollouts()).hasSize(5));
        assertThat(comparison.by("colour")).isEmpty();
    }

    /** The same draws each time, and about Student's interval where values lie evenly. */
    @Test
    void the_bootstrap_is_seeded() {
        double[] even = IntStream.range(0, 400).mapToDouble(i -> i % 20).toArray();
        Interval once = Resampled.interval(even, 0.95, new Seed(1));
        assertThat(Resampled.interval(even, 0.95, new Seed(1))).isEqualTo(once);
        assertThat(Resampled.interval(even, 0.95, new Seed(2))).isNotEqualTo(once);
        Interval students = Interval.of(even);
        assertThat(once.mean()).isEqualTo(9.5);
        assertThat(once.low()).isCloseTo(students.low(), within(0.03));
        assertThat(once.high()).isCloseTo(students.high(), within(0.03));
        Interval wider = Resampled.interval(even, 0.99, new Seed(1));
        assertThat(wider.low()).isLessThan(once.low() - 0.1);
        assertThat(wider.high()).isGreaterThan(once.high() + 0.1);
    }

    /** BCa moves both ends to the side of rare high values: the plain percentiles are 0.40 and 1.70 here. */
    @Test
    void the_bootstrap_is_corrected_for_skewness() {
        double[] few = new double[100];
        Arrays.fill(few, 0, 10, 10);
        Interval interval = Resampled.interval(few, 0.95, new Seed(1));
        assertThat(interval.low()).isCloseTo(0.5, within(0.11));
        assertThat(interval.high()).isCloseTo(1.8, within(0.11));
        assertThat(interval.high() - 1).isGreaterThan(1.2 * (1 - interval.low()));
        assertThat(Resampled.interval(new double[] {2, 2, 2}, 0.95, new Seed(1)))
                .isEqualTo(new Interval(2, 2, 2, 3));
    }
}
