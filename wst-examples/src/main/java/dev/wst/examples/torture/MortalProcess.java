package dev.wst.examples.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of {@link MortalRun}.
 *
 * @param where the directory of run, bill and output
 */
record MortalProcess(Path where, Path teacher, String algorithm) {
    private static final String OUTPUT = "output.txt";

    void toEnd() throws IOException, InterruptedException {
        end(start(List.of()));
    }

    /** Whether there was something left to kill. */
    boolean killedAfter(Duration time) throws IOException, InterruptedException {
        Process process = start(List.of());
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            end(process);
            return false;
        }
        process.destroyForcibly().waitFor();
        return true;
    }

    private static void end(Process process) throws InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("a run ended with exit code " + code);
        }
    }

    /** @param within a command that runs the command given to it */
    Process start(List<String> within) throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                MortalRun.class.getName(),
                where.toString(),
                teacher.toString(),
                algorithm));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
    }

    String said() throws IOException {
        return Files.readString(output());
    }

    private Path output() {
        return where.resolve(OUTPUT);
    }
}
