package dev.wst.teacher;

import dev.wst.model.LanguageModel;
import dev.wst.nn.Decoder;
import dev.wst.nn.LoraConfig;
import dev.wst.nn.Parameter;
import dev.wst.weights.ModelFileException;
import dev.wst.weights.PeftAdapter;
import dev.wst.weights.TensorSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Low-rank adapters, fresh or from a directory that was written before.
 *
 * @param from an adapter to go on from
 */
record AdapterWeights(LoraConfig lora, long seed, Optional<Path> from) implements Weights {

    static AdapterWeights continuing(Path adapter) {
        PeftAdapter config = PeftAdapter.read(adapter);
        return new AdapterWeights(
                new LoraConfig(config.rank(), config.alpha(), config.targets()), 0, Optional.of(adapter));
    }

    @Override
    public @Nullable Decoder reference(Decoder decoder) {
        return null;
    }

    @Override
    public void prepare(Decoder decoder) {
        decoder.adapt(lora, seed);
        from.ifPresent(directory -> {
            try (TensorSource tensors = PeftAdapter.openWeights(directory)) {
                Set<String> left = new TreeSet<>(tensors.names());
                for (Parameter p : decoder.parameters()) {
                    String name = PeftAdapter.tensorName(p.name());
                    p.value()
                            .write(tensors.read(
                                    name, p.value().rows(), p.value().columns()));
                    left.remove(name);
                }
                requireNone(left, tensors.origin());
            }
        });
    }

    private static void requireNone(Set<String> left, String origin) {
        if (!left.isEmpty()) {
            throw new ModelFileException(
                    origin + " holds " + left.size() + " tensors for which this model has no place ("
                            + left.stream().limit(3).collect(Collectors.joining(", "))
                            + (left.size() > 3 ? " and others" : "") + "); was it trained on another model?");
        }
    }

    @Override
    public void save(Decoder decoder, LanguageModel model, Path directory) {
        new PeftAdapter(lora.rank(), lora.alpha(), lora.targets())
                .write(
                        directory,
                        model.origin().toString(),
                        decoder.parameters().stream()
                                .map(p -> new PeftAdapter.Tensor(
                                        p.name(),
                                        p.value().rows(),
                                        p.value().columns(),
                                        p.value().toArray()))
                                .toList());
    }
}
