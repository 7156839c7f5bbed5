package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Numbers that are worked out by hand. */
class AdvantagesTest {
    private static final Offset<Double> EXACT = within(1e-12);

    private static Experience rewarded(int group, double reward) {
        return new Experience(group, reward, 1, new double[] {-1}, new double[0], new double[0]);
    }

    @Test
    void an_advantage_is_the_error_of_the_value_and_a_discounted_share_of_the_next_advantage() {
        // Last: 3 - 2 = 1. Middle: 1 + 0.5 * 2 - 4 = -2, and 0.5 * 0.8 * 1. First: 0 + 0.5 * 4 - 1 = 1, and 0.4 * -1.6.
        assertThat(Advantages.generalised(new double[] {0, 1, 3}, new double[] {1, 4, 2}, 0.5, 0.8))
                .containsExactly(new double[] {0.36, -1.6, 1}, EXACT);
    }

    @Test
    void whitened_advantages_have_mean_0_and_deviation_1_over_all_tokens() {
        // Mean 2, squares 1 + 1 + 4 + 4 = 10, variance 10 / 3.
        double deviation = Math.sqrt(10 / 3.0 + 1e-8);
        double[][] white = Advantages.whitened(new double[][] {{1, 3, 0}, {4}});
        assertThat(white[0]).containsExactly(new double[] {-1 / deviation, 1 / deviation, -2 / deviation}, EXACT);
        assertThat(white[1]).containsExactly(new double[] {2 / deviation}, EXACT);
    }

    @Test
    void two_tokens_are_enough_to_whiten_and_one_is_left_as_it_is() {
        assertThat(Advantages.whitened(new double[][] {{7}})[0]).containsExactly(7);
        assertThat(Advantages.whitened(new double[][] {{7}, {9}})[0])
                .containsExactly(new double[] {-1 / Math.sqrt(2 + 1e-8)}, EXACT);
    }

    @Test
    void advantages_that_are_all_equal_do_not_grow() {
        assertThat(Advantages.whitened(new double[][] {{3, 3}, {3}})[0]).containsExactly(0, 0);
    }

    @Test
    void a_reward_is_measured_against_its_own_group() {
        List<Experience> list =
                List.of(rewarded(0, 1), rewarded(1, 10), rewarded(0, 3), rewarded(1, 30), rewarded(2, 5));
        assertThat(Advantages.groupRelative(list, false)).containsExactly(-1, -10, 1, 10, 0);
        double small = 1 / (Math.sqrt(2) + 1e-4);
        double large = 10 / (Math.sqrt(200) + 1e-4);
        assertThat(Advantages.groupRelative(list, true))
                .containsExactly(new double[] {-small, -large, small, large, 0}, EXACT);
    }

    @Test
    void a_group_of_equal_rewards_has_no_advantage() {
        List<Experience> list = List.of(rewarded(0, 2), rewarded(0, 2), rewarded(0, 2));
        assertThat(Advantages.groupRelative(list, true)).containsExactly(0, 0, 0);
    }

    @Test
    void a_deviation_is_bessel_corrected_and_that_of_a_single_value_is_0() {
        assertThat(Deviation.of(1, 3)).isCloseTo(Math.sqrt(2), EXACT);
        assertThat(Deviation.of(1, 2, 3, 6)).isCloseTo(Math.sqrt(14 / 3.0), EXACT);
        assertThat(Deviation.of(4)).isZero();
        assertThat(Deviation.of()).isZero();
    }

    @Test
    void a_deviation_of_a_hundred_millionth_is_still_none() {
        assertThat(Deviation.isNone(1e-8)).isTrue();
        assertThat(Deviation.isNone(1.1e-8)).isFalse();
        assertThat(Deviation.isZero(0, 1e-9)).isTrue();
        assertThat(Deviation.isZero(0, 1e-7)).isFalse();
    }
}
