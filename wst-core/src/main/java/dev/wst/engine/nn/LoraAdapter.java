package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.FusedKernels.AdapterPart;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The adapters of one linear layer, whose outputs may be several projections side by side (queries, keys and values).
 * The A matrices of all share one product: {@code h = factor * x A'} [N, parts * R], then {@code y_part += h_part B'}. What is
 * needed to train them is a {@link LoraGradients}.
 */
final class LoraAdapter implements AutoCloseable {
    private final Kernels kernels;
    private final Scratch scratch;
    private final int rank;
    private final float factor;
    private final List<Part> parts;
    private final List<AdapterPart> fusedParts;
    private final Matrix down;

    /**
     * One projection: columns {@code from .. from + outputs - 1} of the layer's output.
     *
     * @param a [R, inputs] rows of the matrix that all share
     * @param b [outputs, R]
     */
    record Part(Linear.Piece piece, Matrix a, Matrix b) {
        String nameOfA() {
            return piece.name() + ".lora_A.weight";
        }

        String nameOfB() {
            return piece.name() + ".lora_B.weight";
        }
    }

    LoraAdapter(Kernels kernels, Scratch scratch, LoraConfig config, int inputs, List<Linear.Piece> pieces) {
        this.kernels = kernels;
        this.scratch = scratch;
        this.rank = config.rank();
        this.factor = config.factor();
        this.down = kernels.allocate(rank * pieces.size(), inputs);
        this.parts = new ArrayList<>();
        for (Linear.Piece piece : pieces) {
            Matrix a = down.rows(parts.size() * rank, rank);
            parts.add(new Part(piece, a, kernels.allocate(piece.outputs(), rank)));
        }
        this.fusedParts = parts.stream()
                .map(part -> new AdapterPart(part.b, part.piece.from()))
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
                    Block.of(part.b).transposed(),
                    Block.of(part.piece.of(y)),
                    1,
                    true);
        }
    }

    /** parts * R. */
    int columns() {
        return rank * parts.size();
    }

    /** {@code h = factor * x A'} [N, parts * R]. */
    Matrix hidden(Matrix x) {
        Matrix h = scratch.adapted().of(x.rows(), columns());
        kernels.matmul(Block.of(x), Block.of(down).transposed(), Block.of(h), factor, false);
        return h;
    }

    /** A and B of every projection, under PEFT's names. */
    List<NamedMatrix> matrices() {
        return parts.stream()
                .flatMap(part ->
                        Stream.of(new NamedMatrix(part.nameOfA(), part.a), new NamedMatrix(part.nameOfB(), part.b)))
                .toList();
    }

    List<Part> parts() {
        return parts;
    }

    /** [parts * R, inputs] the A matrices of all projections. */
    Matrix down() {
        return down;
    }

    int rank() {
        return rank;
    }

    float factor() {
        return factor;
    }

    /** Adds factor B A to the weight that the adapter stands beside. */
    void mergeInto(Matrix weight) {
        for (Part part : parts) {
            Matrix rows = weight.rows(part.piece.from(), part.piece.outputs());
            kernels.matmul(Block.of(part.b), Block.of(part.a), Block.of(rows), factor, true);
        }
    }

    @Override
    public void close() {
        parts.forEach(part -> part.b.close());
        down.close();
    }
}
