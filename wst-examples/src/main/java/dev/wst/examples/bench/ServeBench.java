package dev.wst.examples.bench;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rewards.data.TaskFile;
import dev.wst.serving.ServedTeacher;
import dev.wst.teacher.FrozenTeacher;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a served teacher adds to a request. Callers ask one question after the other, each another one, so that nothing is found
 * among the instructions that are kept; beside that, what the engine makes of batches as large with nothing in between.
 */
@Command(
        name = "serve",
        description = "Times the instructions of a served teacher, by how many callers ask at once.",
        mixinStandardHelpOptions = true)
final class ServeBench implements Callable<Integer> {
    private static final String EMBEDDED = "embedded";
    private static final int QUESTIONS = 20_000;
    private static final double NANOS_OF_SECOND = 1e9;

    @Option(
            names = "--teacher",
            paramLabel = "embedded|FILE.gguf|DIR",
            description = "the base model; default ${DEFAULT-VALUE}")
    private String teacher = EMBEDDED;

    @Option(names = "--adapter", paramLabel = "DIR", description = "of a run; a fresh one of rank 16 unless given")
    private Optional<Path> adapter = Optional.empty();

    @Option(names = "--callers", split = ",", description = "at once; default 1,8,64")
    private List<Integer> callers = List.of(1, 8, 64);

    @Option(
            names = "--seconds",
            description = "of each measurement, after as long to warm up; default ${DEFAULT-VALUE}")
    private int seconds = 10;

    @Option(names = "--tokens", description = "longest instruction; default ${DEFAULT-VALUE}")
    private int tokens = 24;

    @Option(
            names = "--precision",
            paramLabel = "FP32|TF32|BF16|INT8",
            description = "of frozen weights; the faster one unless given")
    private Optional<Precision> precision = Optional.empty();

    @Option(
            names = "--tasks",
            paramLabel = "FILE.jsonl",
            description =
                    "questions to ask, in their order, those that the teacher is for; the embedded pair's unless given")
    private Optional<Path> tasks = Optional.empty();

    /** The pair's are more than a measurement asks, so that none comes twice. */
    private List<String> questions = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        questions = tasks.map(TaskFile::read).orElseGet(() -> EmbeddedPair.heldOut(QUESTIONS, 1)).stream()
                .map(Task::prompt)
                .toList();
        int together = callers.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (questions.size() <= together) {
            throw new IllegalArgumentException("--tasks has " + questions.size() + " questions; " + together
                    + " callers need more, and a measurement thousands if none is to come twice");
        }
        Path base = teacher.equals(EMBEDDED) ? EmbeddedPair.teacherFiles() : Path.of(teacher);
        Path made = Files.createTempDirectory("wst-bench");
        try {
            Path chosen = adapter.isPresent() ? adapter.get() : fresh(base, made.resolve("adapter"));
            for (int most : callers) {
                measure(base, chosen, most);
            }
        } finally {
            MoreFiles.deleteRecursively(made, RecursiveDeleteOption.ALLOW_INSECURE);
        }
        return 0;
    }

    /** It computes as much as a trained one. */
    private Path fresh(Path base, Path directory) {
        TeacherPrompt prompt = teacher.equals(EMBEDDED) ? EmbeddedPair.prompt() : TeacherPrompt.defaults();
        try (TransformerTeacher untrained =
                TransformerTeacher.builder(base).prompt(prompt).build()) {
            untrained.save(directory);
        }
        return directory;
    }

    private void measure(Path base, Path chosen, int most) throws InterruptedException, ExecutionException {
        Line line = new Line("serve")
                .put("teacher", teacher)
                .put("callers", most)
                .put("seconds", seconds)
                .put("tokens", tokens);
        ServedTeacher.Builder builder = ServedTeacher.builder(base)
                .adapter(chosen)
                .sampling(Sampling.greedy(tokens))
                .instructionsKept(0);
        precision.ifPresent(builder::precision);
        try (ServedTeacher served = builder.build()) {
            AtomicInteger next = new AtomicInteger();
            Callable<?> ask = () -> served.instructionFor(questions.get(next.getAndIncrement() % questions.size()));
            Callers all = new Callers(most, seconds);
            all.time(ask);
            Optional<Duration> before = processorTime();
            Callers.Times times = all.time(ask);
            line.put("p50_ms", times.quantile(0.5)).put("p99_ms", times.quantile(0.99));
            // Hardly another beside other work, unlike the rest.
            before.ifPresent(begun -> line.put(
                    "processor_ms_per_instruction",
                    (double) processorTime().orElse(begun).minus(begun).toMillis() / times.count()));
            line.put("instructions_per_second", (double) times.count() / seconds);
        }
        line.put("engine_instructions_per_second", engine(base, chosen, most)).print();
    }

    /** What this process has taken of its processors; empty where the system does not say. */
    private static Optional<Duration> processorTime() {
        return ProcessHandle.current().info().totalCpuDuration();
    }

    private long end() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private double engine(Path base, Path chosen, int most) {
        try (FrozenTeacher engine = FrozenTeacher.open(base, precision)) {
            FrozenTeacher.Adapter loaded = engine.adapter(chosen, Optional.empty());
            write(engine, loaded, most);
            long start = System.nanoTime();
            int written = write(engine, loaded, most);
            return written / ((System.nanoTime() - start) / NANOS_OF_SECOND);
        }
    }

    /** How many were written. */
    private int write(FrozenTeacher engine, FrozenTeacher.Adapter loaded, int most) {
        long end = end();
        int written = 0;
        while (System.nanoTime() < end) {
            int from = written % (questions.size() - most);
            engine.write(loaded, questions.subList(from, from + most), Sampling.greedy(tokens), new Seed(0));
            written += most;
        }
        return written;
    }
}
