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

/** All numbers that training changes, kept and brought back: values, both moments, the optimiser's position. */
final class ParameterState {
    private final List<Parameter> parameters;
    private final AdamW optimizer;

    ParameterState(List<Parameter> parameters, AdamW optimizer) {
        this.parameters = parameters;
        this.optimizer = optimizer;
    }

    private Map<String, Matrix> matrices() {
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            matrices.put(parameter.name(), parameter.value());
            matrices.put(parameter.name() + ".first_moment", parameter.firstMoment());
            matrices.put(parameter.name() + ".second_moment", parameter.secondMoment());
        }
        return matrices;
    }

    void save(Path directory) {
        StateFile.write(
                directory,
                optimizer.time(),
                sink -> matrices()
                        .forEach((name, matrix) ->
                                sink.tensor(name, new int[] {matrix.rows(), matrix.columns()}, matrix.toArray())));
    }

    /** Everything is read before anything is changed. */
    void restore(Path directory) {
        Map<String, Matrix> matrices = matrices();
        List<Runnable> writes = new ArrayList<>();
        try (StateFile file = StateFile.open(directory, matrices.keySet())) {
            matrices.forEach((name, matrix) -> {
                float[] values = file.read(name, matrix.rows(), matrix.columns());
                writes.add(() -> matrix.write(values));
            });
            writes.forEach(Runnable::run);
            optimizer.continueFrom(file.updates());
        }
    }
}
