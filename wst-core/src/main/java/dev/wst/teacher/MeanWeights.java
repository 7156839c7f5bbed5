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

    /**
     * Makes the mean the weights; an empty one changes nothing.
     *
     * @return the weights until then, to be put back
     */
    Map<String, float[]> replaceWeights() {
        Map<String, float[]> weights = means.isEmpty() ? Map.of() : weights();
        adopt();
        return weights;
    }

    /** Makes weights the weights again. */
    void putBack(Map<String, float[]> weights) {
        parameters.forEach(one -> Optional.ofNullable(weights.get(one.name())).ifPresent(one.value()::write));
    }

    /** Makes the mean the weights, and stays as it is; an empty one changes nothing. */
    void adopt() {
        putBack(means);
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
