package dev.wst.examples.torture;

import dev.wst.files.Deletion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Runs whose disk is full, read-only or gone; each must say so by a file's name, and go on when the disk is well again. */
record FailingDisks(Path place, Path teacher, String algorithm, Path expected) {
    /** In blocks of 1,024 bytes: what a shell's {@code ulimit -f} takes. */
    private static final List<Integer> LARGEST_FILES = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024);

    /** A mount of the process's own, where the system allows it to a user. */
    private static final List<String> OWN_MOUNTS = List.of("unshare", "--map-root-user", "--mount");

    void run(BiConsumer<String, String> outcomes) throws IOException, InterruptedException {
        for (int blocks : LARGEST_FILES) {
            // A write past the limit is then an error, not a signal.
            List<String> limited = shell("trap '' XFSZ; ulimit -f " + blocks);
            outcomes.accept("files up to " + blocks + " KB", failsAndGoesOn(limited));
        }
        if (mayMount()) {
            List<String> readOnly = new ArrayList<>(OWN_MOUNTS);
            readOnly.addAll(shell("mount --bind " + where() + " " + where() + "; mount -o remount,ro,bind " + where()));
            outcomes.accept("read-only", failsAndGoesOn(readOnly));
        } else {
            outcomes.accept("read-only", "left out: no mounts here");
        }
        outcomes.accept("deleted while it ran", deleted());
    }

    private Path where() {
        return place.resolve("disk");
    }

    private MortalProcess process() throws IOException {
        Files.createDirectories(where());
        return new MortalProcess(where(), teacher, algorithm);
    }

    private static List<String> shell(String before) {
        return List.of("sh", "-c", before + "; exec \"$0\" \"$@\"");
    }

    private static boolean mayMount() throws InterruptedException {
        List<String> command = new ArrayList<>(OWN_MOUNTS);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String failsAndGoesOn(List<String> within) throws IOException, InterruptedException {
        try {
            MortalProcess process = process();
            int code = process.start(within).waitFor();
            if (code == 0) {
                return outcome("was not reached");
            }
            String said = process.said();
            if (!names(said)) {
                return "FAILED: " + said;
            }
            process.toEnd();
            return outcome("said so and went on");
        } finally {
            Deletion.of(where());
        }
    }

    private String outcome(String well) throws IOException {
        List<String> differing = RunOutcome.differing(expected, where().resolve(MortalRun.RUN));
        return differing.isEmpty() ? well : "FAILED: " + differing;
    }

    /** Whether what ended the process was an exception of the library's that names a place on the disk. */
    private boolean names(String said) {
        return said.lines()
                .filter(line -> line.startsWith("Exception in thread"))
                .anyMatch(line -> line.contains("dev.wst.") && line.contains(where().toString()));
    }

    private String deleted() throws IOException, InterruptedException {
        MortalProcess process = process();
        Path run = where().resolve(MortalRun.RUN);
        Process running = process.start(List.of());
        while (running.isAlive() && !Files.exists(run.resolve(RunOutcome.METRICS))) {
            Thread.sleep(5);
        }
        deleteUnderWay(run);
        int code = running.waitFor();
        String said = process.said();
        boolean again = Files.exists(run);
        Deletion.of(where());
        if (again) {
            return "FAILED: a part of a run directory was written: " + said;
        }
        return code != 0 && names(said) ? "said so" : "FAILED: exit code " + code + ": " + said;
    }

    /** The process may be writing into it. */
    private static void deleteUnderWay(Path run) throws InterruptedException {
        while (Files.exists(run)) {
            try {
                Deletion.of(run);
            } catch (UncheckedIOException | IOException e) {
                Thread.sleep(1);
            }
        }
    }
}
