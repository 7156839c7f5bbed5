package dev.wst.engine.tensor.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.nd4j.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, since a backend loads once. */
class UnpackingPlacesTest {
    @TempDir
    Path directory;

    /** Prints what loading the backend comes to. */
    static final class Load {
        private Load() {}

        public static void main(String[] args) {
            try {
                System.out.println("cpu: " + Backend.isCpu());
            } catch (BackendException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    private String load(String home, String temporary, String... within) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(within));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName()));
        return run(command);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }

    @Test
    void where_nothing_can_be_unpacked_the_message_says_so_and_blames_no_jar() throws Exception {
        String file = Files.createFile(directory.resolve("file")).toString();
        assertThat(load(file, file))
                .contains("refused: no ND4J backend could be loaded", "; native libraries are unpacked")
                .contains("none of [" + file + ", " + file + "] can be written and executed from")
                .doesNotContain("add org.nd4j");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_place_that_is_mounted_without_execution_is_none() throws Exception {
        String place = Files.createDirectory(directory.resolve("place")).toString();
        String[] mounted = {
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o noexec tmpfs " + place + " && exec \"$@\"",
            "sh"
        };
        List<String> nothing = new ArrayList<>(List.of(mounted));
        nothing.addAll(List.of("echo", "mounted"));
        assumeThat(run(nothing)).as("a mount of one's own").isEqualTo("mounted\n");
        assertThat(load(place, place, mounted))
                .contains("none of [" + place + ", " + place + "] can be written and executed from")
                .doesNotContain("add org.nd4j");
    }
}
