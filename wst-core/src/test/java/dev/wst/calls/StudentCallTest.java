package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class StudentCallTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<Runnable> begun = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void an_answer_that_comes_in_spite_of_an_interruption_is_worked_on_undisturbed() {
        StudentCall call = new StudentCall(
                () -> {
                    told.add("interrupted " + Thread.currentThread().isInterrupted());
                    return Answer.of("paid for");
                },
                MINUTE);
        CompletableFuture<Void> kept = call.answer()
                .thenAccept(answer -> told.add(answer.text() + ", interrupted "
                        + Thread.currentThread().isInterrupted()));
        call.begin(begun::add);
        call.stop();
        begun.get(0).run();
        assertThat(kept).isCompleted();
        assertThat(told).containsExactly("interrupted true", "paid for, interrupted false");
    }

    @Test
    void a_call_for_which_there_is_no_thread_has_failed_and_ended() {
        StudentCall call = new StudentCall(() -> Answer.of("never"), MINUTE);
        call.begin(task -> {
            throw new RejectedExecutionException("no thread");
        });
        call.whenEnded(() -> told.add("ended"));
        assertThat(call.answer()).isCompletedExceptionally();
        assertThat(told).containsExactly("ended");
    }
}
