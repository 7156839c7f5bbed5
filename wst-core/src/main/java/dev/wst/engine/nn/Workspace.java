package dev.wst.engine.nn;

import dev.wst.engine.tensor.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Owns the buffers of a decoder and frees them together. What they hold, and in which shape, stands in the records that
 * are made of them: {@link Scratch}, {@link HeadScratch}, {@link DecodingMemory}.
 */
final class Workspace implements AutoCloseable {
    private final Kernels kernels;
    private final List<Buffer> buffers = new ArrayList<>();

    Workspace(Kernels kernels) {
        this.kernels = kernels;
    }

    /** A buffer for matrices whose width depends on the batch. */
    Buffer buffer(String name) {
        Buffer buffer = new Buffer(kernels, name);
        buffers.add(buffer);
        return buffer;
    }

    /** A buffer for rows of one width. */
    Rows rows(String name, int columns) {
        return new Rows(buffer(name), columns);
    }

    long bytes() {
        return buffers.stream().mapToLong(Buffer::bytes).sum();
    }

    @Override
    public void close() {
        buffers.forEach(Buffer::close);
    }
}
