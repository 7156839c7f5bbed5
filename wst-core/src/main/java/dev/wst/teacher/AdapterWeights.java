package dev.wst.teacher;

import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.LoraConfig;
import dev.wst.engine.nn.Parameter;
import dev.wst.engine.weights.ModelFileException;
import dev.wst.engine.weights.PeftAdapter;
import dev.wst.engine.weights.PeftFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Low-rank adapters, fresh or from a directory that was written before.
 *
 * @param from an adapter to go on from
 */
record AdapterWeights(LoraConfig lora, long seed, Optional<Path> from) implements Weights {

    static AdapterWeights continuing(Path adapter) {
        try (PeftFile file = PeftFile.open(adapter)) {
            PeftAdapter uniform = file.uniform();
            return new AdapterWeights(
                    new LoraConfig(uniform.rank(), uniform.alpha(), uniform.targets()), 0, Optional.of(adapter));
        }
    }

    @Override
    public boolean leaveTheModelFrozen() {
        return true;
    }

    @Override
    public @Nullable Decoder reference(Decoder decoder) {
        return null;
    }

    @Override
    public void prepare(Decoder decoder) {
        decoder.adapt(lora, seed);
        from.ifPresent(directory -> {
            try (PeftFile file = PeftFile.open(directory)) {
                List<Parameter> parameters = decoder.parameters();
                requireNone(
                        file.left(parameters.stream().map(Parameter::name).collect(Collectors.toSet())), file.origin());
                for (Parameter p : parameters) {
                    p.value()
                            .write(file.read(
                                    p.name(), p.value().rows(), p.value().columns()));
                }
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
