package dev.wst.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostTest {
    private static Cost.Point point(double seconds, double products, double reads) {
        return new Cost.Point(seconds, Map.of("start", 1.0, "products", products, "reads", reads));
    }

    @Test
    void times_that_are_a_sum_of_their_terms_give_those_terms_back() {
        List<Cost.Point> points = new ArrayList<>();
        for (int products = 1; products <= 4; products++) {
            for (int reads = 1; reads <= 3; reads++) {
                points.add(point(0.5 + 2 * products + 0.25 * reads * reads, products, reads * reads));
            }
        }
        Cost.Fit fit = Cost.fit(points);
        assertThat(fit.secondsPerUnit().getOrDefault("start", 0.0)).isCloseTo(0.5, within(1e-9));
        assertThat(fit.secondsPerUnit().getOrDefault("products", 0.0)).isCloseTo(2, within(1e-9));
        assertThat(fit.secondsPerUnit().getOrDefault("reads", 0.0)).isCloseTo(0.25, within(1e-9));
        assertThat(fit.rSquared()).isCloseTo(1, within(1e-12));
        assertThat(fit.worstRelativeError()).isCloseTo(0, within(1e-9));
    }

    @Test
    void what_would_cost_less_than_nothing_is_left_out_and_the_error_is_told() {
        List<Cost.Point> points = new ArrayList<>();
        for (int products = 1; products <= 4; products++) {
            points.add(point(10 * products - 1, products, products * products));
        }
        Cost.Fit fit = Cost.fit(points);
        assertThat(fit.secondsPerUnit()).doesNotContainKey("start");
        assertThat(fit.secondsPerUnit().values()).allMatch(seconds -> seconds >= 0);
        assertThat(fit.worstRelativeError()).isBetween(0.001, 0.1);
        assertThat(fit.rSquared()).isBetween(0.9, 0.99999);
    }

    @Test
    void as_many_points_as_terms_fit_anything_and_are_refused() {
        assertThat(Cost.canFit(List.of())).isFalse();
        assertThatThrownBy(() -> Cost.fit(List.of(point(1, 1, 1), point(2, 2, 1), point(3, 1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a cost of 3 terms needs more than as many points, got 3; measure more");
    }
}
