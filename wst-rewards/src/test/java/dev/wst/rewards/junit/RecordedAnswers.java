package dev.wst.rewards.junit;

import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.answers.AnswerStore;
import dev.wst.calls.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The answers that a test goes by: found in a file, which stays as it is, or asked for and added to it. */
final class RecordedAnswers implements AutoCloseable {
    /** What SQLite has not yet written into the file itself, where a recording was killed. */
    private static final String LOG = "-wal";

    private final AnswerStore store;
    private final boolean records;
    /** In the order in which they can be deleted. */
    private final List<Path> copies;

    private RecordedAnswers(AnswerStore store, boolean records, List<Path> copies) {
        this.store = store;
        this.records = records;
        this.copies = copies;
    }

    static RecordedAnswers recording(Path file) {
        return new RecordedAnswers(AnswerStore.open(file), true, List.of());
    }

    /**
     * Reads a copy: SQLite would write beside the file, which may be read-only and is in version control.
     *
     * @throws InvalidInputException if there is no such file
     */
    static RecordedAnswers replaying(Path file, String howToRecord) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("there is no file of recorded answers at " + file + "; " + howToRecord);
        }
        try {
            Path directory = Files.createTempDirectory("wst-answers-");
            Path copy = Files.copy(file, directory.resolve("answers.sqlite"));
            List<Path> copies = new ArrayList<>(List.of(directory, copy));
            Path log = file.resolveSibling(file.getFileName() + LOG);
            if (Files.exists(log)) {
                copies.add(Files.copy(log, copy.resolveSibling(copy.getFileName() + LOG)));
            }
            Collections.reverse(copies);
            return new RecordedAnswers(AnswerStore.open(copy), false, copies);
        } catch (IOException e) {
            throw new EnvironmentException("the recorded answers in " + file + " cannot be copied: " + e, e);
        }
    }

    Accounts accounts() {
        Accounts kept = Accounts.none().withAnswers(store);
        return records ? kept : kept.withoutAsking();
    }

    @Override
    public void close() {
        store.close();
        for (Path copy : copies) {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException e) {
                throw new EnvironmentException(
                        "the copy of the recorded answers at " + copy + " cannot be deleted: " + e, e);
            }
        }
    }
}
