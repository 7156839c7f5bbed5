package dev.wst.engine.nn;

import dev.wst.engine.tensor.AdamWStep;
import dev.wst.engine.tensor.Kernels;
import java.util.List;
import java.util.Optional;

/** AdamW over a decoder's parameters, with one norm for all gradients. */
public final class AdamW {
    private final Kernels kernels;
    private final List<Parameter> parameters;
    private int time;

    public AdamW(Kernels kernels, List<Parameter> parameters) {
        this.kernels = kernels;
        this.parameters = List.copyOf(parameters);
    }

    /** Steps made; the moments' corrections for bias depend on it. */
    public int time() {
        return time;
    }

    /** Goes on as if so many steps had been made; the moments are the caller's to bring back. */
    public void continueFrom(int steps) {
        time = steps;
    }

    /** Forgets all gradients. */
    public void zeroGradients() {
        parameters.forEach(parameter -> kernels.fill(parameter.gradient(), 0));
    }

    /** The 2-norm over all gradients; NaN or infinite if any is. */
    public double gradientNorm() {
        double sum = 0;
        for (Parameter parameter : parameters) {
            sum += kernels.sumOfSquares(parameter.gradient());
        }
        return Math.sqrt(sum);
    }

    /** The first parameter whose gradient is not finite. */
    public Optional<String> firstNonFinite() {
        return parameters.stream()
                .filter(parameter -> !Double.isFinite(kernels.sumOfSquares(parameter.gradient())))
                .map(Parameter::name)
                .findFirst();
    }

    /** The first parameter that holds a value which is not finite. */
    public Optional<String> firstNonFiniteValue() {
        return parameters.stream()
                .filter(parameter -> !Double.isFinite(kernels.sumOfSquares(parameter.value())))
                .map(Parameter::name)
                .findFirst();
    }

    /** One step along the gradients, each multiplied by {@code gradientScale}. */
    public void step(double rate, double beta1, double beta2, double epsilon, double decay, double gradientScale) {
        time++;
        AdamWStep step = new AdamWStep(rate, beta1, beta2, epsilon, decay, time, gradientScale);
        for (Parameter parameter : parameters) {
            kernels.adamW(
                    parameter.value(), parameter.gradient(), parameter.firstMoment(), parameter.secondMoment(), step);
        }
    }
}
