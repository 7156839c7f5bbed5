package dev.wst.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.ClosedException;
import dev.wst.Instruction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written together, and what callers cost each other. */
@Timeout(60)
class WritingQueueTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void end() {
        goOn.countDown();
        callers.shutdownNow();
    }

    /** The first batch is written when {@link #goOn} says so. */
    private WritingQueue<String> queue(int largestBatch) {
        return new WritingQueue<>(
                (version, questions) -> {
                    batches.add(questions);
                    if (batches.size() == 1) {
                        writing.countDown();
                        await(goOn);
                    }
                    if (questions.contains("bad")) {
                        throw new IllegalStateException("bad one among " + questions.size());
                    }
                    return questions.stream()
                            .map(question -> question.equals("long")
                                    ? Optional.<Instruction>empty()
                                    : Optional.of(Instruction.fixed(version + " " + question)))
                            .toList();
                },
                largestBatch,
                Duration.ofMillis(20),
                System::nanoTime);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String written(WritingQueue<String> queue, String version, String question) throws Exception {
        WritingQueue.Written<String> written = queue.ask(() -> version, question, LONG);
        assertThat(written.version()).isEqualTo(version);
        return written.instruction().map(Instruction::text).orElse("too long");
    }

    /** Returns when the call has its place in the queue. */
    private <T> Future<T> placed(WritingQueue<String> queue, int places, Callable<T> call) throws InterruptedException {
        Future<T> future = callers.submit(call);
        while (queue.callers() < places) {
            Thread.sleep(1);
        }
        return future;
    }

    @Test
    void what_waits_is_written_together_up_to_the_largest_batch() throws Exception {
        try (WritingQueue<String> queue = queue(2)) {
            Future<String> first = placed(queue, 1, () -> written(queue, "v", "a"));
            await(writing);
            Future<String> b = placed(queue, 2, () -> written(queue, "v", "b"));
            Future<String> c = placed(queue, 3, () -> written(queue, "v", "c"));
            Future<String> d = placed(queue, 4, () -> written(queue, "v", "long"));
            goOn.countDown();
            assertThat(List.of(first.get(), b.get(), c.get(), d.get()))
                    .containsExactly("v a", "v b", "v c", "too long");
            assertThat(batches).containsExactly(List.of("a"), List.of("b", "c"), List.of("long"));
        }
    }

    /** Each batch takes a hundred hours by its clock, so that it waits for an hour where it waits. */
    private WritingQueue<String> patient(AtomicLong hours) {
        return new WritingQueue<>(
                (version, questions) -> {
                    batches.add(questions);
                    if (batches.size() == 1) {
                        writing.countDown();
                        await(goOn);
                    }
                    hours.addAndGet(100);
                    return questions.stream()
                            .map(question -> Optional.of(Instruction.fixed(version + " " + question)))
                            .toList();
                },
                8,
                Duration.ofHours(1),
                () -> TimeUnit.HOURS.toNanos(hours.get()));
    }

    @Test
    void a_lone_caller_waits_for_nobody() throws Exception {
        goOn.countDown();
        try (WritingQueue<String> queue = patient(new AtomicLong())) {
            for (String question : List.of("a", "b", "c")) {
                assertThat(callers.submit(() -> written(queue, "v", question)).get(30, TimeUnit.SECONDS))
                        .isEqualTo("v " + question);
            }
        }
    }

    @Test
    void a_batch_waits_for_as_many_as_were_just_answered() throws Exception {
        try (WritingQueue<String> queue = patient(new AtomicLong())) {
            Future<String> a = placed(queue, 1, () -> written(queue, "v", "a"));
            await(writing);
            Future<String> b = placed(queue, 2, () -> written(queue, "v", "b"));
            goOn.countDown();
            a.get();
            Future<String> again = callers.submit(() -> written(queue, "v", "a again"));
            b.get();
            again.get();
            Future<String> c = placed(queue, 1, () -> written(queue, "v", "c"));
            Future<String> d = callers.submit(() -> written(queue, "v", "d"));
            assertThat(List.of(c.get(), d.get())).containsExactly("v c", "v d");
            assertThat(batches).containsExactly(List.of("a"), List.of("b", "a again"), List.of("c", "d"));
        }
    }

    @Test
    void many_are_asked_at_once_and_come_in_their_order() throws Exception {
        goOn.countDown();
        try (WritingQueue<String> queue = queue(2)) {
            assertThat(queue.askAll(() -> "v", List.of("a", "long", "b", "a", "c")))
                    .extracting(one -> one.instruction().map(Instruction::text).orElse("too long"))
                    .containsExactly("v a", "too long", "v b", "v a", "v c");
            assertThat(batches).allMatch(batch -> batch.size() <= 2);
            assertThatThrownBy(() -> queue.askAll(() -> "v", List.of("d", "bad", "e")))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("bad one among 1");
            assertThat(queue.callers()).isZero();
        }
    }

    @Test
    void of_many_that_nobody_waits_for_any_more_no_further_one_is_written() throws Exception {
        try (WritingQueue<String> queue = queue(1)) {
            Future<List<WritingQueue.Written<String>>> all =
                    placed(queue, 3, () -> queue.askAll(() -> "v", List.of("a", "b", "c")));
            await(writing);
            assertThat(all.cancel(true)).isTrue();
            while (queue.callers() > 0) {
                Thread.sleep(1);
            }
            goOn.countDown();
            assertThat(written(queue, "v", "d")).isEqualTo("v d");
            assertThat(batches).containsExactly(List.of("a"), List.of("d"));
        }
    }

    @Test
    void a_question_that_is_asked_again_under_way_is_written_once() throws Exception {
        try (WritingQueue<String> queue = queue(8)) {
            Future<String> first = placed(queue, 1, () -> written(queue, "v", "a"));
            await(writing);
            Future<String> same = placed(queue, 2, () -> written(queue, "v", "a"));
            Future<String> other = placed(queue, 3, () -> written(queue, "v", "b"));
            Future<String> again = placed(queue, 4, () -> written(queue, "v", "b"));
            goOn.countDown();
            assertThat(List.of(first.get(), same.get(), other.get(), again.get()))
                    .containsExactly("v a", "v a", "v b", "v b");
            assertThat(batches).containsExactly(List.of("a"), List.of("b"));
            assertThat(written(queue, "v", "a")).isEqualTo("v a");
            assertThat(batches).hasSize(3);
        }
    }

    @Test
    void versions_are_written_apart_and_an_action_comes_after_the_questions_before_it() throws Exception {
        try (WritingQueue<String> queue = queue(8)) {
            List<Integer> batchesBefore = new CopyOnWriteArrayList<>();
            Future<String> first = placed(queue, 1, () -> written(queue, "old", "a"));
            await(writing);
            Future<String> b = placed(queue, 2, () -> written(queue, "old", "b"));
            Future<String> c = placed(queue, 3, () -> written(queue, "new", "c"));
            Future<String> d = placed(queue, 4, () -> written(queue, "old", "d"));
            CountDownLatch done = new CountDownLatch(1);
            queue.change(() -> () -> {
                batchesBefore.add(batches.size());
                done.countDown();
            });
            Future<String> e = placed(queue, 5, () -> written(queue, "new", "b"));
            goOn.countDown();
            assertThat(List.of(first.get(), b.get(), c.get(), d.get(), e.get()))
                    .containsExactly("old a", "old b", "new c", "old d", "new b");
            assertThat(batches).containsExactly(List.of("a"), List.of("b", "d"), List.of("c", "b"));
            await(done);
            assertThat(batchesBefore).containsExactly(3);
        }
    }

    @Test
    void who_runs_out_of_time_or_is_interrupted_costs_the_others_nothing() throws Exception {
        try (WritingQueue<String> queue = queue(8)) {
            Future<String> first = placed(queue, 1, () -> written(queue, "v", "a"));
            await(writing);
            Future<String> stays = placed(queue, 2, () -> written(queue, "v", "b"));
            Future<String> interrupted = placed(queue, 3, () -> written(queue, "v", "b"));
            Future<String> gone = placed(queue, 4, () -> written(queue, "v", "c"));
            assertThatThrownBy(() -> queue.ask(() -> "v", "b", Duration.ofMillis(5)))
                    .isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> queue.ask(() -> "v", "d", Duration.ofMillis(5)))
                    .isInstanceOf(TimeoutException.class);
            interrupted.cancel(true);
            gone.cancel(true);
            while (queue.callers() > 2) {
                Thread.sleep(1);
            }
            goOn.countDown();
            assertThat(first.get()).isEqualTo("v a");
            assertThat(stays.get()).isEqualTo("v b");
            assertThat(batches).as("nobody waits for c and d").containsExactly(List.of("a"), List.of("b"));
            assertThat(written(queue, "v", "d")).isEqualTo("v d");
        }
    }

    @Test
    void a_question_that_fails_does_so_alone() throws Exception {
        try (WritingQueue<String> queue = queue(8)) {
            Future<String> first = placed(queue, 1, () -> written(queue, "v", "a"));
            await(writing);
            Future<String> b = placed(queue, 2, () -> written(queue, "v", "b"));
            Future<String> bad = placed(queue, 3, () -> written(queue, "v", "bad"));
            goOn.countDown();
            assertThat(first.get()).isEqualTo("v a");
            assertThat(b.get()).isEqualTo("v b");
            assertThatThrownBy(bad::get)
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("bad one among 1");
            assertThat(written(queue, "v", "c")).isEqualTo("v c");
        }
    }

    @Test
    void an_error_ends_no_thread() throws Exception {
        int[] calls = {0};
        try (WritingQueue<String> queue = new WritingQueue<>(
                (version, questions) -> {
                    if (calls[0]++ == 0) {
                        throw new OutOfMemoryError("none left");
                    }
                    return List.of(Optional.of(Instruction.fixed("written")));
                },
                8,
                Duration.ZERO,
                System::nanoTime)) {
            assertThatThrownBy(() -> written(queue, "v", "a"))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("none left");
            assertThat(written(queue, "v", "a")).isEqualTo("written");
        }
    }

    @Test
    void what_does_not_fit_into_memory_together_is_written_in_halves() throws Exception {
        try (WritingQueue<String> queue = new WritingQueue<>(
                (version, questions) -> {
                    batches.add(questions);
                    if (batches.size() == 1) {
                        writing.countDown();
                        await(goOn);
                    }
                    if (questions.size() > 2 || questions.contains("huge")) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    return questions.stream()
                            .map(question -> Optional.of(Instruction.fixed(version + " " + question)))
                            .toList();
                },
                8,
                Duration.ZERO,
                System::nanoTime)) {
            Future<String> first = placed(queue, 1, () -> written(queue, "v", "a"));
            await(writing);
            List<Future<String>> rest = new ArrayList<>();
            for (String question : List.of("b", "c", "huge", "d", "e")) {
                rest.add(placed(queue, rest.size() + 2, () -> written(queue, "v", question)));
            }
            goOn.countDown();
            assertThat(first.get()).isEqualTo("v a");
            assertThat(rest.get(1).get()).isEqualTo("v c");
            assertThat(rest.get(4).get()).isEqualTo("v e");
            assertThatThrownBy(rest.get(2)::get).hasRootCauseInstanceOf(OutOfMemoryError.class);
            assertThat(batches)
                    .containsExactly(
                            List.of("a"),
                            List.of("b", "c", "huge", "d", "e"),
                            List.of("b", "c"),
                            List.of("huge", "d", "e"),
                            List.of("huge"),
                            List.of("d", "e"));
        }
    }

    @Test
    void an_action_that_fails_ends_no_thread() throws Exception {
        goOn.countDown();
        try (WritingQueue<String> queue = queue(8)) {
            queue.change(() -> () -> {
                throw new IllegalStateException("cannot be freed");
            });
            queue.change(() -> () -> {
                throw new StackOverflowError("cannot be freed either");
            });
            assertThat(written(queue, "v", "a")).isEqualTo("v a");
        }
    }

    @Test
    void whoever_waits_is_told_when_the_thread_ends() throws Exception {
        AtomicBoolean isBroken = new AtomicBoolean();
        List<String> done = new CopyOnWriteArrayList<>();
        WritingQueue<String> queue = new WritingQueue<>(
                (version, questions) -> {
                    writing.countDown();
                    await(goOn);
                    return List.of(Optional.of(Instruction.fixed("written")));
                },
                1,
                Duration.ZERO,
                () -> {
                    if (isBroken.get()) {
                        throw new InternalError("no clock");
                    }
                    return System.nanoTime();
                });
        Future<List<WritingQueue.Written<String>>> asked =
                placed(queue, 3, () -> queue.askAll(() -> "v", List.of("a", "b", "c")));
        await(writing);
        queue.change(() -> () -> done.add("freed"));
        isBroken.set(true);
        goOn.countDown();
        assertThatThrownBy(() -> asked.get(50, TimeUnit.SECONDS)).hasRootCauseMessage("no clock");
        queue.close();
        assertThat(done).containsExactly("freed");
        assertThatThrownBy(() -> written(queue, "v", "d")).isInstanceOf(ClosedException.class);
    }

    @Test
    void closing_waits_for_the_batch_under_way_and_turns_the_rest_away() throws Exception {
        WritingQueue<String> queue = queue(8);
        List<String> done = new CopyOnWriteArrayList<>();
        Future<String> first = placed(queue, 1, () -> written(queue, "v", "a"));
        await(writing);
        Future<String> waits = placed(queue, 2, () -> written(queue, "v", "b"));
        queue.change(() -> () -> done.add("freed"));
        Future<?> closing = callers.submit(queue::close);
        Thread.sleep(20);
        assertThat(closing).isNotDone();
        assertThat(done).isEmpty();
        goOn.countDown();
        closing.get();
        assertThat(first.get()).isEqualTo("v a");
        assertThatThrownBy(waits::get)
                .hasRootCauseInstanceOf(ClosedException.class)
                .hasRootCauseMessage("the served teacher is closed");
        assertThat(done).containsExactly("freed");
        queue.afterwards(() -> done.add("late"));
        assertThat(done).containsExactly("freed", "late");
        assertThatThrownBy(() -> written(queue, "v", "c"))
                .isInstanceOf(ClosedException.class)
                .hasMessage("the served teacher is closed");
        queue.close();
    }
}
