package dev.wst.examples.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Processes in which many threads share teachers and students that are closed under them. */
@Command(
        name = "threads",
        description = "Threads that write, answer, train, close and load again at random, in a process for each kind of"
                + " kernels; every text must be the one that a single thread gets.",
        mixinStandardHelpOptions = true)
public final class ThreadsTorture implements Callable<Integer> {
    @Option(names = "--seconds", description = "of each process; default ${DEFAULT-VALUE}")
    private int seconds = 60;

    @Option(names = "--threads", description = "default ${DEFAULT-VALUE}")
    private int threads = 16;

    @Option(names = "--kernels", split = ",", description = "default onednn,host")
    private List<String> kernels = List.of("onednn", "host");

    @Option(names = "--seed", description = "of what the threads do; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int failed = 0;
        for (String name : kernels) {
            int code = process(name);
            if (code != 0) {
                System.out.println("torture threads: kernels " + name + ": exit code " + code);
                failed++;
            }
        }
        return failed == 0 ? 0 : 1;
    }

    private int process(String name) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dwst.kernels=" + name,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Swarm.class.getName(),
                        String.valueOf(threads),
                        String.valueOf(seconds),
                        String.valueOf(seed))
                .inheritIO()
                .start()
                .waitFor();
    }
}
