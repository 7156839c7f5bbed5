package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Answer.FailureKind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdaptiveConcurrencyTest {
    private static final Answer BUSY = Answer.failed(FailureKind.RATE_LIMIT, "429");

    private final ManualScheduler time = new ManualScheduler();
    private final AdaptiveConcurrency places = new AdaptiveConcurrency(16, time);

    private void hear(int count, Answer answer) {
        for (int i = 0; i < count; i++) {
            places.heard(answer, time.nanos());
            time.pass(Duration.ofMillis(1));
        }
    }

    @Test
    void it_halves_each_time_it_is_told_that_calls_are_too_many_down_to_one() {
        assertThat(places.getAsInt()).isEqualTo(16);
        hear(1, BUSY);
        assertThat(places.getAsInt()).isEqualTo(8);
        hear(1, Answer.failed(FailureKind.ERROR, "503", Optional.of(Duration.ofSeconds(1))));
        assertThat(places.getAsInt()).isEqualTo(4);
        hear(1, Answer.failed(FailureKind.OVERLOADED, "503"));
        assertThat(places.getAsInt()).isEqualTo(2);
        hear(5, BUSY);
        assertThat(places.getAsInt()).isEqualTo(1);
    }

    @Test
    void calls_that_were_made_before_it_halved_do_not_halve_it_again() {
        long begun = time.nanos();
        time.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 16; i++) {
            places.heard(BUSY, begun);
        }
        assertThat(places.getAsInt()).isEqualTo(8);
    }

    @Test
    void it_grows_by_one_for_each_round_of_answers_and_never_above_its_limit() {
        hear(4, BUSY);
        assertThat(places.getAsInt()).isEqualTo(1);
        hear(1, Answer.of("42"));
        assertThat(places.getAsInt()).isEqualTo(2);
        hear(2, Answer.of("42"));
        assertThat(places.getAsInt()).isEqualTo(2);
        hear(1, Answer.of("42"));
        assertThat(places.getAsInt()).isEqualTo(3);
        hear(1000, Answer.of("42"));
        assertThat(places.getAsInt()).isEqualTo(16);
    }

    @Test
    void other_failures_change_nothing() {
        hear(40, Answer.failed(FailureKind.ERROR, "500"));
        assertThat(places.getAsInt()).isEqualTo(16);
        hear(1, BUSY);
        hear(40, Answer.failed(FailureKind.CONTENT_FILTER, "withheld"));
        assertThat(places.getAsInt()).isEqualTo(8);
    }

    @Test
    void a_throttle_that_adapts_lets_fewer_in_and_more_again() {
        CallLimits limits = CallLimits.defaults().withConcurrency(2).withAdaptiveConcurrency();
        Throttle throttle = new Throttle(limits, time);
        int[] inside = {0};
        Runnable[] out = new Runnable[4];
        for (int i = 0; i < out.length; i++) {
            throttle.enter(false, leave -> out[inside[0]++] = leave);
        }
        assertThat(inside[0]).isEqualTo(2);
        throttle.heard(BUSY, throttle.nanos(), 0);
        out[0].run();
        assertThat(inside[0]).isEqualTo(2);
        out[1].run();
        assertThat(inside[0]).isEqualTo(3);
        throttle.heard(Answer.of("42"), throttle.nanos(), 0);
        out[2].run();
        assertThat(inside[0]).isEqualTo(4);
    }
}
