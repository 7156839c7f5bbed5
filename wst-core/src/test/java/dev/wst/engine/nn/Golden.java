package dev.wst.engine.nn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.weights.ModelFiles;
import dev.wst.engine.weights.PeftAdapter;
import dev.wst.engine.weights.PeftFile;
import dev.wst.engine.weights.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A tiny model with numbers that PyTorch computed for it. */
final class Golden {
    private final Path directory;
    private final JsonNode numbers;

    Golden(String model) throws IOException {
        directory = Path.of("src/test/resources/golden", model);
        numbers = new ObjectMapper().readTree(directory.resolve("golden.json").toFile());
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

    /** The same, whose own weights never change. */
    Decoder frozen(Kernels kernels) {
        try (ModelFiles files = ModelFiles.open(directory)) {
            return Decoder.frozen(files.config().decoder(), kernels, files.tensors()::read);
        }
    }

    /** Lends what the decoder was loaded from. */
    void withTensors(Consumer<TensorReader> reader) {
        try (ModelFiles files = ModelFiles.open(directory)) {
            reader.accept(files.tensors()::read);
        }
    }

    void loadAdapter(Decoder decoder) {
        Path adapter = directory.resolve("adapter");
        try (PeftFile file = PeftFile.open(adapter)) {
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

    int firstMasked(int row) {
        int[] mask = ints(numbers.get("mask").get(row));
        int first = 0;
        while (mask[first] == 0) {
            first++;
        }
        return first;
    }

    int lastMasked(int row) {
        int[] mask = ints(numbers.get("mask").get(row));
        int last = mask.length - 1;
        while (mask[last] == 0) {
            last--;
        }
        return last;
    }

    /** All rows, each prompt and the continuation that the mask marks. */
    PackedBatch masked(Decoder decoder) {
        List<PackedBatch.Source> sources = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            int[] ids = ids(row);
            sources.add(new PackedBatch.Source(
                    Arrays.copyOf(ids, firstMasked(row) + 1),
                    List.of(Arrays.copyOfRange(ids, firstMasked(row) + 1, lastMasked(row) + 2))));
        }
        return new PackedBatch(sources, decoder.config());
    }

    /** The weighted sum that the golden gradients belong to; its value is gathered in {@code total[0]}. */
    SequenceLoss loss(double[] total) {
        return (row, logProbabilities, entropies) -> {
            double[] a = doubles(numbers.get("logprob_slope").get(row), firstMasked(row), lastMasked(row) + 1);
            double[] b = doubles(numbers.get("entropy_slope").get(row), firstMasked(row), lastMasked(row) + 1);
            for (int t = 0; t < a.length; t++) {
                total[0] += a[t] * logProbabilities[t] + b[t] * entropies[t];
            }
            return new SequenceLoss.Slopes(a, b);
        };
    }

    static int[] ints(JsonNode list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asInt();
        }
        return values;
    }

    static double[] doubles(JsonNode list) {
        return doubles(list, 0, list.size());
    }

    static double[] doubles(JsonNode list, int from, int to) {
        double[] values = new double[to - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(from + i).asDouble();
        }
        return values;
    }
}
