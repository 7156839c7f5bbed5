package dev.wst.engine.nn;

import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.List;
import java.util.stream.Stream;

/**
 * One pre-norm block: {@code h = x + attention(norm1(x))}, {@code y = h + mlp(norm2(h))}. All activations [N, W] unless
 * said. What backward needs and cannot cheaply compute again stays in the workspace under the layer's number.
 */
final class DecoderLayer implements AutoCloseable {
    private final Kernels kernels;
    private final Workspace workspace;
    private final DecoderConfig config;
    private final int number;
    final RmsNorm norm1;
    final Linear projections;
    final Linear output;
    final RmsNorm norm2;
    final Linear gate;
    final Linear up;
    final Linear down;
    private final Attention attention;

    DecoderLayer(
            Kernels kernels,
            Workspace workspace,
            Attention attention,
            TensorReader tensors,
            DecoderConfig config,
            int number) {
        this.kernels = kernels;
        this.workspace = workspace;
        this.attention = attention;
        this.config = config;
        this.number = number;
        String prefix = "model.layers." + number + ".";
        String self = prefix + "self_attn.";
        String mlp = prefix + "mlp.";
        int width = config.width();
        int queries = config.heads() * config.headWidth();
        int keys = config.keyValueHeads() * config.headWidth();
        norm1 = new RmsNorm(kernels, tensors, prefix + "input_layernorm", width, config.epsilon());
        projections = new Linear(
                kernels,
                workspace,
                tensors,
                List.of(self + "q_proj", self + "k_proj", self + "v_proj"),
                List.of(queries, keys, keys),
                width,
                config.attentionBias());
        output = single(tensors, self + "o_proj", width, queries);
        norm2 = new RmsNorm(kernels, tensors, prefix + "post_attention_layernorm", width, config.epsilon());
        gate = single(tensors, mlp + "gate_proj", config.ffnWidth(), width);
        up = single(tensors, mlp + "up_proj", config.ffnWidth(), width);
        down = single(tensors, mlp + "down_proj", width, config.ffnWidth());
    }

    private Linear single(TensorReader tensors, String name, int outputs, int inputs) {
        return new Linear(kernels, workspace, tensors, List.of(name), List.of(outputs), inputs, false);
    }

    /**
     * {@code y = layer(x)}.
     *
     * @param slot this layer's number if a backward pass follows, 0 if the memory may be used by the next layer
     */
    void forward(Pass pass, Matrix x, Matrix y, int slot) {
        int n = x.rows();
        Matrix normed = workspace.get("normed", 0, n, config.width());
        norm1.forward(x, normed);
        Matrix projected = workspace.get("projected", 0, n, config.projectedHeads() * config.headWidth());
        projections.forward(normed, projected, false, pass.adapted());
        kernels.rope(
                rotated(projected), config.heads() + config.keyValueHeads(), pass.rotary(), pass.positions(), false);
        Matrix heads = workspace.get("heads", slot, pass.order().fromProjections.length, config.headWidth());
        kernels.gatherRows(byHead(projected, config.projectedHeads()), pass.order().fromProjections, heads);
        Matrix attended = workspace.get("attended", 0, pass.batch().queryRows(), config.headWidth());
        attention.forward(pass.batch(), heads, attended, slot);
        Matrix context = workspace.get("context", slot, n, config.heads() * config.headWidth());
        kernels.gatherRows(attended, pass.order().toPacked, byHead(context, config.heads()));
        Matrix h = workspace.get("h", slot, n, config.width());
        kernels.copy(x, h);
        output.forward(context, h, true, pass.adapted());
        feedForward(h, normed, y, slot, pass.adapted());
    }

    /** {@code y = h + down(swish(gate(norm2(h))) * up(norm2(h)))}; y may be h. */
    void feedForward(Matrix h, Matrix normed, Matrix y, int slot, boolean adapted) {
        int n = h.rows();
        norm2.forward(h, normed);
        Matrix gated = workspace.get("gate", slot, n, config.ffnWidth());
        Matrix upped = workspace.get("up", slot, n, config.ffnWidth());
        Matrix active = workspace.get("active", 0, n, config.ffnWidth());
        gate.forward(normed, gated, false, adapted);
        up.forward(normed, upped, false, adapted);
        kernels.swiGlu(gated, upped, active);
        if (y != h) {
            kernels.copy(h, y);
        }
        down.forward(active, y, true, adapted);
    }

    /** Turns {@code d = d loss / dy} into {@code d loss / dx} in place; the lines of forward, read upwards. */
    void backward(Pass pass, Matrix x, Matrix d) {
        int n = x.rows();
        Matrix h = workspace.get("h", number, n, config.width());
        Matrix normed = workspace.get("normed", 0, n, config.width());
        Matrix dNormed = workspace.get("dNormed", 0, n, config.width());
        feedForwardBack(h, normed, dNormed, d);
        Matrix context = workspace.get("context", number, n, config.heads() * config.headWidth());
        Matrix dContext = workspace.get("dContext", 0, n, config.heads() * config.headWidth());
        output.backward(context, d, dContext, false);
        Matrix dAttended = workspace.get("attended", 0, pass.batch().queryRows(), config.headWidth());
        kernels.gatherRows(byHead(dContext, config.heads()), pass.order().fromPacked, dAttended);
        int headRows = pass.order().fromProjections.length;
        Matrix heads = workspace.get("heads", number, headRows, config.headWidth());
        Matrix dHeads = workspace.get("dHeads", 0, headRows, config.headWidth());
        attention.backward(pass.batch(), heads, dAttended, dHeads, number);
        Matrix dProjected = workspace.get("projected", 0, n, config.projectedHeads() * config.headWidth());
        kernels.gatherRows(dHeads, pass.order().toProjections, byHead(dProjected, config.projectedHeads()));
        kernels.rope(
                rotated(dProjected), config.heads() + config.keyValueHeads(), pass.rotary(), pass.positions(), true);
        norm1.forward(x, normed);
        projections.backward(normed, dProjected, dNormed, false);
        norm1.backward(x, dNormed, d);
    }

    private void feedForwardBack(Matrix h, Matrix normed, Matrix dNormed, Matrix d) {
        int n = h.rows();
        Matrix gated = workspace.get("gate", number, n, config.ffnWidth());
        Matrix upped = workspace.get("up", number, n, config.ffnWidth());
        Matrix active = workspace.get("active", 0, n, config.ffnWidth());
        Matrix dActive = workspace.get("dActive", 0, n, config.ffnWidth());
        Matrix dGate = workspace.get("dGate", 0, n, config.ffnWidth());
        Matrix dUp = workspace.get("dUp", 0, n, config.ffnWidth());
        kernels.swiGlu(gated, upped, active);
        down.backward(active, d, dActive, false);
        kernels.swiGluBack(gated, upped, dActive, dGate, dUp);
        norm2.forward(h, normed);
        gate.backward(normed, dGate, dNormed, false);
        up.backward(normed, dUp, dNormed, true);
        norm2.backward(h, dNormed, d);
    }

    /** The queries and keys among the projections: what turns with the position. */
    Matrix rotated(Matrix projected) {
        return projected.columns(0, (config.heads() + config.keyValueHeads()) * config.headWidth());
    }

    /** [N, count * D] seen as [N * count, D]. */
    Matrix byHead(Matrix rows, int count) {
        return rows.reshaped(rows.rows() * count, config.headWidth());
    }

    Stream<Linear> linears() {
        return Stream.of(projections, output, gate, up, down);
    }

    Stream<RmsNorm> norms() {
        return Stream.of(norm1, norm2);
    }

    @Override
    public void close() {
        linears().forEach(Linear::close);
        norms().forEach(RmsNorm::close);
    }
}
