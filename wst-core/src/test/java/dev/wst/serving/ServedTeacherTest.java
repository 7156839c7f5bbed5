package dev.wst.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.ClosedException;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.engine.model.TinyModel;
import dev.wst.engine.weights.ModelFileException;
import dev.wst.serving.ServedTeacher.Written;
import dev.wst.serving.ServingListener.Outcome;
import dev.wst.teacher.FrozenTeacher;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedTeacherTest {
    private static final Sampling SHORT = Sampling.greedy(6);
    private static final List<String> QUESTIONS = IntStream.range(10, 30)
            .mapToObj(i -> "w" + i + " w7".repeat(i % 5) + " w" + 2 * i)
            .toList();

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private Path directory;
    private Path model;
    private Path first;
    private Path second;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        directory = temporary;
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
        first = TrainedAdapters.in(directory.resolve("first"), model, 3);
        second = TrainedAdapters.in(directory.resolve("second"), model, 5);
    }

    @AfterAll
    void end() {
        callers.shutdownNow();
    }

    private ServedTeacher.Builder builder(Path adapter) {
        return ServedTeacher.builder(model).adapter(adapter).sampling(SHORT);
    }

    private ServedTeacher served(Path adapter) {
        batches.clear();
        return builder(adapter).build(this::recorded);
    }

    private WritingQueue.Writer<FrozenTeacher.Adapter> recorded(WritingQueue.Writer<FrozenTeacher.Adapter> writer) {
        return (version, questions) -> {
            batches.add(questions);
            return writer.write(version, questions);
        };
    }

    /** What the trainer's teacher writes, a question at a time. */
    private Map<String, String> expected(Path adapter) {
        Map<String, String> expected = new HashMap<>();
        try (TransformerTeacher teacher =
                TransformerTeacher.builder(model).adapter(adapter).build()) {
            for (String question : QUESTIONS) {
                expected.put(
                        question,
                        teacher.write(List.of(Situation.of(Task.of("t", question), 0)), SHORT, new Seed(1))
                                .get(0)
                                .instruction()
                                .text());
            }
        }
        return expected;
    }

    private Map<String, Written> askedTogether(ServedTeacher served) throws Exception {
        List<Future<Written>> futures = new ArrayList<>();
        for (String question : QUESTIONS) {
            futures.add(callers.submit(() -> served.instructionFor(question)));
        }
        Map<String, Written> written = new HashMap<>();
        for (Future<Written> future : futures) {
            written.put(future.get().question(), future.get());
        }
        return written;
    }

    private Map<String, String> instructions(ServedTeacher served) throws Exception {
        Map<String, String> instructions = new HashMap<>();
        askedTogether(served).forEach((question, written) -> instructions.put(question, written.instruction()));
        return instructions;
    }

    @Test
    void many_callers_get_what_the_trained_teacher_writes_for_each_alone() throws Exception {
        Map<String, String> expected = expected(first);
        assertThat(expected).isNotEqualTo(expected(second));
        try (ServedTeacher served = served(first)) {
            Map<String, Written> written = askedTogether(served);
            assertThat(written).hasSameSizeAs(QUESTIONS);
            written.forEach((question, one) -> {
                assertThat(one.instruction()).isEqualTo(expected.get(question));
                assertThat(one.outcome()).isEqualTo(Outcome.TAUGHT);
                assertThat(one.isTaught()).isTrue();
                assertThat(one.version()).isEqualTo(served.version()).matches("[0-9a-f]{16}");
                assertThat(one.meanLogProbability()).isNegative();
            });
            assertThat(batches).hasSizeLessThan(QUESTIONS.size());
        }
    }

    @Test
    void a_drawn_instruction_depends_on_the_question_and_the_seed_alone() throws Exception {
        Sampling drawn = Sampling.defaults().withMaxTokens(6);
        Map<String, String> together;
        try (ServedTeacher served = builder(first).sampling(drawn).seed(4).build()) {
            together = instructions(served);
        }
        try (ServedTeacher alone =
                builder(first).sampling(drawn).seed(4).largestBatch(1).build()) {
            assertThat(instructions(alone)).isEqualTo(together);
        }
        try (ServedTeacher other = builder(first).sampling(drawn).seed(5).build()) {
            assertThat(instructions(other)).isNotEqualTo(together);
        }
    }

    @Test
    void an_instruction_is_kept_for_a_question_that_comes_again() {
        try (ServedTeacher served = served(first)) {
            Written written = served.instructionFor("w5 w9");
            assertThat(served.instructionFor("w5 w9")).isEqualTo(written);
            assertThat(batches).containsExactly(List.of("w5 w9"));
            served.instructionFor("w5 w10");
            assertThat(batches).hasSize(2);
        }
    }

    @Test
    void none_is_kept_where_none_should_be() throws InterruptedException {
        batches.clear();
        try (ServedTeacher served = builder(first).instructionsKept(0).build(this::recorded)) {
            Written written = served.instructionFor("w5 w9");
            // Caffeine lets go of it on a thread of its own.
            Thread.sleep(100);
            assertThatSame(served.instructionFor("w5 w9"), written);
            assertThat(batches).hasSize(2);
        }
    }

    @Test
    void a_question_without_words_and_one_that_is_too_long_are_no_exceptions() {
        try (ServedTeacher served = served(first)) {
            for (String empty : List.of("", " \n\t")) {
                Written written = served.instructionFor(empty);
                assertThat(written.outcome()).isEqualTo(Outcome.NO_QUESTION);
                assertThat(written.instruction()).isEmpty();
                assertThat(written.version()).isEmpty();
                assertThat(written.meanLogProbability()).isNaN();
            }
            assertThat(batches).isEmpty();
            for (String tooLong : List.of("w5 ".repeat(122), "w5 ".repeat(100_000))) {
                Written written = served.instructionFor(tooLong);
                assertThat(written.outcome()).isEqualTo(Outcome.TOO_LONG);
                assertThat(written.instruction()).isEmpty();
                assertThat(written.version()).isEqualTo(served.version());
                assertThat(served.instructionFor(tooLong)).isEqualTo(written);
            }
            assertThat(batches).as("known the second time").hasSize(2);
            assertThat(served.instructionFor("w5 ".repeat(121)).outcome()).isEqualTo(Outcome.TAUGHT);
        }
    }

    @Test
    void a_newer_teacher_takes_the_place_of_an_older_and_back_with_no_request_lost_or_mixed_up() throws Exception {
        Map<String, Map<String, String>> byVersion = new HashMap<>();
        try (ServedTeacher served = builder(first).instructionsKept(0).build()) {
            String old = served.version();
            byVersion.put(old, expected(first));
            List<Future<List<Written>>> futures = new ArrayList<>();
            AtomicBoolean ended = new AtomicBoolean();
            for (int caller = 0; caller < 6; caller++) {
                int from = caller;
                futures.add(callers.submit(() -> {
                    List<Written> all = new ArrayList<>();
                    for (int i = from; !ended.get(); i++) {
                        all.add(served.instructionFor(QUESTIONS.get(i % QUESTIONS.size())));
                    }
                    return all;
                }));
            }
            String newer = served.replace(second);
            assertThat(newer).isEqualTo(served.version()).isNotEqualTo(old);
            byVersion.put(newer, expected(second));
            for (int i = 0; i < 10; i++) {
                assertThat(served.replace(i % 2 == 0 ? first : second)).isEqualTo(i % 2 == 0 ? old : newer);
                assertThat(served.instructionFor("w5 w9").version()).isEqualTo(i % 2 == 0 ? old : newer);
            }
            ended.set(true);
            for (Future<List<Written>> future : futures) {
                assertThat(future.get())
                        .isNotEmpty()
                        .allSatisfy(written -> assertThat(written.instruction())
                                .isEqualTo(byVersion
                                        .getOrDefault(written.version(), Map.of())
                                        .get(written.question())));
            }
        }
    }

    @Test
    void an_adapter_that_cannot_be_loaded_leaves_the_old_one_in_its_place() throws IOException {
        try (ServedTeacher served = builder(first).instructionsKept(0).build()) {
            Written before = served.instructionFor("w5 w9");
            Path absent = directory.resolve("absent");
            assertThatThrownBy(() -> served.replace(absent))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageStartingWith(absent.resolve("adapter_config.json") + " cannot be read");
            Path cut = Files.createDirectory(directory.resolve("cut"));
            for (String name : List.of("adapter_config.json", "teacher.json")) {
                Files.copy(first.resolve(name), cut.resolve(name));
            }
            Files.copy(second.resolve("adapter_model.safetensors"), cut.resolve("adapter_model.safetensors"));
            assertThatThrownBy(() -> served.replace(cut)).isInstanceOf(ModelFileException.class);
            assertThatSame(served.instructionFor("w5 w9"), before);
        }
    }

    /** But for rounding: what was written before is guessed, and several tokens are read at once. */
    private static void assertThatSame(Written again, Written before) {
        assertThat(again.meanLogProbability()).isCloseTo(before.meanLogProbability(), within(1e-5));
        assertThat(again.outcome()).isEqualTo(before.outcome());
        assertThat(again.instruction()).isEqualTo(before.instruction());
        assertThat(again.version()).isEqualTo(before.version());
    }

    @Test
    void teachers_on_one_base_model_write_what_each_writes_alone() throws Exception {
        try (ServedTeacher served = builder(first).instructionsKept(0).build();
                ServedTeacher beside = served.withAdapter(second)) {
            Future<Map<String, Written>> asked = callers.submit(() -> askedTogether(beside));
            Map<String, String> expectedOfFirst = expected(first);
            askedTogether(served)
                    .forEach((question, written) ->
                            assertThat(written.instruction()).isEqualTo(expectedOfFirst.get(question)));
            Map<String, String> expectedOfSecond = expected(second);
            asked.get()
                    .forEach((question, written) ->
                            assertThat(written.instruction()).isEqualTo(expectedOfSecond.get(question)));
        }
    }

    @Test
    void each_of_several_is_closed_on_its_own_and_the_last_frees_the_base_model() {
        ServedTeacher served = served(first);
        ServedTeacher beside = served.withAdapter(second);
        served.close();
        served.close();
        assertThat(beside.instructionFor("w5 w9").isTaught()).isTrue();
        assertThatThrownBy(() -> served.instructionFor("w5 w9"))
                .isInstanceOf(ClosedException.class)
                .hasMessage("the served teacher is closed");
        beside.close();
        assertThatThrownBy(() -> beside.instructionFor("w5 w9")).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> beside.withAdapter(first)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> beside.replace(first)).isInstanceOf(ClosedException.class);
        assertThat(served.instructionFor(" ").outcome()).isEqualTo(Outcome.NO_QUESTION);
    }

    @Test
    void an_adapter_of_another_base_model_is_refused() throws IOException {
        Path other = TinyModel.in(Files.createDirectory(directory.resolve("other")));
        Path weights = other.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 3] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> ServedTeacher.load(other, first))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("the adapter in " + first + " was trained beside other weights (")
                .hasMessageContaining("); load it with the base model that it was trained on");
    }

    @Test
    void a_base_model_alone_writes_too() {
        try (TransformerTeacher untrained = TransformerTeacher.builder(model)
                        .prompt(TrainedAdapters.PROMPT)
                        .build();
                ServedTeacher served = ServedTeacher.builder(model)
                        .prompt(TrainedAdapters.PROMPT)
                        .sampling(SHORT)
                        .build()) {
            assertThat(served.instructionFor("w5 w9").instruction())
                    .isEqualTo(untrained
                            .write(List.of(Situation.of(Task.of("t", "w5 w9"), 0)), SHORT, new Seed(1))
                            .get(0)
                            .instruction()
                            .text());
        }
    }

    @Test
    void a_teacher_that_fails_says_how_and_goes_on() {
        int[] calls = {0};
        try (ServedTeacher served = builder(first).build(writer -> (version, questions) -> {
            if (calls[0]++ == 0) {
                throw new IllegalStateException("out of order");
            }
            return writer.write(version, questions);
        })) {
            assertThatThrownBy(() -> served.instructionFor("w5 w9"))
                    .isInstanceOf(WstException.class)
                    .hasMessage(
                            "the teacher failed to write an instruction: java.lang.IllegalStateException: out of order")
                    .hasRootCauseMessage("out of order");
            assertThat(served.instructionFor("w5 w9").isTaught()).isTrue();
        }
    }

    @Test
    void an_instruction_that_is_late_is_there_the_next_time() throws InterruptedException {
        batches.clear();
        try (ServedTeacher served = builder(first).build(writer -> (version, questions) -> {
            batches.add(questions);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return writer.write(version, questions);
        })) {
            Written late = served.instructionFor("w5 w9", Duration.ofMillis(50));
            assertThat(late.outcome()).isEqualTo(Outcome.LATE);
            assertThat(late.instruction()).isEmpty();
            assertThat(served.instructionFor("w5 w9").isTaught()).isTrue();
            assertThat(batches).hasSize(1);
        }
    }

    @Test
    void an_interrupted_caller_stays_interrupted() {
        CountDownLatch heard = new CountDownLatch(1);
        try (ServedTeacher served = builder(first).build(writer -> (version, questions) -> {
            try {
                assertThat(heard.await(50, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return writer.write(version, questions);
        })) {
            Thread.currentThread().interrupt();
            Written written = served.instructionFor("w5 w9");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(written.outcome()).isEqualTo(Outcome.INTERRUPTED);
            heard.countDown();
        }
    }

    @Test
    void wrong_arguments_are_refused_at_the_call() {
        ServedTeacher.Builder builder = ServedTeacher.builder(model);
        assertThatThrownBy(() -> builder.largestBatch(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the largest batch should have room for at least 1 question, got 0");
        assertThatThrownBy(() -> builder.instructionsKept(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of instructions kept should be 0 or more, got -1");
        try (ServedTeacher served = served(first)) {
            assertThatThrownBy(() -> served.instructionFor("w5", Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the time to wait for an instruction should be positive, got PT0S; leave it out to wait"
                            + " however long it takes");
        }
    }
}
