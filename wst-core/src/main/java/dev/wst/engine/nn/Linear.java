package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer {@code y = x W' + bias} of one or several projections that read the same input and lie side by side in
 * the output.
 */
final class Linear implements AutoCloseable {
    private final Kernels kernels;
    private final Scratch scratch;
    private final List<Piece> pieces;
    private final @Nullable Matrix value;
    private final @Nullable Matrix bias;
    private final Weight weight;
    private @Nullable LoraAdapter adapter;
    private @Nullable LoraGradients adapterGradients;
    private @Nullable Trained trained;

    /** One projection and its place among the outputs. */
    record Piece(String name, int from, int outputs) {
        Matrix of(Matrix y) {
            return from == 0 && outputs == y.columns() ? y : y.columns(from, outputs);
        }

        /** The last part of the name, such as q_proj. */
        String module() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    /** Gradients and moments of a layer that is trained whole. */
    private record Trained(
            Matrix gradient, @Nullable Matrix biasGradient, List<Parameter> parameters, List<Matrix> owned) {}

    Linear(
            Kernels kernels,
            Scratch scratch,
            TensorReader tensors,
            List<String> names,
            List<Integer> outputs,
            int inputs,
            boolean withBias,
            boolean frozen) {
        this.kernels = kernels;
        this.scratch = scratch;
        this.pieces = new ArrayList<>();
        int total = outputs.stream().mapToInt(Integer::intValue).sum();
        Matrix whole = kernels.allocate(total, inputs);
        this.bias = withBias ? kernels.allocate(1, total) : null;
        int from = 0;
        for (int i = 0; i < names.size(); i++) {
            Piece piece = new Piece(names.get(i), from, outputs.get(i));
            pieces.add(piece);
            tensors.readInto(whole.rows(from, piece.outputs), piece.name + ".weight", piece.outputs, inputs);
            if (bias != null) {
                bias.columns(from, piece.outputs).write(tensors.read(piece.name + ".bias", piece.outputs));
            }
            from += piece.outputs;
        }
        this.weight = kernels.weight(whole);
        if (frozen && weight.standsAlone()) {
            whole.close();
            this.value = null;
        } else {
            this.value = whole;
        }
    }

    /** {@code y = x W' + bias + adapter}, or added to y. Shapes: x [N, inputs], y [N, outputs]. */
    void forward(Matrix x, Matrix y, boolean accumulate, boolean adapted) {
        kernels.linear(x, weight, y, accumulate);
        if (bias != null) {
            kernels.addRow(bias, y);
        }
        if (adapted && adapter != null) {
            adapter.forward(x, y);
        }
    }

    /** {@code dx = dy W + adapter}, or added to dx; gradients of whatever is trained. */
    void backward(Matrix x, Matrix dy, Matrix dx, boolean accumulate) {
        kernels.linearBack(dy, weight, dx, accumulate);
        if (adapterGradients != null) {
            adapterGradients.backward(x, dy, dx);
        }
        if (trained != null) {
            kernels.matmul(Block.of(dy).transposed(), Block.of(x), Block.of(trained.gradient), 1, true);
            if (trained.biasGradient != null) {
                kernels.sumRows(dy, trained.biasGradient);
            }
        }
    }

    /** Puts adapters to be trained beside those projections that the configuration names. */
    void adapt(LoraConfig config) {
        adapter = adapterFor(config).orElse(null);
        if (adapter != null) {
            adapterGradients = new LoraGradients(kernels, scratch, adapter);
        }
    }

    /** An adapter beside those projections that the configuration names, for whoever asks; empty if it names none. */
    Optional<LoraAdapter> adapterFor(LoraConfig config) {
        List<Piece> adapted = pieces.stream()
                .filter(piece -> config.targets().contains(piece.module()))
                .toList();
        return adapted.isEmpty()
                ? Optional.empty()
                : Optional.of(new LoraAdapter(kernels, scratch, config, weight.inputs(), adapted));
    }

    /** Computes with an adapter that somebody else keeps, or with none. */
    void use(@Nullable LoraAdapter borrowed) {
        if (adapterGradients != null) {
            throw new IllegalStateException("a layer whose own adapter is trained takes no other");
        }
        adapter = borrowed;
    }

    /** Makes the layer itself trainable. */
    void trainWhole() {
        Matrix changing = value;
        if (changing == null) {
            throw new IllegalStateException("a frozen decoder cannot be trained whole");
        }
        List<Matrix> owned = new ArrayList<>();
        Matrix[] weights = threeLike(changing, owned);
        Matrix[] biases = bias == null ? null : threeLike(bias, owned);
        List<Parameter> parameters = new ArrayList<>();
        for (Piece piece : pieces) {
            int from = piece.from;
            int count = piece.outputs;
            parameters.add(new Parameter(
                    piece.name + ".weight",
                    changing.rows(from, count),
                    weights[0].rows(from, count),
                    weights[1].rows(from, count),
                    weights[2].rows(from, count)));
            if (bias != null && biases != null) {
                parameters.add(new Parameter(
                        piece.name + ".bias",
                        bias.columns(from, count),
                        biases[0].columns(from, count),
                        biases[1].columns(from, count),
                        biases[2].columns(from, count)));
            }
        }
        trained = new Trained(weights[0], biases == null ? null : biases[0], parameters, owned);
    }

    private Matrix[] threeLike(Matrix shape, List<Matrix> owned) {
        Matrix[] three = new Matrix[3];
        for (int i = 0; i < 3; i++) {
            three[i] = kernels.allocate(shape.rows(), shape.columns());
            owned.add(three[i]);
        }
        return three;
    }

    /** parts * R of the adapter beside it; 0 without one. */
    int adapterColumns() {
        return adapter == null ? 0 : adapter.columns();
    }

    /** What an optimiser may change. */
    List<Parameter> parameters() {
        if (trained != null) {
            return trained.parameters;
        }
        return adapterGradients == null ? List.of() : adapterGradients.parameters();
    }

    /** Reads the weight again after the optimiser changed it. */
    void refresh() {
        if (trained != null) {
            weight.refresh();
        }
    }

    /**
     * Every weight and bias with the adapter added in, under its Hugging Face name.
     *
     * @param origin what was loaded, where a frozen layer kept its weight in the kernels' own form only
     */
    void export(TensorReader origin, TensorWriter target) {
        try (Matrix merged = kernels.allocate(weight.outputs(), weight.inputs())) {
            if (value != null) {
                kernels.copy(value, merged);
            } else {
                for (Piece piece : pieces) {
                    origin.readInto(
                            merged.rows(piece.from, piece.outputs),
                            piece.name + ".weight",
                            piece.outputs,
                            weight.inputs());
                }
            }
            if (adapter != null) {
                adapter.mergeInto(merged);
            }
            for (Piece piece : pieces) {
                target.write(
                        piece.name + ".weight",
                        new int[] {piece.outputs, weight.inputs()},
                        merged.rows(piece.from, piece.outputs).toArray());
                if (bias != null) {
                    target.write(
                            piece.name + ".bias",
                            new int[] {piece.outputs},
                            bias.columns(piece.from, piece.outputs).toArray());
                }
            }
        }
    }

    /** Counts its memory. */
    void count(MemoryCount count) {
        count.plain(value);
        count.plain(bias);
        count.packed(weight);
        if (adapterGradients != null) {
            adapterGradients.parameters().forEach(count::trained);
        }
        if (trained != null) {
            trained.parameters.forEach(count::moments);
        }
    }

    @Override
    public void close() {
        weight.close();
        if (value != null) {
            value.close();
        }
        if (bias != null) {
            bias.close();
        }
        if (adapter != null && adapterGradients != null) {
            adapterGradients.close();
            adapter.close();
        }
        if (trained != null) {
            trained.owned.forEach(Matrix::close);
        }
    }
}
