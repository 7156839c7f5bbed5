package dev.wst.checkpoint;

import java.nio.file.Path;

/**
 * A checkpoint on the disk.
 *
 * @param path its directory
 */
public record SavedCheckpoint(Path path, Checkpoint checkpoint) {
    static final String TEACHER = "teacher";
    static final String CRITIC = "critic";

    /** What the teacher saved. */
    public Path teacher() {
        return path.resolve(TEACHER);
    }

    /** What the critic saved; not there where there is none. */
    public Path critic() {
        return path.resolve(CRITIC);
    }
}
