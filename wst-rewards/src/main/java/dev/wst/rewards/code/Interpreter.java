package dev.wst.rewards.code;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where Python is, and how to start a process in namespaces of its own. */
final class Interpreter {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ASK = "import os, sys; assert sys.version_info >= (3, 8) and os.name == 'posix',"
            + " sys.version; print(sys.executable)";

    private Interpreter() {}

    /**
     * The interpreter's real path: what stands on the path may be a script that picks one.
     *
     * @throws CodeExecutorException if there is none that answers
     */
    static String find(@Nullable Path wanted) {
        String command = wanted == null
                ? onPath("python3")
                        .orElseThrow(
                                () -> new CodeExecutorException("there is no python3 on the path; install Python 3.8"
                                        + " or later, or name an interpreter"))
                : wanted.toString();
        try {
            Process process = new ProcessBuilder(command, "-I", "-c", ASK)
                    .redirectErrorStream(true)
                    .start();
            try (Watch watch = Watch.over(process, PATIENCE)) {
                process.getOutputStream().close();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (watch.await() != 0 || said.isEmpty()) {
                    throw new CodeExecutorException(command + " is no Python 3.8 or later on a POSIX system: " + said);
                }
                return said;
            }
        } catch (IOException e) {
            throw new CodeExecutorException("Python cannot be started: " + e.getMessage(), e);
        }
    }

    /** Ways to start the cell, the best protected first; the plain one last. */
    static List<List<String>> launchers() {
        List<String> plain = List.of();
        return onPath("unshare")
                .map(unshare -> List.of(namespaces(unshare), plain))
                .orElse(List.of(plain));
    }

    private static List<String> namespaces(String unshare) {
        return List.of(
                unshare,
                "--user",
                "--map-root-user",
                "--mount",
                "--net",
                "--pid",
                "--ipc",
                "--uts",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "--");
    }

    private static Optional<String> onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, program).toAbsolutePath())
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
