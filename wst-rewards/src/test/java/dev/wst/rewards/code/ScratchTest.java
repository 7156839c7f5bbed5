package dev.wst.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @Test
    void directories_nested_beyond_the_longest_path_are_removed() throws Exception {
        Scratch scratch = Scratch.create();
        Process nesting = new ProcessBuilder(python(), "-c", """
                import os
                for turn in range(60):
                    os.mkdir('d' * 200)
                    os.chdir('d' * 200)
                    open('file', 'w').close()
                """)
                .directory(scratch.directory().toFile())
                .start();
        assertThat(nesting.waitFor()).isZero();
        scratch.close();
        assertThat(scratch.directory()).doesNotExist();
    }

    private static String python() {
        try {
            return Interpreter.find(null);
        } catch (CodeExecutorException e) {
            return Assumptions.abort("skipped: " + e.getMessage());
        }
    }

    @Test
    void what_is_closed_against_reading_is_removed_and_links_are_not_followed(@TempDir Path outside)
            throws IOException {
        Path kept = Files.writeString(outside.resolve("kept"), "x");
        Scratch scratch = Scratch.create();
        Path closed = Files.createDirectories(scratch.directory().resolve("a/b"));
        Files.writeString(closed.resolve("file"), "x");
        Files.createSymbolicLink(scratch.directory().resolve("a/link"), outside);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        scratch.close();
        assertThat(scratch.directory()).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void what_cannot_be_removed_ends_nothing(@TempDir Path outside) {
        new Scratch(outside.resolve("gone already")).close();
        assertThat(outside).isEmptyDirectory();
    }
}
