package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class CallThreadsTest {
    @Test
    void calls_run_on_virtual_threads_from_jdk_24_on_and_keep_no_jdk_alive() throws ReflectiveOperationException {
        Executor threads = CallThreads.ofThisJdk();
        Thread thread =
                CompletableFuture.supplyAsync(Thread::currentThread, threads).join();
        assertThat(thread.getName()).isEqualTo("wst-student");
        assertThat(thread.isDaemon()).isTrue();
        if (Runtime.version().feature() >= 24) {
            assertThat(Thread.class.getMethod("isVirtual").invoke(thread)).isEqualTo(true);
        }
    }

    @Test
    void as_many_calls_run_at_once_as_there_are() {
        Executor threads = CallThreads.ofThisJdk();
        CompletableFuture<String> last = new CompletableFuture<>();
        CompletableFuture<?>[] all = new CompletableFuture<?>[50];
        for (int i = 0; i < all.length - 1; i++) {
            all[i] = CompletableFuture.runAsync(last::join, threads);
        }
        all[49] = CompletableFuture.runAsync(() -> last.complete("begun"), threads);
        CompletableFuture.allOf(all).join();
        assertThat(last).isCompletedWithValue("begun");
    }
}
