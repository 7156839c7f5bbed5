package dev.wst.engine.nn;

import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Root-mean-square norm with a gain (arXiv 1910.07467). */
final class RmsNorm implements AutoCloseable {
    private final Kernels kernels;
    private final String name;
    private final float epsilon;
    private final Matrix gain;
    private @Nullable Parameter parameter;

    RmsNorm(Kernels kernels, TensorReader tensors, String name, int width, float epsilon) {
        this.kernels = kernels;
        this.name = name;
        this.epsilon = epsilon;
        this.gain = kernels.allocate(1, width);
        gain.write(tensors.read(name + ".weight", width));
    }

    /** {@code y = norm(x)}; [N, W]. */
    void forward(Matrix x, Matrix y) {
        kernels.rmsNorm(x, gain, epsilon, y);
    }

    /** {@code dx += d norm / dx}. */
    void backward(Matrix x, Matrix dy, Matrix dx) {
        kernels.rmsNormBack(x, gain, epsilon, dy, dx, parameter == null ? null : parameter.gradient());
    }

    void trainWhole() {
        parameter = Parameter.of(name + ".weight", gain, kernels);
    }

    List<Parameter> parameters() {
        return parameter == null ? List.of() : List.of(parameter);
    }

    void count(MemoryCount count) {
        count.plain(gain);
        parameters().forEach(count::moments);
    }

    void export(TensorWriter target) {
        target.write(name + ".weight", new int[] {gain.columns()}, gain.toArray());
    }

    @Override
    public void close() {
        gain.close();
        if (parameter != null) {
            parameter.close();
        }
    }
}
