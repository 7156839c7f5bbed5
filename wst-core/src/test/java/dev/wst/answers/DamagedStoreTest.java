package dev.wst.answers;

import static dev.wst.answers.StoreWriter.key;
import static dev.wst.answers.StoreWriter.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.WstException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever became of the file: the right answer, none, or an error that says what to do. */
class DamagedStoreTest {
    private static final int ANSWERS = 40;
    private static final int HEADER = 100;

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

    private static void keepAll(AnswerStore store) {
        IntStream.range(0, ANSWERS).forEach(i -> store.keep(key(i * 17), text(i * 17)));
    }

    /** What came of many damages. */
    private static final class Outcomes {
        int right;
        int missing;
        int refused;
    }

    /** Looks for all answers in a file; a failure ends it. */
    private static void readAll(Path file, Outcomes outcomes) {
        try (AnswerStore store = AnswerStore.open(file)) {
            for (int i = 0; i < ANSWERS; i++) {
                Optional<String> found = store.find(key(i * 17));
                if (found.isPresent()) {
                    assertThat(found).contains(text(i * 17));
                    outcomes.right++;
                } else {
                    outcomes.missing++;
                    assertThat(store.keep(key(i * 17), "again")).isEqualTo("again");
                }
            }
        } catch (EnvironmentException e) {
            assertThat(e).hasMessageStartingWith("the answer store " + file + " ");
            outcomes.refused++;
        } catch (InvalidInputException e) {
            // The version, or the mark of the program, was hit.
            outcomes.refused++;
        }
    }

    private static byte[] flipped(byte[] bytes, int position, SplittableRandom random) {
        byte[] damaged = bytes.clone();
        damaged[position] ^= (byte) (1 + random.nextInt(255));
        return damaged;
    }

    @Test
    void a_flipped_byte_anywhere_never_makes_a_wrong_answer() throws IOException {
        try (AnswerStore store = AnswerStore.open(file)) {
            keepAll(store);
        }
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(17);
        Outcomes outcomes = new Outcomes();
        int tries = 250;
        for (int i = 0; i < tries; i++) {
            int position = i < HEADER ? i : random.nextInt(whole.length);
            Path copy = directory.resolve("copy" + i);
            Files.write(copy, flipped(whole, position, random));
            readAll(copy, outcomes);
        }
        assertThat(outcomes.right).isGreaterThan(tries * ANSWERS / 2);
        assertThat(outcomes.missing).isGreaterThan(tries / 4);
        assertThat(outcomes.refused).isGreaterThan(10);
    }

    @Test
    void a_flipped_byte_in_the_log_never_makes_a_wrong_answer() throws IOException {
        Path source = directory.resolve("source.sqlite");
        SplittableRandom random = new SplittableRandom(17);
        Outcomes outcomes = new Outcomes();
        int tries = 100;
        try (AnswerStore store = AnswerStore.open(source)) {
            keepAll(store);
            byte[] whole = Files.readAllBytes(source);
            byte[] log = Files.readAllBytes(directory.resolve("source.sqlite-wal"));
            for (int i = 0; i < tries; i++) {
                Path copy = directory.resolve("copy" + i);
                Files.write(copy, whole);
                Files.write(directory.resolve("copy" + i + "-wal"), flipped(log, random.nextInt(log.length), random));
                readAll(copy, outcomes);
            }
        }
        assertThat(outcomes.right).isGreaterThan(tries * ANSWERS / 4);
        assertThat(outcomes.missing).isPositive();
    }

    @Test
    void a_file_that_was_cut_never_makes_a_wrong_answer() throws IOException {
        try (AnswerStore store = AnswerStore.open(file)) {
            keepAll(store);
        }
        byte[] whole = Files.readAllBytes(file);
        Outcomes outcomes = new Outcomes();
        for (int i = 1; i < 20; i++) {
            Path copy = directory.resolve("copy" + i);
            Files.write(copy, Arrays.copyOf(whole, whole.length / 20 * i));
            readAll(copy, outcomes);
        }
        assertThat(outcomes.refused).isGreaterThan(10);
    }

    @Test
    void a_damaged_answer_is_dropped_and_may_be_kept_again() throws SQLException {
        try (AnswerStore store = AnswerStore.open(file)) {
            store.keep(key(1), "42");
        }
        change("UPDATE answer SET text = 'u43'");
        try (AnswerStore store = AnswerStore.open(file)) {
            assertThat(store.find(key(1))).isEmpty();
            assertThat(store.keep(key(1), "42")).isEqualTo("42");
        }
        try (AnswerStore store = AnswerStore.open(file)) {
            assertThat(store.find(key(1))).contains("42");
        }
    }

    @Test
    void an_answer_damaged_after_it_was_looked_for_is_replaced() throws SQLException {
        try (AnswerStore store = AnswerStore.open(file)) {
            store.keep(key(1), "42");
        }
        change("UPDATE answer SET checksum = checksum + 1");
        try (AnswerStore store = AnswerStore.open(file)) {
            assertThat(store.keep(key(1), "the same again")).isEqualTo("the same again");
            assertThat(store.find(key(1))).contains("the same again");
        }
    }

    @Test
    void a_text_under_the_key_of_another_is_not_served() throws SQLException {
        try (AnswerStore store = AnswerStore.open(file)) {
            store.keep(key(1), "one");
            store.keep(key(2), "two");
        }
        change("UPDATE answer SET text = (SELECT text FROM answer WHERE number = 2),"
                + " checksum = (SELECT checksum FROM answer WHERE number = 2) WHERE number = 1");
        try (AnswerStore store = AnswerStore.open(file)) {
            assertThat(store.find(key(1))).isEmpty();
            assertThat(store.find(key(2))).contains("two");
        }
    }

    @Test
    void a_file_without_its_table_is_refused() throws SQLException {
        AnswerStore.open(file).close();
        change("DROP TABLE answer");
        assertThatThrownBy(() -> AnswerStore.open(file))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage(
                        "the answer store " + file + " is damaged; move it away, with the files of the same name that"
                                + " end in -wal and -shm, and its answers will be asked for again"
                                + " ([SQLITE_ERROR] SQL error or missing database (no such table: answer))");
    }

    @Test
    void what_is_damaged_as_a_whole_is_left_as_it_is() throws IOException {
        try (AnswerStore store = AnswerStore.open(file)) {
            keepAll(store);
        }
        byte[] damaged = Files.readAllBytes(file);
        Arrays.fill(damaged, HEADER, HEADER + 8, (byte) 0x55);
        Path copy = directory.resolve("copy");
        Files.write(copy, damaged);
        Files.copy(copy, directory.resolve("before"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> AnswerStore.open(copy)).isInstanceOf(WstException.class);
        assertThat(copy).hasSameBinaryContentAs(directory.resolve("before"));
    }
}
