package dev.wst.examples.figures;

import dev.wst.Task;
import dev.wst.rewards.code.CodeTask;
import dev.wst.rewards.code.CodeVerdict;
import dev.wst.rewards.code.CodeVerdict.Outcome;
import dev.wst.rewards.code.HumanEval;
import dev.wst.rewards.code.Limits;
import dev.wst.rewards.code.Mbpp;
import dev.wst.rewards.code.PythonExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many published solutions pass, and whether any cheating program does. */
@Command(
        name = "code",
        description = "Runs the published solutions of HumanEval and MBPP, and programs that cheat.",
        mixinStandardHelpOptions = true)
public final class CodeFigures implements Callable<Integer> {
    /** Where a constant answer passes nothing; 32 has a helper in its tests, which cheats try to replace. */
    private static final List<String> CHEATED = List.of("HumanEval/0", "HumanEval/32", "HumanEval/33", "MBPP/2");

    @Option(names = "--humaneval", defaultValue = "../shared/data/humaneval/HumanEval.jsonl", description = "Its file.")
    private Path humanEval = Path.of("");

    @Option(names = "--mbpp", defaultValue = "../shared/data/mbpp/mbpp.jsonl", description = "Its file.")
    private Path mbpp = Path.of("");

    @Option(
            names = "--cheats",
            defaultValue = "../wst-rewards/src/test/resources/dev/wst/rewards/code/cheats",
            description = "A directory of programs that try to pass without solving, ENTRY being the function's name.")
    private Path cheats = Path.of("");

    @Option(names = "--concurrency", defaultValue = "2", description = "Programs at once; default ${DEFAULT-VALUE}.")
    private int concurrency = 2;

    @Option(names = "--seconds", defaultValue = "60", description = "For each program; default ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Override
    public Integer call() throws IOException {
        PythonExecutor python = PythonExecutor.builder()
                .concurrency(concurrency)
                .limits(Limits.defaults()
                        .withWallClock(Duration.ofSeconds(seconds))
                        .withCpu(Duration.ofSeconds(seconds)))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        try {
            System.out.println("barriers in force: " + python.barriers());
            List<Task> first = HumanEval.read(humanEval);
            List<Task> second = Mbpp.read(mbpp);
            boolean all = solutions("HumanEval", first, python, threads);
            boolean allOfMbpp = solutions("MBPP", second, python, threads);
            boolean none = noneCheats(List.of(first, second), python);
            return all && allOfMbpp && none ? 0 : 1;
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean solutions(String name, List<Task> tasks, PythonExecutor python, ExecutorService threads) {
        long start = System.nanoTime();
        List<CompletableFuture<CodeVerdict>> verdicts = tasks.stream()
                .map(task -> CompletableFuture.supplyAsync(
                        () -> python.execute(
                                CodeTask.of(task).submission(task.reference().orElseThrow())),
                        threads))
                .toList();
        int passed = 0;
        for (int i = 0; i < tasks.size(); i++) {
            CodeVerdict verdict = verdicts.get(i).join();
            if (verdict.outcome() == Outcome.PASSED) {
                passed++;
            } else {
                System.out.println("  " + tasks.get(i).id() + " " + verdict.outcome() + " " + verdict.detail());
            }
        }
        double each = (System.nanoTime() - start) / 1e6 / tasks.size();
        System.out.printf("%s: %d of %d published solutions pass, %.0f ms each%n", name, passed, tasks.size(), each);
        return passed == tasks.size();
    }

    private boolean noneCheats(List<List<Task>> sets, PythonExecutor python) throws IOException {
        List<Task> tasks = sets.stream()
                .flatMap(List::stream)
                .filter(task -> CHEATED.contains(task.id()))
                .toList();
        List<Path> programs;
        try (Stream<Path> files = Files.list(cheats)) {
            programs = files.sorted().toList();
        }
        int passed = 0;
        for (Path program : programs) {
            String source = Files.readString(program);
            Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
            for (Task task : tasks) {
                CodeTask code = CodeTask.of(task);
                Outcome outcome = python.execute(code.submission(source.replace("ENTRY", code.entryPoint())))
                        .outcome();
                outcomes.merge(outcome, 1, Integer::sum);
            }
            passed += outcomes.getOrDefault(Outcome.PASSED, 0);
            System.out.printf("  %-28s %s%n", program.getFileName(), outcomes);
        }
        System.out.printf("%d cheating programs on %d tasks: %d pass%n", programs.size(), tasks.size(), passed);
        return passed == 0;
    }
}
