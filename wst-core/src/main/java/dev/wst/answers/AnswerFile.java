package dev.wst.answers;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.wst.ClosedException;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.files.Uninterrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of an {@link AnswerStore}. One connection, one caller at a time; each change is a transaction in the write-ahead log,
 * which a process that is killed does not lose.
 */
final class AnswerFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerStore.class);
    /** "WSTa", in the header of the file: tells it from other people's databases. */
    private static final int APPLICATION = 0x57535461;

    private static final int SCHEMA = 1;
    private static final int BUSY_MILLIS = 30_000;
    private static final int PAUSE_MILLIS = 10;
    /** Of the log, before it goes into the file: 16 MB. Fewer would be written and awaited more often. */
    private static final int LOG_PAGES = 4_000;
    /** The size is looked at whenever so many parts of the bound were written. */
    private static final int PARTS = 64;

    private final Path file;
    private final long mostBytes;
    private final Connection connection;
    private final @Nullable Object identity;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement selectByNumber;
    private final PreparedStatement delete;
    private long unmeasured;
    private boolean isClosed;
    private boolean hasTold;

    AnswerFile(Path file, long mostBytes) {
        this.file = file.toAbsolutePath();
        this.mostBytes = mostBytes;
        try {
            Path parent = this.file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            // The driver, when it is first used, asks the system what it is, and forgets an interrupt.
            connection = Uninterrupted.get(() -> DriverManager.getConnection("jdbc:sqlite:" + this.file.toUri()));
        } catch (IOException e) {
            throw new EnvironmentException("the answer store " + file + " cannot be created: " + e, e);
        } catch (SQLException e) {
            throw FileFault.of(this.file, e);
        }
        try {
            prepare();
            insert = connection.prepareStatement(
                    "INSERT INTO answer (key, text, checksum) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
            select = connection.prepareStatement("SELECT number, text, checksum FROM answer WHERE key = ?");
            selectByNumber = connection.prepareStatement("SELECT key FROM answer WHERE number = ?");
            delete = connection.prepareStatement("DELETE FROM answer WHERE number = ?");
            identity = identity();
            evict();
        } catch (SQLException e) {
            throw closed(FileFault.of(this.file, e));
        } catch (RuntimeException e) {
            throw closed(e);
        }
    }

    private RuntimeException closed(RuntimeException why) {
        try {
            connection.close();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
        return why;
    }

    private void prepare() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            checkKind(statement);
            useLog(statement);
            // A transaction is in the log when it ends; after a power cut the last ones may be missing, never half of
            // one.
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            if (number(statement, "PRAGMA user_version") == 0) {
                create(statement);
            }
        }
    }

    /** SQLite does not wait by itself where several do this to a fresh file, lest they wait for each other. */
    private static void useLog(Statement statement) throws SQLException {
        for (int waited = 0; ; waited += PAUSE_MILLIS) {
            try {
                statement.execute("PRAGMA journal_mode = WAL");
                return;
            } catch (SQLException e) {
                if (!FileFault.isBusy(e) || waited >= BUSY_MILLIS) {
                    throw e;
                }
                // An interrupted thread has to wait as well, or its tries are over at once.
                Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(PAUSE_MILLIS));
            }
        }
    }

    /** Refuses the files of others and of other versions, before anything is written. */
    private void checkKind(Statement statement) throws SQLException {
        // In one transaction, since another process may be creating the store meanwhile.
        statement.execute("BEGIN");
        long application = number(statement, "PRAGMA application_id");
        long version = number(statement, "PRAGMA user_version");
        long tables = number(statement, "SELECT count(*) FROM sqlite_schema");
        statement.execute("COMMIT");
        if (application == 0 && tables == 0) {
            return;
        }
        if (application != APPLICATION) {
            throw new InvalidInputException(
                    file + " is a database of another program, not an answer store; name another file");
        }
        if (version != SCHEMA) {
            throw new InvalidInputException("the answer store " + file + " has version " + version
                    + ", and this is a library for version " + SCHEMA
                    + "; use the library that wrote it, or move the file away and its answers will be asked for again");
        }
    }

    private void create(Statement statement) throws SQLException {
        // Another process may be at the same: whoever is second finds the table there.
        statement.execute("BEGIN IMMEDIATE");
        statement.execute("CREATE TABLE IF NOT EXISTS answer (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,"
                + " text BLOB NOT NULL, checksum INTEGER NOT NULL)");
        statement.execute("PRAGMA application_id = " + APPLICATION);
        statement.execute("PRAGMA user_version = " + SCHEMA);
        statement.execute("COMMIT");
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** What the file is on the disk; another one of the same name is not the same. */
    private @Nullable Object identity() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "the answer store " + file + " is gone: it was moved or deleted while it was open; open it again",
                    e);
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw new ClosedException("the answer store " + file + " was closed; open it again");
        }
    }

    private void requireThere() {
        Object now = identity();
        if (identity != null && !identity.equals(now)) {
            throw new EnvironmentException("the answer store " + file
                    + " is another file now: the one that was open was moved or deleted; open it again");
        }
    }

    synchronized Optional<String> find(AnswerKey key) {
        requireOpen();
        try {
            return stored(key);
        } catch (SQLException e) {
            throw FileFault.of(file, e);
        }
    }

    /** Keeps a text, unless there is one under the key; returns the one that is there then. */
    synchronized String keep(AnswerKey key, String text) {
        requireOpen();
        requireThere();
        StoredText stored = StoredText.of(key.bytes(), text);
        try {
            while (!inserted(key, stored)) {
                Optional<String> earlier = stored(key);
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
            unmeasured += stored.bytes().length;
            if (unmeasured >= mostBytes / PARTS) {
                evict();
            }
            return text;
        } catch (SQLException e) {
            throw FileFault.of(file, e);
        }
    }

    private boolean inserted(AnswerKey key, StoredText stored) throws SQLException {
        insert.setBytes(1, key.bytes());
        insert.setBytes(2, stored.bytes());
        insert.setLong(3, stored.checksum());
        return insert.executeUpdate() > 0;
    }

    private Optional<String> stored(AnswerKey key) throws SQLException {
        select.setBytes(1, key.bytes());
        long number;
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            number = row.getLong(1);
            StoredText stored = read(row);
            if (stored.isIntact(key.bytes())) {
                return Optional.of(stored.text());
            }
        }
        drop(key, number);
        return Optional.empty();
    }

    private static StoredText read(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes(2);
        return new StoredText(bytes == null ? new byte[0] : bytes, row.getLong(3));
    }

    private void drop(AnswerKey key, long number) throws SQLException {
        selectByNumber.setLong(1, number);
        try (ResultSet row = selectByNumber.executeQuery()) {
            if (!row.next() || !Arrays.equals(key.bytes(), row.getBytes(1))) {
                throw FileFault.damaged(file, "its index points to the answer of another key");
            }
        }
        delete.setLong(1, number);
        delete.executeUpdate();
        if (!hasTold) {
            hasTold = true;
            LOG.warn(
                    "the answer store {} has a damaged answer, which was dropped and will be asked for again;"
                            + " further ones are dropped without a word",
                    file);
        }
    }

    /** Drops the oldest answers until the rest fits. */
    private void evict() throws SQLException {
        unmeasured = 0;
        try (Statement statement = connection.createStatement()) {
            while (bytes(statement) > mostBytes) {
                long dropped = statement.executeUpdate("DELETE FROM answer WHERE number <= (SELECT min(number)"
                        + " + (max(number) - min(number)) / " + PARTS + " FROM answer)");
                if (dropped == 0) {
                    return;
                }
            }
        }
    }

    private static long bytes(Statement statement) throws SQLException {
        return (number(statement, "PRAGMA page_count") - number(statement, "PRAGMA freelist_count"))
                * number(statement, "PRAGMA page_size");
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            connection.close();
        } catch (SQLException e) {
            throw FileFault.of(file, e);
        }
    }
}
