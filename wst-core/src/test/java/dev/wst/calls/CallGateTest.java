package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallGateTest {
    private final List<CompletableFuture<String>> begun = new ArrayList<>();

    private CompletableFuture<String> begin() {
        CompletableFuture<String> call = new CompletableFuture<>();
        begun.add(call);
        return call;
    }

    @Test
    void only_so_many_calls_are_under_way_and_each_that_ends_lets_the_next_begin() {
        CallGate gate = new CallGate(2);
        List<CompletableFuture<String>> results =
                IntStream.range(0, 4).mapToObj(i -> gate.pass(this::begin)).toList();
        assertThat(begun).hasSize(2);
        begun.get(1).complete("second");
        assertThat(begun).hasSize(3);
        assertThat(results.get(1)).isCompletedWithValue("second");
        begun.get(0).completeExceptionally(new IllegalStateException("down"));
        assertThat(begun).hasSize(4);
        assertThat(results.get(0)).isCompletedExceptionally();
        assertThat(results.get(3)).isNotDone();
        begun.get(3).complete("fourth");
        assertThat(results.get(3)).isCompletedWithValue("fourth");
        assertThat(results.get(2)).isNotDone();
    }

    @Test
    void a_call_that_cannot_begin_fails_alone_and_gives_its_place_back() {
        CallGate gate = new CallGate(1);
        CompletableFuture<String> refused = gate.pass(() -> {
            throw new IllegalStateException("closed");
        });
        assertThat(refused).isCompletedExceptionally();
        assertThat(gate.pass(() -> CompletableFuture.completedFuture("next"))).isCompletedWithValue("next");
    }

    @Test
    void an_error_reaches_who_waits_and_stops_no_line() {
        CallGate gate = new CallGate(1);
        CompletableFuture<String> failed = gate.pass(() -> {
            throw new InternalError("no thread can be started");
        });
        assertThat(failed).isCompletedExceptionally();
        assertThat(gate.pass(() -> CompletableFuture.completedFuture("next"))).isCompletedWithValue("next");
    }

    @Test
    void a_long_line_of_calls_that_end_at_once_needs_no_deep_stack() {
        CallGate gate = new CallGate(1);
        CompletableFuture<String> first = gate.pass(this::begin);
        List<CompletableFuture<Integer>> line = IntStream.range(0, 100_000)
                .mapToObj(i -> gate.pass(() -> CompletableFuture.completedFuture(i)))
                .toList();
        begun.get(0).complete("first");
        assertThat(first).isCompletedWithValue("first");
        assertThat(line).allMatch(CompletableFuture::isDone);
        assertThat(line.get(99_999)).isCompletedWithValue(99_999);
    }
}
