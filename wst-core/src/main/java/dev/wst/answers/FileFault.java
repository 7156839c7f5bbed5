package dev.wst.answers;

import dev.wst.EnvironmentException;
import java.nio.file.Path;
import java.sql.SQLException;

/** What SQLite complains of (sqlite.org/rescode.html), as something that a user can repair. */
final class FileFault {
    private static final int ERROR = 1;
    private static final int BUSY = 5;
    private static final int READ_ONLY = 8;
    private static final int IO_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int NOT_A_DATABASE = 26;
    private static final int PRIMARY = 0xFF;

    private FileFault() {}

    /** Whether somebody else is at the file. */
    static boolean isBusy(SQLException e) {
        return (e.getErrorCode() & PRIMARY) == BUSY;
    }

    static EnvironmentException of(Path file, SQLException e) {
        String repair = switch (e.getErrorCode() & PRIMARY) {
            // The statements are right, so an error in one means that the file does not hold the tables it should.
            case ERROR, CORRUPT, NOT_A_DATABASE -> {
                yield "is damaged; move it away, with the files of the same name that end in -wal and -shm, and its"
                        + " answers will be asked for again";
            }
            case BUSY -> "was locked by another process for too long; end that process or try again";
            case READ_ONLY, CANNOT_OPEN -> "cannot be written; make it and its directory writable";
            case FULL -> "cannot grow, the disk is full; make room";
            case IO_ERROR -> "cannot be read or written; look at the disk";
            default -> "cannot be used";
        };
        return new EnvironmentException("the answer store " + file + " " + repair + " (" + e.getMessage() + ")", e);
    }

    static EnvironmentException damaged(Path file, String what) {
        return of(file, new SQLException(what, null, CORRUPT));
    }
}
