package dev.wst.examples.pair;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Precision;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.nn.AdamW;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.Kept;
import dev.wst.engine.nn.PackedBatch;
import dev.wst.engine.nn.SequenceLoss;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tokenizer.Tokenizer;
import dev.wst.files.AtomicDirectory;
import dev.wst.engine.weights.DecoderConfig;
import dev.wst.engine.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Makes the pair: trains both models from nothing on texts drawn as they go, by next-token likelihood, and writes them as
 * Hugging Face directories. {@code MakePair DIRECTORY SEED}; a few minutes on two cores.
 */
public final class MakePair {
    private static final int BATCH = 64;
    private static final List<Kind> KINDS = List.of(Kind.values());

    /** A model's size and how long it is trained. */
    private record Size(int width, int heads, int ffn, int layers, int steps, double rate) {}

    /** A prompt and what follows it. */
    private record Text(String prompt, String continuation) {}

    private final Vocabulary vocabulary = new Vocabulary();
    private final Path target;

    private MakePair(Path target) {
        this.target = target;
    }

    /** Trains and writes both. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: MakePair DIRECTORY SEED");
        }
        MakePair maker = new MakePair(Path.of(args[0]));
        long seed = Long.parseLong(args[1]);
        maker.make("teacher", new Size(64, 2, 128, 2, 600, 3e-3), seed, MakePair::instruction);
        maker.make("student", new Size(96, 3, 256, 4, 4000, 2e-3), seed + 1, maker::answer);
    }

    /** A question of any kind, and an instruction of any kind: the teacher starts without an idea. */
    private static Text instruction(SplittableRandom random) {
        Puzzle puzzle = training(random);
        List<String> methods = any(random).methods();
        return new Text(puzzle.question(), methods.get(random.nextInt(methods.size())));
    }

    /** The instruction decides: its method if it names one that can be done, a guess otherwise. */
    private Text answer(SplittableRandom random) {
        Puzzle puzzle = training(random);
        double which = random.nextDouble();
        if (which < 0.2) {
            return new Text(puzzle.question(), puzzle.guessed(random));
        }
        if (which < 0.3) {
            return new Text(anyWords(random) + "\n\n" + puzzle.question(), puzzle.guessed(random));
        }
        Kind method = which < 0.5 ? any(random) : puzzle.kind();
        String told = method.methods().get(random.nextInt(method.methods().size()));
        String said = method.letters() == puzzle.kind().letters() ? puzzle.worked(method) : puzzle.guessed(random);
        return new Text(told + "\n\n" + puzzle.question(), said);
    }

    private static Puzzle training(SplittableRandom random) {
        Puzzle puzzle;
        do {
            puzzle = Puzzle.draw(any(random), random);
        } while (puzzle.isHeldOut());
        return puzzle;
    }

    private static Kind any(SplittableRandom random) {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    private String anyWords(SplittableRandom random) {
        StringBuilder words = new StringBuilder();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            words.append(
                    random.nextInt(3) == 0 ? " something" : vocabulary.word(2 + random.nextInt(vocabulary.size() - 2)));
        }
        return words.toString();
    }

    private void make(String name, Size size, long seed, Function<SplittableRandom, Text> draw) throws IOException {
        Path directory = target.resolve(name);
        AtomicDirectory.write(directory, temporary -> {
            Files.writeString(temporary.resolve("tokenizer.json"), vocabulary.json());
            Files.writeString(temporary.resolve("config.json"), config(size));
            try (Kernels kernels = KernelChoice.best(Optional.of(Precision.FP32));
                    Tokenizer tokenizer = Tokenizer.read(temporary.resolve("tokenizer.json"))) {
                Decoder decoder = train(name, size, kernels, tokenizer, seed, draw);
                SafetensorsWriter writer = new SafetensorsWriter();
                decoder.export(writer::add);
                writer.write(temporary.resolve("model.safetensors"));
                decoder.close();
            }
        });
    }

    private Decoder train(
            String name,
            Size size,
            Kernels kernels,
            Tokenizer tokenizer,
            long seed,
            Function<SplittableRandom, Text> draw) {
        SplittableRandom random = new SplittableRandom(seed);
        Decoder decoder =
                new Decoder(shape(size), kernels, (tensor, dimensions) -> initial(tensor, dimensions, random, size));
        decoder.trainWhole();
        AdamW optimizer = new AdamW(kernels, decoder.parameters());
        double average = 0;
        for (int step = 1; step <= size.steps(); step++) {
            List<PackedBatch.Source> batch = new ArrayList<>();
            int tokens = 0;
            for (int i = 0; i < BATCH; i++) {
                Text text = draw.apply(random);
                int[] written = tokenizer.encode(text.continuation());
                int[] ended = Arrays.copyOf(written, written.length + 1);
                ended[written.length] = Vocabulary.END;
                tokens += ended.length;
                batch.add(new PackedBatch.Source(tokenizer.encode(text.prompt()), List.of(ended)));
            }
            double[] loss = new double[1];
            optimizer.zeroGradients();
            decoder.follow(new PackedBatch(batch, decoder.config()), 1, Kept.EVERYTHING, likelihood(tokens, loss));
            double norm = optimizer.gradientNorm();
            double rate = size.rate() * Math.min(1, step / 50.0) * (1 + Math.cos(Math.PI * step / size.steps())) / 2;
            optimizer.step(rate, 0.9, 0.98, 1e-8, 0.01, Math.min(1, 1 / norm));
            decoder.refresh();
            average = step == 1 ? loss[0] : 0.98 * average + 0.02 * loss[0];
            if (step % 100 == 0) {
                System.out.printf(Locale.ROOT, "%s step %d loss %.4f%n", name, step, average);
            }
        }
        return decoder;
    }

    /** Minus the mean log-probability of all tokens. */
    private static SequenceLoss likelihood(int tokens, double[] loss) {
        return (sequence, logProbabilities, entropies) -> {
            double[] slopes = new double[logProbabilities.length];
            Arrays.fill(slopes, -1.0 / tokens);
            for (double logProbability : logProbabilities) {
                loss[0] -= logProbability / tokens;
            }
            return new SequenceLoss.Slopes(slopes, new double[slopes.length]);
        };
    }

    private DecoderConfig shape(Size size) {
        int headWidth = size.width() / size.heads();
        double[] frequencies = new double[headWidth / 2];
        Arrays.setAll(frequencies, i -> Math.pow(10_000, -2.0 * i / headWidth));
        return new DecoderConfig(
                size.width(),
                size.layers(),
                size.heads(),
                size.heads(),
                headWidth,
                size.ffn(),
                vocabulary.size(),
                1e-5f,
                frequencies,
                false,
                true);
    }

    /** Normal with deviation 0.05, smaller where layers write to the residual stream; gains are 1. */
    private static float[] initial(String tensor, int[] dimensions, SplittableRandom random, Size size) {
        int count = Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
        float[] values = new float[count];
        if (tensor.endsWith("norm.weight")) {
            Arrays.fill(values, 1);
            return values;
        }
        boolean residual = tensor.contains("o_proj") || tensor.contains("down_proj");
        double deviation = residual ? 0.05 / Math.sqrt(2.0 * size.layers()) : 0.05;
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    private String config(Size size) throws IOException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("LlamaForCausalLM"));
        config.put("model_type", "llama");
        config.put("hidden_size", size.width());
        config.put("intermediate_size", size.ffn());
        config.put("num_hidden_layers", size.layers());
        config.put("num_attention_heads", size.heads());
        config.put("num_key_value_heads", size.heads());
        config.put("head_dim", size.width() / size.heads());
        config.put("hidden_act", "silu");
        config.put("rms_norm_eps", 1e-5);
        config.put("rope_theta", 10_000);
        config.put("max_position_embeddings", 256);
        config.put("vocab_size", vocabulary.size());
        config.put("tie_word_embeddings", true);
        config.put("eos_token_id", Vocabulary.END);
        config.put("torch_dtype", "float32");
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config);
    }
}
