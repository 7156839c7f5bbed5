package dev.wst.examples.bench;

import dev.wst.Advice;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.tensor.KernelChoice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writing instructions in lock-step. */
@Command(
        name = "rollout",
        description = "Times the writing of prompts x samples texts.",
        mixinStandardHelpOptions = true)
final class RolloutBench implements Callable<Integer> {
    @Option(names = "--teacher", required = true, description = "a GGUF file or a Hugging Face directory")
    private Path teacher = Path.of("");

    @Option(names = "--prompts", defaultValue = "8")
    private int prompts = 8;

    @Option(names = "--samples", defaultValue = "8")
    private int samples = 8;

    @Option(names = "--tokens", defaultValue = "64", description = "tokens of each text")
    private int tokens = 64;

    @Option(names = "--runs", defaultValue = "3")
    private int runs = 3;

    @Override
    public Integer call() {
        Work work = new Work(prompts, samples);
        ClockedKernels clock = new ClockedKernels(KernelChoice.best());
        try (TransformerTeacher loaded =
                TransformerTeacher.builder(teacher).kernels(clock.kernels()).build()) {
            Sampling sampling = Sampling.defaults().withMaxTokens(tokens);
            double[] rates = new double[runs];
            double[] seconds = new double[runs];
            for (int run = -1; run < runs; run++) {
                if (run == 0) {
                    clock.restart();
                }
                long start = System.nanoTime();
                List<Advice> written = loaded.write(work.attempts(), sampling, new Seed(run));
                double took = (System.nanoTime() - start) / 1e9;
                int count = written.stream()
                        .mapToInt(a -> a.instruction().tokenCount())
                        .sum();
                if (run >= 0) {
                    seconds[run] = took;
                    rates[run] = count / took;
                }
            }
            Line line = new Line("rollout")
                    .put("sequences", work.attempts().size())
                    .put("seconds", Line.median(seconds))
                    .put("tokens_per_second", Line.median(rates));
            clock.report(line, Arrays.stream(seconds).sum());
            line.print();
        }
        return 0;
    }
}
