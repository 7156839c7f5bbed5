package dev.wst.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResumeTortureTest {
    @TempDir
    Path directory;

    @Test
    void runs_that_were_killed_end_like_one_that_was_not() {
        int code = new CommandLine(new ResumeTorture())
                .execute("--kills", "1", "--algorithms", "grpo", "--directory", directory.toString());
        assertThat(code).isZero();
        assertThat(directory).isDirectoryContaining(path -> path.endsWith("grpo-undisturbed"));
    }
}
