package dev.wst.examples.torture;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.wst.Seed;
import dev.wst.calls.CallLimits;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A student behind a bad network. */
@Command(
        name = "network",
        description =
                "A server on loopback that often refuses, breaks off, dawdles or talks nonsense. Each question must end"
                        + " as its own answer or as the failure that the server made of it, training must come to the same as"
                        + " without faults, and threads, sockets and memory must return to where they were (two threads, two sockets"
                        + " and 16 MB aside).",
        mixinStandardHelpOptions = true)
public final class NetworkTorture implements Callable<Integer> {
    private static final int WARM_UP = 300;
    private static final int TRAINING_PERCENT = 30;

    @Option(names = "--requests", description = "questions at each rate; default ${DEFAULT-VALUE}")
    private int questions = 20_000;

    @Option(names = "--rates", split = ",", description = "percent of tries with a fault; default 0,10,30,60")
    private List<Integer> rates = List.of(0, 10, 30, 60);

    @Option(names = "--calls", description = "most at once; default ${DEFAULT-VALUE}")
    private int concurrency = 128;

    @Option(names = "--retries", description = "of each question; default ${DEFAULT-VALUE}")
    private int retries = 6;

    @Option(names = "--timeout", description = "seconds for each try; default ${DEFAULT-VALUE}")
    private int timeout = 3;

    @Option(names = "--steps", description = "of each training; 0 for none; default ${DEFAULT-VALUE}")
    private int steps = 4;

    @Option(names = "--seed", description = "of the faults; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int failed = 0;
        Footprint cold = Footprint.now();
        new NetworkCalls(faults(TRAINING_PERCENT), WARM_UP, limits()).run();
        Footprint before = cold.awaitReturn();
        for (int rate : rates) {
            failed += calls(rate, before) ? 0 : 1;
        }
        if (steps > 0) {
            failed += training("GRPO", Grpo.defaults().withLearningRate(1e-3)) ? 0 : 1;
            failed += training("PPO", Ppo.defaults().withLearningRate(1e-3)) ? 0 : 1;
        }
        return failed == 0 ? 0 : 1;
    }

    private CallLimits limits() {
        return CallLimits.defaults()
                .withConcurrency(concurrency)
                .withTimeout(Duration.ofSeconds(timeout))
                .withRetries(retries);
    }

    private Faults faults(int percent) {
        return new Faults(new Seed(seed), percent, Fault.values());
    }

    private boolean calls(int rate, Footprint before) throws IOException, InterruptedException {
        NetworkCalls.Outcome outcome = new NetworkCalls(faults(rate), questions, limits()).run();
        Footprint after = before.awaitReturn();
        boolean holds = outcome.holds() && after.isWithin(before);
        System.out.println("torture network: " + rate + " % faults, " + questions + " questions, " + outcome + "; "
                + after.over(before) + (holds ? "" : "; FAILED"));
        return holds;
    }

    /** Retries enough that every question is answered at last. */
    private boolean training(String name, Algorithm algorithm) throws IOException {
        Path directory = Files.createTempDirectory("wst-torture-network");
        CallLimits patient = limits().withRetries(12).withDeadline(Duration.ofHours(1));
        NetworkTraining.Outcome outcome = new NetworkTraining(algorithm, steps, seed, patient)
                .compare(new Faults(new Seed(seed), TRAINING_PERCENT, Fault.passing()), directory);
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
        System.out.println("torture network: " + name + " with " + TRAINING_PERCENT + " % faults, " + outcome
                + (outcome.holds() ? "" : "; FAILED"));
        return outcome.holds();
    }
}
