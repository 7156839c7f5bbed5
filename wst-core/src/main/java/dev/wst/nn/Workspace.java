package dev.wst.nn;

import dev.wst.tensor.Kernels;
import dev.wst.tensor.Matrix;
import java.util.HashMap;
import java.util.Map;

/**
 * Scratch memory that is kept between steps: asked for by name, grown when a larger batch comes, never freed in
 * between. A view handed out is good until the same name is asked for again.
 */
final class Workspace implements AutoCloseable {
    private final Kernels kernels;
    private final Map<Key, Matrix> storage = new HashMap<>();

    private record Key(String name, int layer) {}

    Workspace(Kernels kernels) {
        this.kernels = kernels;
    }

    /** A dense [rows, columns] matrix with whatever it held before. */
    Matrix get(String name, int layer, int rows, int columns) {
        Key key = new Key(name, layer);
        Matrix held = storage.get(key);
        long needed = (long) rows * columns;
        if (held == null || held.columns() < needed) {
            if (held != null) {
                held.close();
            }
            // A quarter more than asked for, so that slowly growing batches do not allocate every time.
            long size = held == null ? needed : Math.min(Integer.MAX_VALUE - 8L, needed + needed / 4);
            held = kernels.allocate(1, Math.toIntExact(size));
            storage.put(key, held);
        }
        return held.reshaped(rows, columns);
    }

    @Override
    public void close() {
        storage.values().forEach(Matrix::close);
        storage.clear();
    }
}
