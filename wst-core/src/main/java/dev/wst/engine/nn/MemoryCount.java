package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up bytes by what they are for. */
final class MemoryCount {
    private final Map<String, Long> bytes = new LinkedHashMap<>();

    void add(String part, long more) {
        bytes.merge(part, more, Long::sum);
    }

    /** A weight as it was loaded, if it is kept. */
    void plain(@Nullable Matrix matrix) {
        add("weights", matrix == null ? 0 : bytes(matrix));
    }

    /** The forms that kernels keep of a weight. */
    void packed(Weight weight) {
        add("weights_forward", weight.forwardBytes());
        add("weights_backward", weight.backwardBytes());
    }

    /** A parameter with gradient and moments. */
    void trained(Parameter parameter) {
        add("trained", bytes(parameter.value()));
        moments(parameter);
    }

    /** Gradient and moments of a parameter whose value is a weight. */
    void moments(Parameter parameter) {
        add("trained", 3 * bytes(parameter.value()));
    }

    private static long bytes(Matrix matrix) {
        return (long) matrix.rows() * matrix.columns() * Float.BYTES;
    }

    Map<String, Long> bytes() {
        return bytes;
    }
}
