package dev.wst.examples.bench;

import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.engine.model.Continuation;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.nn.LoraConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writing in lock-step. The prompts are random tokens, so that every program that is compared reads the same work. */
@Command(
        name = "rollout",
        description = "Times the writing of prompts x samples texts.",
        mixinStandardHelpOptions = true)
final class RolloutBench implements Callable<Integer> {
    /** Ordinary words: the first ids of a vocabulary are control tokens. */
    private static final int FIRST_WORD = 100;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--prompts", defaultValue = "8")
    private int prompts = 8;

    @Option(names = "--prompt-tokens", defaultValue = "96", description = "length of each prompt")
    private int promptTokens = 96;

    @Option(names = "--samples", defaultValue = "8")
    private int samples = 8;

    @Option(names = "--tokens", defaultValue = "64", description = "tokens of each text")
    private int tokens = 64;

    @Option(names = "--runs", defaultValue = "3")
    private int runs = 3;

    @Option(
            names = "--adapters",
            description = "with low-rank adapters (rank 16, all layers), as a teacher in training")
    private boolean adapters;

    @Option(
            names = "--precision",
            paramLabel = "FP32|TF32|BF16|INT8",
            description = "of frozen weights; the faster one unless given")
    private Optional<Precision> precision = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "N|none",
            description =
                    "the card to compute on, or none for the processor; the first card, if there is one, unless given")
    private Optional<String> device = Optional.empty();

    @Override
    public Integer call() throws IOException {
        device.ifPresent(chosen -> System.setProperty("wst.device", chosen));
        try (ModelOptions.Place place = model.open(new Work(prompts, 1))) {
            measure(place.path());
        }
        return 0;
    }

    private void measure(Path files) {
        ClockedKernels clock = new ClockedKernels(KernelChoice.best(precision));
        try (LanguageModel loaded = LanguageModel.open(files, clock.kernels())) {
            if (adapters) {
                loaded.decoder().adapt(new LoraConfig(16, 32, Set.copyOf(LoraConfig.ALL_LINEAR)), 1);
            }
            List<int[]> work = work(loaded.config().decoder().vocabulary());
            Sampling sampling = Sampling.defaults().withMaxTokens(tokens);
            double[] rates = new double[runs];
            double[] seconds = new double[runs];
            for (int run = -1; run < runs; run++) {
                if (run == 0) {
                    clock.restart();
                }
                long first = (long) run * work.size();
                long[] seeds = LongStream.range(first, first + work.size()).toArray();
                long start = System.nanoTime();
                List<Continuation> written = loaded.generate(work, sampling, seeds, adapters);
                double took = (System.nanoTime() - start) / 1e9;
                int count = written.stream().mapToInt(w -> w.tokens().length).sum();
                if (run >= 0) {
                    seconds[run] = took;
                    rates[run] = count / took;
                }
            }
            Line line = new Line("rollout")
                    .put("sequences", work.size())
                    .put("prompt_tokens", promptTokens)
                    .put("adapters", Boolean.toString(adapters))
                    .put("seconds", Line.median(seconds))
                    .put("tokens_per_second", Line.median(rates));
            clock.report(line, Arrays.stream(seconds).sum());
            line.put("memory_gb", Memory.byPart(loaded.decoder().memory())).print();
        }
    }

    private List<int[]> work(int vocabulary) {
        SplittableRandom random = new SplittableRandom(1);
        List<int[]> work = new ArrayList<>();
        for (int i = 0; i < prompts; i++) {
            int[] prompt = IntStream.generate(() -> random.nextInt(FIRST_WORD, vocabulary))
                    .limit(promptTokens)
                    .toArray();
            for (int g = 0; g < samples; g++) {
                work.add(prompt);
            }
        }
        return work;
    }
}
