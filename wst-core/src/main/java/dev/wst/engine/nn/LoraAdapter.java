package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.FusedKernels.AdapterPart;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The adapters of one linear layer, whose outputs may be several projections side by side (queries, keys and values).
 * The A matrices of all share one product: {@code h = factor * x A'} [N, parts * R], then {@code y_part += h_part B'}.
 */
final class LoraAdapter implements AutoCloseable {
    private final Kernels kernels;
    private final Scratch scratch;
    private final int rank;
    private final float factor;
    private final List<Part> parts;
    private final List<AdapterPart> fusedParts;
    private final Matrix down;
    private final Matrix downGradient;
    private final List<Matrix> owned = new ArrayList<>();

    /** One projection: columns {@code from .. from + outputs - 1} of the layer's output. */
    private record Part(Linear.Piece piece, Parameter a, Parameter b) {}

    LoraAdapter(Kernels kernels, Scratch scratch, LoraConfig config, int inputs, List<Linear.Piece> pieces) {
        this.kernels = kernels;
        this.scratch = scratch;
        this.rank = config.rank();
        this.factor = config.factor();
        int rows = rank * pieces.size();
        this.down = own(kernels.allocate(rows, inputs));
        this.downGradient = own(kernels.allocate(rows, inputs));
        Matrix first = own(kernels.allocate(rows, inputs));
        Matrix second = own(kernels.allocate(rows, inputs));
        this.parts = new ArrayList<>();
        for (Linear.Piece piece : pieces) {
            int row = parts.size() * rank;
            Parameter a = new Parameter(
                    piece.name() + ".lora_A.weight",
                    down.rows(row, rank),
                    downGradient.rows(row, rank),
                    first.rows(row, rank),
                    second.rows(row, rank));
            Matrix up = own(kernels.allocate(piece.outputs(), rank));
            parts.add(new Part(piece, a, Parameter.of(piece.name() + ".lora_B.weight", up, kernels)));
        }
        this.fusedParts = parts.stream()
                .map(part -> new AdapterPart(part.b.value(), part.piece.from()))
                .toList();
    }

    /** {@code y += adapters(x)}. Shapes: x [N, inputs], y [N, outputs]. */
    void forward(Matrix x, Matrix y) {
        Optional<FusedKernels> fused = kernels.fused().filter(kind -> kind.adapts(x.rows(), rank, parts.size()));
        if (fused.isPresent()) {
            fused.get().adapt(x, down, factor, fusedParts, y);
            return;
        }
        Matrix h = hidden(x);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            kernels.matmul(
                    Block.of(h.columns(i * rank, rank)),
                    Block.of(part.b.value()).transposed(),
                    Block.of(part.piece.of(y)),
                    1,
                    true);
        }
    }

    /** {@code dx += d adapters / dx}, and the gradients of A and B. */
    void backward(Matrix x, Matrix dy, Matrix dx) {
        Matrix h = hidden(x);
        Matrix dh = scratch.dAdapted().of(x.rows(), columns());
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Block dyPart = Block.of(part.piece.of(dy));
            Block hPart = Block.of(h.columns(i * rank, rank));
            kernels.matmul(dyPart.transposed(), hPart, Block.of(part.b.gradient()), 1, true);
            kernels.matmul(dyPart, Block.of(part.b.value()), Block.of(dh.columns(i * rank, rank)), factor, false);
        }
        kernels.matmul(Block.of(dh).transposed(), Block.of(x), Block.of(downGradient), 1, true);
        kernels.matmul(Block.of(dh), Block.of(down), Block.of(dx), 1, true);
    }

    /** parts * R. */
    int columns() {
        return rank * parts.size();
    }

    private Matrix hidden(Matrix x) {
        Matrix h = scratch.adapted().of(x.rows(), columns());
        kernels.matmul(Block.of(x), Block.of(down).transposed(), Block.of(h), factor, false);
        return h;
    }

    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        parts.forEach(part -> {
            all.add(part.a);
            all.add(part.b);
        });
        return all;
    }

    /** Adds factor B A to the weight that the adapter stands beside. */
    void mergeInto(Matrix weight) {
        for (Part part : parts) {
            Matrix rows = weight.rows(part.piece.from(), part.piece.outputs());
            kernels.matmul(Block.of(part.b.value()), Block.of(part.a.value()), Block.of(rows), factor, true);
        }
    }

    private Matrix own(Matrix matrix) {
        owned.add(matrix);
        return matrix;
    }

    @Override
    public void close() {
        parts.forEach(part -> part.b.close());
        owned.forEach(Matrix::close);
    }
}
