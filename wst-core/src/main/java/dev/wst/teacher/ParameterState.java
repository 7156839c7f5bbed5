package dev.wst.teacher;

import dev.wst.engine.nn.AdamW;
import dev.wst.engine.nn.Parameter;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.StateFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All numbers that training changes, kept and brought back: values, both moments, the mean if there is one, the optimiser's position. */
final class ParameterState {
    private static final String MEAN = ".mean";

    private final List<Parameter> parameters;
    private final AdamW optimizer;
    private final MeanWeights mean;
    private final Map<String, Matrix> matrices;
    private final Optional<HostCopy> copy;

    /** @param copied whether they are copied to the host once a step */
    ParameterState(List<Parameter> parameters, AdamW optimizer, MeanWeights mean, boolean copied) {
        this.parameters = parameters;
        this.optimizer = optimizer;
        this.mean = mean;
        this.matrices = matrices(parameters);
        this.copy = copied ? Optional.of(new HostCopy(matrices.values(), optimizer.time())) : Optional.empty();
    }

    private static Map<String, Matrix> matrices(List<Parameter> parameters) {
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            matrices.put(parameter.name(), parameter.value());
            matrices.put(parameter.name() + ".first_moment", parameter.firstMoment());
            matrices.put(parameter.name() + ".second_moment", parameter.secondMoment());
        }
        return matrices;
    }

    /** To be called after they changed. */
    void changed() {
        copy.ifPresent(HostCopy::growOld);
    }

    /** To be called where a step begins. */
    void copy() {
        copy.ifPresent(one -> one.take(optimizer.time()));
    }

    /** What the matrices hold, row by row; as of the last copy where their card gives it no more. */
    Function<Matrix, float[]> numbers() {
        return lost().<Function<Matrix, float[]>>map(one -> one::of).orElse(Matrix::toArray);
    }

    private Optional<HostCopy> lost() {
        return copy.filter(HostCopy::isAllThereIs);
    }

    void save(Path directory) {
        Optional<HostCopy> lost = lost();
        StateFile.write(directory, lost.map(HostCopy::updates).orElseGet(optimizer::time), sink -> {
            matrices.forEach((name, matrix) -> sink.tensor(
                    name,
                    new int[] {matrix.rows(), matrix.columns()},
                    lost.map(one -> one.of(matrix)).orElseGet(matrix::toArray)));
            for (Parameter parameter : parameters) {
                int[] shape = {parameter.value().rows(), parameter.value().columns()};
                mean.of(parameter).ifPresent(values -> sink.tensor(parameter.name() + MEAN, shape, values));
            }
        });
    }

    /** Everything is read before anything is changed. */
    void restore(Path directory) {
        Set<String> means = parameters.stream().map(one -> one.name() + MEAN).collect(Collectors.toSet());
        List<Runnable> writes = new ArrayList<>();
        try (StateFile file = StateFile.open(directory, matrices.keySet(), means)) {
            matrices.forEach((name, matrix) -> {
                float[] values = file.read(name, matrix.rows(), matrix.columns());
                writes.add(() -> matrix.write(values));
            });
            Map<String, float[]> saved = new LinkedHashMap<>();
            if (file.hasOthers()) {
                for (Parameter parameter : parameters) {
                    Matrix value = parameter.value();
                    saved.put(parameter.name(), file.read(parameter.name() + MEAN, value.rows(), value.columns()));
                }
            }
            writes.forEach(Runnable::run);
            mean.restore(saved);
            optimizer.continueFrom(file.updates());
            changed();
        }
    }
}
