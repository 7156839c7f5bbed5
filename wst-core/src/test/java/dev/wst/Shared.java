package dev.wst;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Big files that a clone does not have: tests that need them are skipped where they are absent. */
public final class Shared {
    private Shared() {}

    public static Path file(String name) {
        Path path = Path.of(System.getProperty("wst.shared", "absent")).resolve(name);
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: this test needs " + name + ", which is not here");
        return path;
    }
}
