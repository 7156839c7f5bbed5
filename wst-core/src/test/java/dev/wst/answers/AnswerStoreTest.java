package dev.wst.answers;

import static dev.wst.answers.StoreWriter.key;
import static dev.wst.answers.StoreWriter.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.ClosedException;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerStoreTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void file() {
        file = directory.resolve("answers.sqlite");
    }

    private void change(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    @Test
    void what_is_kept_is_found_by_whoever_opens_the_file_next() {
        try (AnswerStore store = AnswerStore.open(file)) {
            assertThat(store.find(key(1))).isEmpty();
            assertThat(store.keep(key(1), "42")).isEqualTo("42");
            assertThat(store.find(key(1))).contains("42");
            assertThat(store.hits()).isEqualTo(1);
            assertThat(store.misses()).isEqualTo(1);
        }
        try (AnswerStore store = AnswerStore.open(file)) {
            assertThat(store.find(key(1))).contains("42");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "a\0b", "zwölf €", "\uD83D\uDE00", "half a smile: \uD83D"})
    void every_text_comes_back_as_it_was(String text) {
        try (AnswerStore store = AnswerStore.open(file)) {
            store.keep(key(1), text);
        }
        try (AnswerStore store = AnswerStore.open(file)) {
            assertThat(store.find(key(1))).contains(text);
        }
    }

    @Test
    void what_was_kept_first_stays() {
        try (AnswerStore one = AnswerStore.open(file);
                AnswerStore other = AnswerStore.open(file)) {
            one.keep(key(1), "first");
            assertThat(other.keep(key(1), "second")).isEqualTo("first");
            assertThat(other.find(key(1))).contains("first");
        }
    }

    @Test
    void each_part_of_a_key_counts() {
        Set<AnswerKey> keys = new HashSet<>();
        for (String role : List.of("student", "judge")) {
            for (String model : List.of("", "a", "ab")) {
                for (String content : List.of("c", "bc", "\uD83D", "?")) {
                    for (int sample : new int[] {0, 1}) {
                        keys.add(AnswerKey.of(role, new ModelCall(model, content, 1, OptionalInt.empty()), sample));
                    }
                }
            }
        }
        assertThat(keys).hasSize(2 * 3 * 4 * 2);
    }

    @Test
    void the_bounds_of_tokens_are_no_part_of_a_key() {
        assertThat(AnswerKey.of("student", new ModelCall("m", "q", 1, OptionalInt.empty()), 0))
                .isEqualTo(AnswerKey.of("student", new ModelCall("m", "q", 2, OptionalInt.of(3)), 0));
    }

    @Test
    void a_sample_is_counted_from_zero() {
        assertThatThrownBy(() -> AnswerKey.of("student", new ModelCall("m", "q", 1, OptionalInt.empty()), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample must be at least 0, got -1");
    }

    @Test
    void the_oldest_answers_make_room() throws IOException {
        int many = 3_000;
        try (AnswerStore store = AnswerStore.open(file, 1_000_000)) {
            IntStream.range(0, many).forEach(i -> store.keep(key(i), "x".repeat(1000)));
        }
        assertThat(Files.size(file)).isBetween(900_000L, 1_100_000L);
        try (AnswerStore store = AnswerStore.open(file, 1_000_000)) {
            List<Integer> left = IntStream.range(0, many)
                    .filter(i -> store.find(key(i)).isPresent())
                    .boxed()
                    .toList();
            assertThat(left).hasSizeBetween(600, 1000);
            assertThat(left).first().isEqualTo(many - left.size());
        }
    }

    @Test
    void a_store_opened_with_less_room_drops_what_does_not_fit() {
        try (AnswerStore store = AnswerStore.open(file)) {
            IntStream.range(0, 3_000).forEach(i -> store.keep(key(i), "x".repeat(1000)));
        }
        try (AnswerStore store = AnswerStore.open(file, 1_000_000)) {
            assertThat(store.find(key(0))).isEmpty();
            assertThat(store.find(key(2_999))).isPresent();
        }
    }

    @Test
    void too_little_room_is_refused() {
        assertThatThrownBy(() -> AnswerStore.open(file, 999_999))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an answer store has room for at least 1000000 bytes, got 999999");
    }

    @Test
    void the_file_of_another_version_is_refused() throws SQLException {
        AnswerStore.open(file).close();
        change("PRAGMA user_version = 2");
        assertThatThrownBy(() -> AnswerStore.open(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "the answer store " + file + " has version 2, and this is a library for version 1;"
                                + " use the library that wrote it, or move the file away and its answers will be asked for again");
    }

    @Test
    void the_database_of_another_program_is_refused_and_left_alone() throws SQLException, IOException {
        change("CREATE TABLE customers (name TEXT)");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> AnswerStore.open(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file + " is a database of another program, not an answer store; name another file");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_alone() throws IOException {
        Files.writeString(file, "Dear diary, ".repeat(500));
        assertThatThrownBy(() -> AnswerStore.open(file))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage(
                        "the answer store " + file + " is damaged; move it away, with the files of the same name that"
                                + " end in -wal and -shm, and its answers will be asked for again ([SQLITE_NOTADB] File opened"
                                + " that is not a database file (file is not a database))");
        assertThat(Files.readString(file)).startsWith("Dear diary, ").hasSize(6000);
    }

    @Test
    void a_directory_that_cannot_be_made_is_named() throws IOException {
        Files.writeString(directory.resolve("taken"), "");
        Path below = directory.resolve("taken/answers.sqlite");
        assertThatThrownBy(() -> AnswerStore.open(below))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("the answer store " + below + " cannot be created: ");
    }

    @Test
    void a_file_that_cannot_be_opened_is_named() throws IOException {
        Files.createDirectory(file);
        assertThatThrownBy(() -> AnswerStore.open(file))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith(
                        "the answer store " + file + " cannot be written; make it and its directory writable (");
    }

    @Test
    void a_name_may_hold_what_addresses_use_otherwise() {
        Path odd = directory.resolve("50%25 of? #1 ü.sqlite");
        try (AnswerStore store = AnswerStore.open(odd)) {
            store.keep(key(1), "42");
        }
        assertThat(odd).exists();
    }

    @Test
    void a_file_that_was_deleted_meanwhile_takes_no_more_answers() throws IOException {
        try (AnswerStore store = AnswerStore.open(file)) {
            Files.delete(file);
            assertThatThrownBy(() -> store.keep(key(1), "42"))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessage("the answer store " + file
                            + " is gone: it was moved or deleted while it was open; open it again");
        }
    }

    @Test
    void a_file_that_was_replaced_meanwhile_takes_no_more_answers() throws IOException {
        Path other = directory.resolve("other.sqlite");
        AnswerStore.open(other).close();
        try (AnswerStore store = AnswerStore.open(file)) {
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> store.keep(key(1), "42"))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessage("the answer store " + file
                            + " is another file now: the one that was open was moved or deleted; open it again");
        }
    }

    @Test
    void a_closed_store_says_so() {
        AnswerStore store = AnswerStore.open(file);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.find(key(1)))
                .isInstanceOf(ClosedException.class)
                .hasMessage("the answer store " + file + " was closed; open it again");
        assertThatThrownBy(() -> store.keep(key(1), "42")).isInstanceOf(ClosedException.class);
    }

    @Test
    void several_may_create_the_file_at_once() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 60; round++) {
                Path fresh = directory.resolve(round + ".sqlite");
                CyclicBarrier together = new CyclicBarrier(4);
                List<Future<?>> opened = IntStream.range(0, 4)
                        .<Future<?>>mapToObj(i -> threads.submit(() -> {
                            together.await();
                            AnswerStore.open(fresh).close();
                            return i;
                        }))
                        .toList();
                for (Future<?> one : opened) {
                    one.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void an_interrupted_thread_waits_for_the_file_as_well() throws SQLException, InterruptedException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement creation = other.createStatement()) {
            creation.execute("BEGIN IMMEDIATE");
            Thread creating = new Thread(() -> {
                Thread.currentThread().interrupt();
                try (AnswerStore store = AnswerStore.open(file)) {
                    store.keep(key(1), "42");
                }
            });
            creating.start();
            creating.join(1_000);
            creation.execute("COMMIT");
            creating.join();
        }
        try (AnswerStore store = AnswerStore.open(file)) {
            assertThat(store.find(key(1))).contains("42");
        }
    }

    @Test
    void threads_that_keep_the_same_all_see_one_answer() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (AnswerStore store = AnswerStore.open(file)) {
            List<Future<List<String>>> all = IntStream.range(0, 8)
                    .mapToObj(thread -> threads.submit(() -> IntStream.range(0, 200)
                            .mapToObj(i -> store.find(key(i)).orElseGet(() -> store.keep(key(i), "of " + thread)))
                            .toList()))
                    .toList();
            List<String> first = all.get(0).get();
            for (Future<List<String>> seen : all) {
                assertThat(seen.get()).isEqualTo(first);
            }
        } finally {
            threads.shutdown();
        }
    }
}
