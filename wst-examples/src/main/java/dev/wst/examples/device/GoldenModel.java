package dev.wst.examples.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.LoraConfig;
import dev.wst.engine.nn.PackedBatch;
import dev.wst.engine.nn.Parameter;
import dev.wst.engine.nn.SequenceLoss;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.weights.ModelFiles;
import dev.wst.engine.weights.PeftAdapter;
import dev.wst.engine.weights.PeftFile;
import dev.wst.engine.weights.TensorSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tiny model with numbers that PyTorch and peft computed for it, as the jar brings it. */
final class GoldenModel implements AutoCloseable {
    static final List<String> NAMES = List.of("tiny-llama", "tiny-llama3-untied", "tiny-qwen2");

    private static final List<String> FILES = List.of(
            "config.json",
            "model.safetensors",
            "golden.json",
            "adapter/adapter_config.json",
            "adapter/adapter_model.safetensors");

    private final Path directory;
    private final JsonNode numbers;

    GoldenModel(String name) {
        try {
            directory = Files.createTempDirectory("wst-golden");
            Files.createDirectory(directory.resolve("adapter"));
            for (String file : FILES) {
                try (InputStream in = GoldenModel.class.getResourceAsStream("/golden/" + name + "/" + file)) {
                    if (in == null) {
                        throw new IllegalStateException("the examples' jar lacks golden/" + name + "/" + file);
                    }
                    Files.copy(in, directory.resolve(file));
                }
            }
            numbers =
                    new ObjectMapper().readTree(directory.resolve("golden.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode numbers() {
        return numbers;
    }

    Decoder decoder(Kernels kernels) {
        try (ModelFiles files = ModelFiles.open(directory)) {
            TensorSource tensors = files.tensors();
            return new Decoder(files.config().decoder(), kernels, tensors::read);
        }
    }

    void loadAdapter(Decoder decoder) {
        try (PeftFile file = PeftFile.open(directory.resolve("adapter"))) {
            PeftAdapter uniform = file.uniform();
            decoder.adapt(new LoraConfig(uniform.rank(), uniform.alpha(), uniform.targets()), 1);
            for (Parameter p : decoder.parameters()) {
                p.value().write(file.read(p.name(), p.value().rows(), p.value().columns()));
            }
        }
    }

    int[] ids(int row) {
        return ints(numbers.get("ids").get(row));
    }

    /** Each row as a prompt and the continuation that its mask marks. */
    PackedBatch masked(Decoder decoder) {
        List<PackedBatch.Source> sources = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            int[] ids = ids(row);
            sources.add(new PackedBatch.Source(
                    Arrays.copyOf(ids, first(row) + 1),
                    List.of(Arrays.copyOfRange(ids, first(row) + 1, last(row) + 2))));
        }
        return new PackedBatch(sources, decoder.config());
    }

    /** Each row from its first token on. */
    PackedBatch whole(Decoder decoder) {
        List<PackedBatch.Source> sources = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            int[] ids = ids(row);
            sources.add(new PackedBatch.Source(Arrays.copyOf(ids, 1), List.of(Arrays.copyOfRange(ids, 1, ids.length))));
        }
        return new PackedBatch(sources, decoder.config());
    }

    /** The weighted sum of log-probabilities and entropies that the golden gradients belong to, added to {@code total[0]}. */
    SequenceLoss loss(double[] total) {
        return (row, logProbabilities, entropies) -> {
            double[] a = Arrays.copyOfRange(doubles(numbers.get("logprob_slope").get(row)), first(row), last(row) + 1);
            double[] b = Arrays.copyOfRange(doubles(numbers.get("entropy_slope").get(row)), first(row), last(row) + 1);
            for (int t = 0; t < a.length; t++) {
                total[0] += a[t] * logProbabilities[t] + b[t] * entropies[t];
            }
            return new SequenceLoss.Slopes(a, b);
        };
    }

    private int first(int row) {
        int[] mask = ints(numbers.get("mask").get(row));
        int first = 0;
        while (mask[first] == 0) {
            first++;
        }
        return first;
    }

    private int last(int row) {
        int[] mask = ints(numbers.get("mask").get(row));
        int last = mask.length - 1;
        while (mask[last] == 0) {
            last--;
        }
        return last;
    }

    private static int[] ints(JsonNode list) {
        int[] values = new int[list.size()];
        Arrays.setAll(values, i -> list.get(i).asInt());
        return values;
    }

    static double[] doubles(JsonNode list) {
        double[] values = new double[list.size()];
        Arrays.setAll(values, i -> list.get(i).asDouble());
        return values;
    }

    @Override
    public void close() {
        for (int i = FILES.size() - 1; i >= 0; i--) {
            directory.resolve(FILES.get(i)).toFile().delete();
        }
        directory.resolve("adapter").toFile().delete();
        directory.toFile().delete();
    }
}
