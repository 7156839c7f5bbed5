package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;

/** What training adds to a {@link LoraAdapter}: its backward pass, gradients, and AdamW's moments. */
final class LoraGradients implements AutoCloseable {
    private final Kernels kernels;
    private final Scratch scratch;
    private final LoraAdapter adapter;
    private final Matrix downGradient;
    /** Of each part, A and B. */
    private final List<Parameter> parameters = new ArrayList<>();

    private final List<Matrix> owned = new ArrayList<>();

    LoraGradients(Kernels kernels, Scratch scratch, LoraAdapter adapter) {
        this.kernels = kernels;
        this.scratch = scratch;
        this.adapter = adapter;
        this.downGradient = likeDown();
        Matrix first = likeDown();
        Matrix second = likeDown();
        int rank = adapter.rank();
        for (LoraAdapter.Part part : adapter.parts()) {
            int row = parameters.size() / 2 * rank;
            parameters.add(new Parameter(
                    part.nameOfA(),
                    part.a(),
                    downGradient.rows(row, rank),
                    first.rows(row, rank),
                    second.rows(row, rank)));
            parameters.add(Parameter.of(part.nameOfB(), part.b(), kernels));
        }
    }

    private Matrix likeDown() {
        Matrix matrix = kernels.allocate(adapter.down().rows(), adapter.down().columns());
        owned.add(matrix);
        return matrix;
    }

    /** {@code dx += d adapters / dx}, and the gradients of A and B. */
    void backward(Matrix x, Matrix dy, Matrix dx) {
        int rank = adapter.rank();
        Matrix h = adapter.hidden(x);
        Matrix dh = scratch.dAdapted().of(x.rows(), adapter.columns());
        for (int i = 0; i < adapter.parts().size(); i++) {
            LoraAdapter.Part part = adapter.parts().get(i);
            Block dyPart = Block.of(part.piece().of(dy));
            Block hPart = Block.of(h.columns(i * rank, rank));
            kernels.matmul(
                    dyPart.transposed(),
                    hPart,
                    Block.of(parameters.get(2 * i + 1).gradient()),
                    1,
                    true);
            kernels.matmul(dyPart, Block.of(part.b()), Block.of(dh.columns(i * rank, rank)), adapter.factor(), false);
        }
        kernels.matmul(Block.of(dh).transposed(), Block.of(x), Block.of(downGradient), 1, true);
        kernels.matmul(Block.of(dh), Block.of(adapter.down()), Block.of(dx), 1, true);
    }

    /** A and B of every projection. */
    List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public void close() {
        for (int i = 1; i < parameters.size(); i += 2) {
            parameters.get(i).close();
        }
        owned.forEach(Matrix::close);
    }
}
