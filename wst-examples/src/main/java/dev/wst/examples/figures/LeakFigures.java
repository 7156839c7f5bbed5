package dev.wst.examples.figures;

import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.rewards.data.TaskFile;
import dev.wst.rewards.guard.LeakDetector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many generated leaks are found, and how many clean instructions are taken for leaks. */
@Command(
        name = "leaks",
        description = "Tries the leak detector on generated instructions for GSM8K and MATH-500.",
        mixinStandardHelpOptions = true)
public final class LeakFigures implements Callable<Integer> {
    @Option(names = "--gsm8k", defaultValue = "../shared/data/gsm8k/test.jsonl", description = "A file of tasks.")
    private Path gsm8k = Path.of("");

    @Option(names = "--math", defaultValue = "../shared/data/math500/test.jsonl", description = "A file of tasks.")
    private Path math = Path.of("");

    @Option(names = "--seed", defaultValue = "17", description = "Default ${DEFAULT-VALUE}.")
    private long seed = 17;

    @Option(names = "--show", defaultValue = "0", description = "How many mistakes of each kind to print.")
    private int show = 0;

    /** How often the detector saw a leak, out of how many. */
    private static final class Count {
        private final List<String> mistakes = new ArrayList<>();
        private int found;
        private int all;

        private double percent() {
            return 100.0 * found / all;
        }
    }

    @Override
    public Integer call() {
        boolean first = run("GSM8K", gsm8k);
        boolean second = run("MATH-500", math);
        return first && second ? 0 : 1;
    }

    private boolean run(String name, Path file) {
        long start = System.nanoTime();
        Map<String, Count> kinds = new TreeMap<>();
        Count leaks = new Count();
        Count clean = new Count();
        for (Task task : TaskFile.read(file)) {
            for (LeakCases.Case made : LeakCases.of(task, new Seed(seed))) {
                boolean found = LeakDetector.standard()
                        .find(task.prompt(), task.reference().orElseThrow(), made.instruction())
                        .isPresent();
                for (Count count : List.of(
                        kinds.computeIfAbsent(made.kind(), kind -> new Count()), made.leaks() ? leaks : clean)) {
                    count.all++;
                    count.found += found ? 1 : 0;
                    if (found != made.leaks()) {
                        count.mistakes.add(
                                task.id() + " [" + task.reference().orElseThrow() + "] " + made.instruction());
                    }
                }
            }
        }
        double each = (System.nanoTime() - start) / 1e6 / (leaks.all + clean.all);
        System.out.printf("%s: %d leaking instructions, %.2f %% found; ", name, leaks.all, leaks.percent());
        System.out.printf("%d clean, %.2f %% false alarms; %.2f ms each%n", clean.all, clean.percent(), each);
        kinds.forEach((kind, count) -> {
            System.out.printf(
                    "  %-20s %5d of %5d seen as leaks (%.2f %%)%n", kind, count.found, count.all, count.percent());
            count.mistakes.stream().limit(show).forEach(mistake -> System.out.println("      " + mistake));
        });
        return leaks.percent() >= 98 && clean.percent() <= 1;
    }
}
