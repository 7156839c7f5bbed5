package dev.wst.engine.tensor.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RowPoolTest {
    private static final long COSTLY = 1_000_000;

    @Test
    void every_row_is_computed_once() {
        try (RowPool pool = new RowPool(3)) {
            int[] seen = new int[1000];
            pool.forEach(seen.length, COSTLY, (from, to) -> {
                for (int i = from; i < to; i++) {
                    seen[i]++;
                }
            });
            assertThat(seen).containsOnly(1);
        }
    }

    @Test
    void a_failure_of_the_callers_share_waits_for_the_others() {
        try (RowPool pool = new RowPool(2)) {
            CountDownLatch failing = new CountDownLatch(1);
            AtomicBoolean finished = new AtomicBoolean();
            assertThatThrownBy(() -> pool.forEach(2, COSTLY, (from, to) -> {
                        if (from == 0) {
                            failing.countDown();
                            throw new IllegalArgumentException("the caller's share");
                        }
                        await(failing);
                        finished.set(true);
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the caller's share");
            assertThat(finished).isTrue();
        }
    }

    private static void await(CountDownLatch failing) {
        try {
            failing.await();
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_failure_of_another_share_is_told() {
        try (RowPool pool = new RowPool(2)) {
            assertThatThrownBy(() -> pool.forEach(2, COSTLY, (from, to) -> {
                        if (from > 0) {
                            throw new IllegalArgumentException("the other share");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("worker thread")
                    .hasRootCauseMessage("the other share");
        }
    }
}
