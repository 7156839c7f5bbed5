package dev.wst.teacher;

import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.LoraConfig;
import dev.wst.engine.nn.NamedMatrix;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.PeftAdapter;
import dev.wst.engine.weights.PeftFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Low-rank adapters, fresh or from a directory that was written before.
 *
 * @param from an adapter to go on from
 */
record AdapterWeights(LoraConfig lora, long seed, Optional<Path> from) implements Weights {

    static AdapterWeights continuing(Path adapter) {
        try (PeftFile file = PeftFile.open(adapter)) {
            return new AdapterWeights(SavedAdapter.config(file), 0, Optional.of(adapter));
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
            List<NamedMatrix> matrices = decoder.parameters().stream()
                    .map(parameter -> new NamedMatrix(parameter.name(), parameter.value()))
                    .toList();
            try (PeftFile file = PeftFile.open(directory)) {
                SavedAdapter.write(SavedAdapter.read(file, matrices), matrices);
            }
        });
    }

    @Override
    public void save(LanguageModel model, Path directory, Function<Matrix, float[]> numbers, TeacherFile about) {
        new PeftAdapter(lora.rank(), lora.alpha(), lora.targets())
                .write(
                        directory,
                        model.origin().toString(),
                        model.decoder().parameters().stream()
                                .map(p -> new PeftAdapter.Tensor(
                                        p.name(), p.value().rows(), p.value().columns(), numbers.apply(p.value())))
                                .toList(),
                        Map.of(TeacherFile.NAME, about.json()));
    }
}
