package dev.wst.examples.torture;

import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.files.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills short runs at random instants, resumes them, and compares what comes out with a run that nobody disturbed. */
@Command(
        name = "resume",
        description =
                "Kills training runs (kill -9) at random instants and resumes them; metrics (times and cost aside), rollouts and adapter"
                        + " must be, byte for byte, those of a run that was never killed, and no answer may be paid for twice that had come.",
        mixinStandardHelpOptions = true)
public final class ResumeTorture implements Callable<Integer> {
    private static final int ONE_RUN = 10;

    @Option(names = "--kills", description = "default ${DEFAULT-VALUE}")
    private int kills = 200;

    @Option(names = "--seed", description = "of the instants; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--algorithms", split = ",", description = "default ppo,grpo")
    private List<String> algorithms = List.of("ppo", "grpo");

    @Option(names = "--directory", description = "where runs are written; a temporary one unless given")
    private Path directory = Path.of("");

    /** One place for all processes: an adapter names the model that it belongs to. */
    private final Path teacher = EmbeddedPair.teacherFiles();

    private int made;
    private int paidTwice;
    private int differing;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path place = directory.toString().isEmpty() ? Files.createTempDirectory("wst-torture-resume-") : directory;
        SplittableRandom random = new SplittableRandom(seed);
        for (String algorithm : algorithms) {
            Path undisturbed = Files.createDirectories(place.resolve(algorithm + "-undisturbed"));
            Instant start = Instant.now();
            child(undisturbed, algorithm).toEnd();
            Duration whole = Duration.between(start, Instant.now());
            int share = kills * (algorithms.indexOf(algorithm) + 1) / algorithms.size();
            for (int run = 0; made < share; run++) {
                Path killed = Files.createDirectories(place.resolve(algorithm + "-" + run));
                disturb(killed, algorithm, Math.min(ONE_RUN, share - made), whole, random);
                compare(undisturbed, killed);
            }
        }
        System.out.println("torture resume: " + made + " kills, " + differing + " runs with another outcome, "
                + paidTwice + " calls made again that were under way when the process was killed");
        return differing == 0 ? 0 : 1;
    }

    private void disturb(Path where, String algorithm, int times, Duration whole, SplittableRandom random)
            throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            Duration instant = Duration.ofMillis(whole.toMillis() / 4 + random.nextLong(whole.toMillis() / 2));
            if (!child(where, algorithm).killedAfter(instant)) {
                return;
            }
            made++;
        }
        child(where, algorithm).toEnd();
    }

    private MortalProcess child(Path where, String algorithm) {
        return new MortalProcess(where, teacher, algorithm);
    }

    private void compare(Path expected, Path found) throws IOException {
        List<String> faults = new ArrayList<>();
        for (String name : RunOutcome.differing(expected.resolve(MortalRun.RUN), found.resolve(MortalRun.RUN))) {
            faults.add(name + " differs");
        }
        List<String> paid = new Bill(found.resolve(MortalRun.BILL)).all();
        Set<String> asked = new HashSet<>(paid);
        if (!asked.equals(Set.copyOf(new Bill(expected.resolve(MortalRun.BILL)).all()))) {
            faults.add("other questions were asked");
        }
        paidTwice += paid.size() - asked.size();
        if (!faults.isEmpty()) {
            differing++;
            System.out.println("torture resume: " + found + ": " + String.join(", ", faults));
        } else {
            Deletion.of(found);
        }
    }
}
