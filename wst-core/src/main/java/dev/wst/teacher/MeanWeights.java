package dev.wst.teacher;

import dev.wst.engine.nn.Parameter;
import dev.wst.engine.tensor.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mean of what is trained over training (arXiv 1803.05407), beside it in FP32; empty until something is included. */
final class MeanWeights {
    private final List<Parameter> parameters;
    /** By the parameter's name, [rows * columns]. */
    private Map<String, float[]> means = Map.of();

    MeanWeights(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /** {@code mean + share * (weights - mean)}; the first weights are the mean whatever their share. */
    void include(double share) {
        Map<String, float[]> next = weights();
        means.forEach((name, mean) -> {
            float[] weights = next.getOrDefault(name, mean);
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (mean[i] + share * ((double) weights[i] - mean[i]));
            }
        });
        means = next;
    }

    /** Puts the mean in the place of the weights, and those in the place of the mean; an empty one changes nothing. */
    void exchange() {
        if (!means.isEmpty()) {
            Map<String, float[]> weights = weights();
            adopt();
            means = weights;
        }
    }

    /** Makes the mean the weights, and stays as it is; an empty one changes nothing. */
    void adopt() {
        parameters.forEach(one -> of(one).ifPresent(one.value()::write));
    }

    /** Takes the place of the mean. */
    void restore(Map<String, float[]> saved) {
        means = saved;
    }

    /** That of a parameter [rows * columns]; nothing of an empty one. */
    Optional<float[]> of(Parameter parameter) {
        return Optional.ofNullable(means.get(parameter.name()));
    }

    private Map<String, float[]> weights() {
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (Parameter one : parameters) {
            Matrix value = one.value();
            weights.put(one.name(), value.toArray());
        }
        return weights;
    }
}
