package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallLimitsTest {
    private final CallLimits limits = CallLimits.defaults();

    @Test
    void each_value_can_be_given_and_the_others_stay() {
        CallLimits given = limits.withConcurrency(3)
                .withTimeout(Duration.ofSeconds(4))
                .withRetries(5)
                .withDeadline(Duration.ofSeconds(6))
                .withRequestsPerMinute(7)
                .withTokensPerMinute(8)
                .withAdaptiveConcurrency();
        CallLimits all = new CallLimits(
                3, Duration.ofSeconds(4), 5, Duration.ofSeconds(6), OptionalInt.of(7), OptionalLong.of(8), true);
        assertThat(given).isEqualTo(all);
        assertThat(given.withConcurrency(3)
                        .withTimeout(Duration.ofSeconds(4))
                        .withRetries(5)
                        .withDeadline(Duration.ofSeconds(6))
                        .withRequestsPerMinute(7)
                        .withTokensPerMinute(8))
                .isEqualTo(all);
        assertThat(limits)
                .isEqualTo(new CallLimits(
                        8,
                        Duration.ofMinutes(2),
                        0,
                        Duration.ofMinutes(4),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        false));
    }

    @Test
    void values_out_of_range_are_refused() {
        assertThatThrownBy(() -> limits.withConcurrency(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("concurrency must be at least 1, got 0");
        assertThatThrownBy(() -> limits.withTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time-out must be positive, got PT0S");
        assertThatThrownBy(() -> limits.withRetries(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retries must be at least 0, got -1");
        assertThatThrownBy(() -> limits.withDeadline(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the deadline must be positive, got PT-1S; withRetries(0) keeps from trying again");
        assertThatThrownBy(() -> limits.withRequestsPerMinute(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("requests a minute must be at least 1, got 0");
        assertThatThrownBy(() -> limits.withTokensPerMinute(-5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tokens a minute must be at least 1, got -5");
    }
}
