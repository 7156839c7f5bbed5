package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Answer.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Answer LATE = Answer.failed(FailureKind.TIMEOUT, "no answer within PT1S");

    private final ManualScheduler time = new ManualScheduler();
    private final Breaker breaker = new Breaker(time);

    private void hear(int count, Answer answer, long begun) {
        for (int i = 0; i < count; i++) {
            breaker.heard(answer, begun);
        }
    }

    @Test
    void calls_that_time_out_together_are_no_silence_if_others_were_answered_meanwhile() {
        long begun = time.nanos();
        time.pass(Duration.ofMillis(500));
        hear(1, Answer.of("42"), begun);
        time.pass(Duration.ofMillis(500));
        hear(100, LATE, begun);
        assertThat(breaker.admits()).isTrue();
        hear(19, LATE, time.nanos());
        assertThat(breaker.admits()).isTrue();
        hear(1, LATE, time.nanos());
        assertThat(breaker.admits()).isFalse();
    }

    @Test
    void one_answer_opens_it_again_to_all() {
        hear(20, LATE, time.nanos());
        assertThat(breaker.admits()).isFalse();
        time.pass(Duration.ofSeconds(6));
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).as("one at a time").isFalse();
        hear(1, Answer.failed(FailureKind.INVALID_REQUEST, "400"), time.nanos());
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).isTrue();
    }
}
