package dev.wst.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals to a process of its own. */
@Timeout(60)
class InterruptOnExitTest {
    @BeforeEach
    void onlyWhereSignalsAreSentByKill() {
        Assumptions.assumeTrue(Files.exists(Path.of("/bin/kill")), "skipped: no /bin/kill on this system");
    }

    /** Work that takes two seconds to put away what it has, or, with an argument, never ends. */
    static final class Working {
        private Working() {}

        @SuppressWarnings("ThreadPriorityCheck")
        public static void main(String[] args) {
            System.exit(InterruptOnExit.during(() -> {
                System.out.println("working");
                while (args.length > 0 || !Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                System.out.println("saved");
                return 0;
            }));
        }
    }

    private static Process start(String... args) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Working.class.getName());
        command.command().addAll(List.of(args));
        return command.redirectErrorStream(true).start();
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String awaitLine(BufferedReader out, String start) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(start)) {
            line = out.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void a_process_told_to_end_waits_until_its_work_is_put_away() throws IOException, InterruptedException {
        Process process = start();
        try (BufferedReader out = process.inputReader()) {
            awaitLine(out, "working");
            send("TERM", process);
            assertThat(awaitLine(out, "stopping")).contains("saving what was learned");
            assertThat(awaitLine(out, "saved")).isEqualTo("saved");
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A shell's background jobs are born deaf to it, and so are their children. */
    private static boolean hearsCtrlC() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                || Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .noneMatch(line -> (Long.parseUnsignedLong(
                                                line.substring("SigIgn:".length())
                                                        .strip(),
                                                16)
                                        & 2)
                                != 0);
    }

    @Test
    void a_second_signal_ends_it_at_once() throws IOException, InterruptedException {
        Assumptions.assumeTrue(hearsCtrlC(), "skipped: Ctrl-C is ignored by this process and its children");
        Process process = start("forever");
        try (BufferedReader out = process.inputReader()) {
            awaitLine(out, "working");
            send("TERM", process);
            awaitLine(out, "stopping");
            send("INT", process);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
    }
}
