package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TriesTest {
    private final Tries tries = new Tries();

    @Test
    void everything_is_tried_and_the_first_failure_takes_later_ones_along() {
        AtomicInteger done = new AtomicInteger();
        IllegalStateException first = new IllegalStateException("first");
        AssertionError second = new AssertionError("second");
        tries.attempt(done::incrementAndGet);
        tries.attempt(() -> {
            throw first;
        });
        tries.attempt(() -> {
            throw second;
        });
        tries.attempt(done::incrementAndGet);
        assertThat(done).hasValue(2);
        assertThat(tries.failure()).containsSame(first);
        assertThat(first.getSuppressed()).containsExactly(second);
        assertThatThrownBy(tries::rethrow).isSameAs(first);
    }

    @Test
    void a_failure_that_is_told_twice_does_not_go_along_with_itself() {
        IllegalStateException failure = new IllegalStateException("once");
        tries.failed(failure);
        tries.failed(failure);
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void where_nothing_failed_nothing_is_thrown() {
        tries.attempt(() -> {});
        assertThat(tries.failure()).isEmpty();
        assertThatCode(tries::rethrow).doesNotThrowAnyException();
    }

    @Test
    void a_checked_failure_is_thrown_as_the_cause_of_another() {
        IOException failure = new IOException("gone");
        tries.failed(failure);
        assertThatThrownBy(tries::rethrow)
                .isInstanceOf(IllegalStateException.class)
                .hasCause(failure);
    }
}
