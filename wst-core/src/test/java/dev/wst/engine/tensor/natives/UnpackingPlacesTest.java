package dev.wst.engine.tensor.natives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.nd4j.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
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

    private String load(String home, String temporary) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName()));
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
                .contains("none of [" + file + ", " + file + "] can be written")
                .doesNotContain("add org.nd4j");
    }
}
