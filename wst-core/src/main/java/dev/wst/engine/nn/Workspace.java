package dev.wst.engine.nn;

import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
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
            if (needed > Matrix.MOST_NUMBERS) {
                throw new IllegalArgumentException(name + " of " + rows + " x " + columns + " numbers does not fit one"
                        + " matrix, which holds " + Matrix.MOST_NUMBERS + "; shorter texts or fewer at once need less");
            }
            // A quarter more than asked for, so that slowly growing batches do not allocate every time.
            long size = held == null ? needed : Math.min(Matrix.MOST_NUMBERS, needed + needed / 4);
            if (held != null) {
                storage.remove(key);
                held.close();
            }
            held = kernels.allocate(1, (int) size);
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
