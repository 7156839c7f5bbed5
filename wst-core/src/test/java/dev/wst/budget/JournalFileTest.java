package dev.wst.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.BudgetSpentException;
import dev.wst.EnvironmentException;
import dev.wst.ModelCall;
import dev.wst.engine.OtherJvm;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void file() {
        file = directory.resolve("spent.txt");
    }

    private static Spent total(int calls) {
        return new Spent(
                new Cost(calls, 10L * calls, 5L * calls, BigDecimal.valueOf(calls, 6), 0), Duration.ofMillis(calls));
    }

    private void noted(int totals) {
        try (JournalFile journal = JournalFile.open(file)) {
            for (int i = 1; i <= totals; i++) {
                journal.note(total(i));
            }
        }
    }

    @Test
    void the_last_total_comes_back() {
        try (JournalFile journal = JournalFile.open(file)) {
            assertThat(journal.last()).isEmpty();
        }
        for (int totals = 1; totals < 4; totals++) {
            noted(totals);
            try (JournalFile journal = JournalFile.open(file)) {
                assertThat(journal.last()).contains(total(totals));
            }
        }
    }

    @Test
    void the_file_can_be_read_by_people() throws IOException {
        noted(2);
        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .first()
                .satisfies(line -> assertThat(line)
                        .hasSize(255)
                        .matches("[0-9a-f]{16} \\{\"number\":2,\"calls\":2,\"input_tokens\":20,\"output_tokens\":10,"
                                + "\"money\":\"0.000002\",\"uncounted\":0,\"millis\":2} +"));
    }

    @Test
    void a_total_that_was_half_written_leaves_the_one_before() throws IOException {
        noted(4);
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < NotedTotal.BYTES; i++) {
            byte[] half = whole.clone();
            half[i] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, half);
            try (JournalFile journal = JournalFile.open(file)) {
                // What follows the total is blank, and no part of it.
                assertThat(journal.last().orElseThrow()).isIn(total(3), total(4));
            }
        }
        Files.write(file, new byte[NotedTotal.BYTES]);
        assertThatThrownBy(() -> JournalFile.open(file)).isInstanceOf(EnvironmentException.class);
    }

    @Test
    void a_file_without_a_whole_total_is_refused_and_left_alone() throws IOException {
        Files.writeString(file, "Dear diary");
        assertThatThrownBy(() -> JournalFile.open(file))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("the journal of what was spent, " + file + ", is damaged; look up at your provider what was"
                        + " paid, move the file away and lower the budget by that");
        assertThat(file).hasContent("Dear diary");
    }

    @Test
    void a_file_that_cannot_be_opened_is_named() {
        Path below = directory.resolve("none/spent.txt");
        assertThatThrownBy(() -> JournalFile.open(below))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("the journal of what was spent, " + below
                        + ", cannot be opened: java.io.FileNotFoundException: " + below
                        + " (No such file or directory)");
    }

    @Test
    void a_closed_journal_takes_no_total() {
        JournalFile journal = JournalFile.open(file);
        journal.close();
        assertThatThrownBy(() -> journal.note(total(1)))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("the journal of what was spent, " + file
                        + ", cannot be written: java.io.IOException: Stream Closed");
    }

    @Test
    void an_interrupted_thread_can_note() {
        try (JournalFile journal = JournalFile.open(file)) {
            Thread.currentThread().interrupt();
            journal.note(total(1));
            assertThat(Thread.interrupted()).isTrue();
            journal.note(total(2));
            assertThat(journal.last()).contains(total(2));
        }
    }

    /** A process that makes calls: a dot in a file for each, before it is made and after it was reserved. */
    public static final class Caller {
        static final int MOST = 20_000;

        private Caller() {}

        /**
         * Calls until the budget is spent.
         *
         * @param arguments the journal, and the file of dots
         */
        public static void main(String[] arguments) throws IOException {
            Ledger ledger = Ledger.of(Budget.unlimited().withCalls(MOST), JournalFile.open(Path.of(arguments[0])));
            try (var calls = Files.newOutputStream(
                    Path.of(arguments[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    Reservation reservation = ledger.reserve(new ModelCall("small", "question", 1, OptionalInt.of(1)));
                    calls.write('.');
                    reservation.settle(OptionalInt.empty(), OptionalInt.empty());
                }
            } catch (BudgetSpentException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void a_run_that_is_killed_again_and_again_never_passes_its_cap() throws IOException, InterruptedException {
        Path calls = directory.resolve("calls");
        Files.writeString(calls, "");
        OtherJvm caller = new OtherJvm(Caller.class);
        for (int kill = 1; kill <= 3; kill++) {
            Process process = caller.start(directory.resolve("out"), file.toString(), calls.toString());
            while (Files.size(calls) < 3_000L * kill && process.isAlive()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
            }
            process.destroyForcibly().waitFor();
        }
        assertThat(caller.run(file.toString(), calls.toString()).text())
                .isEqualTo(
                        "the budget of 20000 calls has no room for another call: 20000 are spent or reserved, and the"
                                + " call may take 1\n");
        // A call that was reserved and not made when the process was killed counts all the same.
        assertThat(Files.size(calls)).isBetween(Caller.MOST - 3L, (long) Caller.MOST);
    }
}
