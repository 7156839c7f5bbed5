package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;
import java.util.List;
import java.util.Map;

/**
 * Low-rank adapters for all layers of one decoder that are only computed with: no gradients, no moments. A decoder may have
 * several and computes with one at a time; {@link Decoder#use} changes over without copying anything.
 */
public final class AdapterSet implements AutoCloseable {
    private final long number;
    private final Map<Linear, LoraAdapter> adapters;

    AdapterSet(long number, Map<Linear, LoraAdapter> adapters) {
        this.number = number;
        this.adapters = adapters;
    }

    /** No other set of the decoder has it. */
    long number() {
        return number;
    }

    Map<Linear, LoraAdapter> adapters() {
        return adapters;
    }

    /** What {@link Decoder#adapters} left zero, to be written to. */
    public List<NamedMatrix> matrices() {
        return adapters.values().stream()
                .flatMap(adapter -> adapter.matrices().stream())
                .toList();
    }

    /** Bytes that it holds. */
    public long bytes() {
        return matrices().stream()
                .map(NamedMatrix::value)
                .mapToLong(AdapterSet::bytes)
                .sum();
    }

    private static long bytes(Matrix matrix) {
        return (long) matrix.rows() * matrix.columns() * Float.BYTES;
    }

    /** Frees it; the decoder must not be using it. */
    @Override
    public void close() {
        adapters.values().forEach(LoraAdapter::close);
    }
}
