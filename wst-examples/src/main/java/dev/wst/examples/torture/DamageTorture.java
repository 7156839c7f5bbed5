package dev.wst.examples.torture;

import dev.wst.WstException;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.files.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Damages the files of a run that was killed, and takes its disk away while it writes. */
@Command(
        name = "damage",
        description =
                "Damages every file of a killed run in turn (flipped bits, cut, deleted) and resumes it: it must end as if nothing had"
                        + " been damaged, or be refused with a message that names the file and leave every other as it was. Then runs on disks"
                        + " that are full, deleted or read-only: each must end with a message that names a file, and go on afterwards.",
        mixinStandardHelpOptions = true)
public final class DamageTorture implements Callable<Integer> {
    @Option(names = "--flips", description = "flipped bits a file, one at a time; default ${DEFAULT-VALUE}")
    private int flips = 3;

    @Option(names = "--files", description = "only files whose path contains this")
    private String files = "";

    @Option(names = "--algorithm", description = "ppo or grpo; default ${DEFAULT-VALUE}")
    private String algorithm = "ppo";

    @Option(names = "--without-disks", description = "leave out disks that fail")
    private boolean withoutDisks;

    @Option(names = "--seed", description = "of the damage; default ${DEFAULT-VALUE}")
    private long seed = 1;

    private final Path teacher = EmbeddedPair.teacherFiles();
    private final Map<String, Integer> counts = new TreeMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path place = Files.createTempDirectory("wst-torture-damage-");
        Path undisturbed = Files.createDirectories(place.resolve("undisturbed"));
        new MortalProcess(undisturbed, teacher, algorithm).toEnd();
        Path expected = undisturbed.resolve(MortalRun.RUN);
        SplittableRandom random = new SplittableRandom(seed);
        for (Path file : filesOf(killed(place))) {
            if (file.toString().contains(files)) {
                for (int i = 0; i < flips; i++) {
                    damage(place, file, Damage.FLIPPED_BYTE, expected, random.split());
                }
                damage(place, file, Damage.CUT, expected, random.split());
                damage(place, file, Damage.DELETED, expected, random.split());
            }
        }
        if (!withoutDisks) {
            new FailingDisks(place, teacher, algorithm, expected).run(this::count);
        }
        System.out.println("torture damage: " + algorithm + ": " + counts);
        Deletion.of(place);
        return counts.keySet().stream().anyMatch(name -> name.startsWith("FAILED")) ? 1 : 0;
    }

    /** A run that was killed after its third step. */
    private Path killed(Path place) throws IOException, InterruptedException {
        Path where = Files.createDirectories(place.resolve("killed"));
        Path metrics = where.resolve(MortalRun.RUN).resolve(RunOutcome.METRICS);
        Process process = new MortalProcess(where, teacher, algorithm).start(List.of());
        while (process.isAlive()
                && (!Files.exists(metrics) || Files.readAllLines(metrics).size() < 4)) {
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        return where;
    }

    private static List<Path> filesOf(Path where) throws IOException {
        Path run = where.resolve(MortalRun.RUN);
        try (Stream<Path> all = Files.walk(run)) {
            return all.filter(path -> Files.isRegularFile(path))
                    .filter(path -> path.toFile().length() > 0)
                    .map(run::relativize)
                    .sorted()
                    .toList();
        }
    }

    private void damage(Path place, Path file, Damage damage, Path expected, SplittableRandom random)
            throws IOException {
        Path copy = place.resolve("damaged");
        Copies.of(place.resolve("killed"), copy);
        Path run = copy.resolve(MortalRun.RUN);
        damage.to(run.resolve(file), random);
        Map<Path, Integer> before = Copies.hashes(run);
        String what = damage + " " + file;
        try {
            MortalRun.go(copy, teacher, algorithm);
            List<String> differing = new ArrayList<>(RunOutcome.differing(expected, run));
            differing.remove(file.toString());
            count(what, differing.isEmpty() ? "went on" : "FAILED: " + differing);
        } catch (WstException e) {
            count(what, refusal(file, e, before.equals(Copies.hashes(run))));
        } catch (RuntimeException e) {
            count(what, "FAILED: " + e);
        }
        Deletion.of(copy);
    }

    private static String refusal(Path file, WstException refusal, boolean untouched) {
        if (!untouched) {
            return "FAILED: refused, but other files were changed: " + refusal;
        }
        return String.valueOf(refusal.getMessage()).contains(file.getFileName().toString())
                ? "refused by name"
                : "FAILED: refused without the file's name: " + refusal;
    }

    private void count(String what, String outcome) {
        counts.merge(outcome.startsWith("FAILED") ? "FAILED" : outcome, 1, Integer::sum);
        System.out.println("torture damage: " + what + ": " + outcome);
    }
}
