package dev.wst.answers;

import static dev.wst.answers.StoreWriter.key;
import static dev.wst.answers.StoreWriter.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.engine.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes at one file: several at once, one that is killed, one on a full disk. */
class TwoProcessesTest {
    private final OtherJvm writer = new OtherJvm(StoreWriter.class);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void file() {
        file = directory.resolve("answers.sqlite");
    }

    /** The numbers that a writer said it had kept. */
    private static List<Integer> kept(Path out) throws IOException {
        return Files.readString(out)
                .lines()
                .filter(line -> line.startsWith("kept ") && line.endsWith(" ."))
                .map(line -> Integer.valueOf(line.split(" ", -1)[1]))
                .toList();
    }

    private void assertFound(List<Integer> numbers) {
        try (AnswerStore store = AnswerStore.open(file)) {
            for (int i : numbers) {
                assertThat(store.find(key(i))).as("%d", i).contains(text(i));
            }
        }
    }

    @Test
    void two_processes_write_one_file() throws IOException, InterruptedException {
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        Process first = writer.start(one, file.toString(), "0", "1500");
        Process second = writer.start(other, file.toString(), "1000", "1500");
        assertThat(first.waitFor()).as(() -> read(one)).isZero();
        assertThat(second.waitFor()).as(() -> read(other)).isZero();
        assertThat(kept(one)).hasSize(1500);
        assertFound(kept(one));
        assertFound(kept(other));
    }

    @Test
    void what_a_killed_process_said_it_kept_is_there() throws IOException, InterruptedException {
        for (int kill = 0; kill < 4; kill++) {
            Path out = directory.resolve("out" + kill);
            Process process = writer.start(out, file.toString(), Integer.toString(kill * 100_000), "100000");
            int before = 50 + 900 * kill;
            while (kept(out).size() < before && process.isAlive()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(7));
            }
            process.destroyForcibly().waitFor();
            assertThat(kept(out)).hasSizeGreaterThanOrEqualTo(before);
            assertFound(kept(out));
        }
    }

    @Test
    void a_full_disk_is_told_and_loses_nothing() throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        int code = writer.filesUpTo(8192)
                .start(out, file.toString(), "0", "100000")
                .waitFor();
        assertThat(code).as(read(out)).isEqualTo(1);
        assertThat(read(out)).contains("dev.wst.EnvironmentException: the answer store " + file + " cannot ");
        assertThat(kept(out)).hasSizeGreaterThan(100);
        assertFound(kept(out));
    }

    private static String read(Path out) {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
