package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class AskedOnceTest {
    private final AskedOnce<String, Integer> lengths = new AskedOnce<>(new ConcurrentHashMap<>(), length -> length > 0);
    private final List<List<String>> asked = new ArrayList<>();
    private final List<CompletableFuture<List<Integer>>> begun = new ArrayList<>();

    private List<CompletableFuture<Integer>> ask(String... keys) {
        return lengths.all(List.of(keys), fresh -> {
            asked.add(fresh);
            begun.add(new CompletableFuture<>());
            return begun.get(begun.size() - 1);
        });
    }

    @Test
    void only_what_nobody_asked_about_yet_is_asked() {
        List<CompletableFuture<Integer>> first = ask("a", "bb", "a");
        List<CompletableFuture<Integer>> second = ask("bb", "ccc");
        assertThat(asked).containsExactly(List.of("a", "bb"), List.of("ccc"));
        begun.get(1).complete(List.of(3));
        assertThat(second.get(0)).isNotDone();
        begun.get(0).complete(List.of(1, 2));
        assertThat(first).extracting(CompletableFuture::join).containsExactly(1, 2, 1);
        assertThat(second).extracting(CompletableFuture::join).containsExactly(2, 3);
        assertThat(ask("a", "ccc")).extracting(CompletableFuture::join).containsExactly(1, 3);
        assertThat(asked).hasSize(2);
    }

    @Test
    void what_is_not_kept_is_asked_for_again_and_the_rest_is_not() {
        List<CompletableFuture<Integer>> first = ask("a", "");
        begun.get(0).complete(List.of(1, 0));
        assertThat(first).extracting(CompletableFuture::join).containsExactly(1, 0);
        List<CompletableFuture<Integer>> unused = ask("a", "");
        assertThat(asked).containsExactly(List.of("a", ""), List.of(""));
    }

    @Test
    void a_failure_reaches_all_who_wait_and_is_not_remembered() {
        CompletableFuture<Integer> first = ask("a", "b").get(1);
        CompletableFuture<Integer> second = ask("b").get(0);
        begun.get(0).completeExceptionally(new IllegalStateException("down"));
        assertThatThrownBy(first::join).hasMessageContaining("down");
        assertThatThrownBy(second::join).hasMessageContaining("down");
        CompletableFuture<Integer> again = lengths.one("b", () -> CompletableFuture.completedFuture(7));
        assertThat(again).isCompletedWithValue(7);
    }

    @Test
    void whoever_cannot_ask_or_loses_answers_leaves_nobody_waiting() {
        List<CompletableFuture<Integer>> refused = lengths.all(List.of("a"), fresh -> {
            throw new IllegalStateException("closed");
        });
        assertThatThrownBy(refused.get(0)::join).hasMessageContaining("closed");
        List<CompletableFuture<Integer>> spent = lengths.all(List.of("a"), fresh -> {
            throw new InternalError("no thread can be started");
        });
        assertThatThrownBy(spent.get(0)::join).hasRootCauseInstanceOf(InternalError.class);
        List<CompletableFuture<Integer>> lost = ask("a", "b");
        begun.get(0).complete(List.of(1));
        assertThatThrownBy(lost.get(0)::join).hasMessageContaining("1 answers came to 2 questions");
        assertThat(lost.get(1)).isCompletedExceptionally();
    }
}
