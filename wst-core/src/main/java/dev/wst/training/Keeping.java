package dev.wst.training;

import dev.wst.EnvironmentException;
import dev.wst.TeacherPolicy;
import dev.wst.WstException;
import dev.wst.files.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Saves what a run learned, at a second place where the first will not take it.
 *
 * @param replaces whether it takes the place of what the run had learned before it was resumed
 */
record Keeping(TeacherPolicy teacher, boolean replaces) {
    private static final String NAME = "adapter";

    /**
     * Saves the adapter in a run directory, or else in the temporary directory.
     *
     * @throws EnvironmentException if it could not be saved in the run directory; the message names where it is, if anywhere
     */
    void save(Path run) {
        Path wanted = run.resolve(NAME);
        try {
            save(run, wanted);
        } catch (IOException | RuntimeException e) {
            throw elsewhere(wanted, e);
        }
    }

    /** What is replaced stays until the new one is there. */
    private void save(Path run, Path wanted) throws IOException {
        if (!replaces || !Files.exists(wanted)) {
            teacher.save(wanted);
            return;
        }
        Path fresh = run.resolve("." + NAME + "-new");
        Deletion.of(fresh);
        teacher.save(fresh);
        Deletion.of(wanted);
        Files.move(fresh, wanted, StandardCopyOption.ATOMIC_MOVE);
    }

    private EnvironmentException elsewhere(Path wanted, Exception first) {
        String failed = "the adapter could not be saved in " + wanted + " (" + reason(first) + ")";
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path second = Files.createTempDirectory(parent, "wst-adapter-").resolve(NAME);
            teacher.save(second);
            return new EnvironmentException(
                    failed + "; it was saved in " + second + " instead: copy it from there", first);
        } catch (IOException | RuntimeException e) {
            return new EnvironmentException(
                    failed + ", nor under " + parent + " (" + reason(e)
                            + "): what was learned is lost when this process ends; the teacher itself still holds it"
                            + " and can be saved again",
                    first);
        }
    }

    private static String reason(Exception e) {
        return e instanceof WstException ? String.valueOf(e.getMessage()) : e.toString();
    }
}
