package dev.wst.engine.nn;

import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.List;
import java.util.stream.Stream;

/**
 * One pre-norm block: {@code h = x + attention(norm1(x))}, {@code y = h + mlp(norm2(h))}. All activations [N, W] unless
 * said.
 */
final class DecoderLayer implements AutoCloseable {
    private final Kernels kernels;
    private final Scratch scratch;
    private final DecoderConfig config;
    private final RmsNorm norm1;
    private final Linear projections;
    private final Linear output;
    private final RmsNorm norm2;
    private final Linear gate;
    private final Linear up;
    private final Linear down;
    private final int number;

    DecoderLayer(
            Kernels kernels, Scratch scratch, TensorReader tensors, DecoderConfig config, int number, boolean frozen) {
        this.kernels = kernels;
        this.scratch = scratch;
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
                scratch,
                tensors,
                List.of(self + "q_proj", self + "k_proj", self + "v_proj"),
                List.of(queries, keys, keys),
                width,
                config.attentionBias(),
                frozen);
        output = single(tensors, self + "o_proj", width, queries, frozen);
        norm2 = new RmsNorm(kernels, tensors, prefix + "post_attention_layernorm", width, config.epsilon());
        gate = single(tensors, mlp + "gate_proj", config.ffnWidth(), width, frozen);
        up = single(tensors, mlp + "up_proj", config.ffnWidth(), width, frozen);
        down = single(tensors, mlp + "down_proj", width, config.ffnWidth(), frozen);
    }

    private Linear single(TensorReader tensors, String name, int outputs, int inputs, boolean frozen) {
        return new Linear(kernels, scratch, tensors, List.of(name), List.of(outputs), inputs, false, frozen);
    }

    /**
     * {@code y = layer(x)}.
     *
     * @param y may be x where no backward pass follows
     * @param kept gets what {@link #backward} needs, but x
     */
    void forward(Pass pass, Matrix x, Matrix y, LayerActivations kept) {
        Matrix h = y == x ? x : kept.h().of(x.rows());
        attend(pass, x, h, kept);
        feedForward(h, y, kept, pass.adapted());
    }

    /** Writes again what {@link #forward} wrote to {@code kept}, from the x that is there. */
    void keepAgain(Pass pass, LayerActivations kept) {
        int n = pass.tokens().length();
        Matrix h = kept.h().of(n);
        attend(pass, kept.x().of(n), h, kept);
        gateAndUp(h, kept, pass.adapted());
    }

    /** {@code h = x + attention(norm1(x))}; h may be x. */
    private void attend(Pass pass, Matrix x, Matrix h, LayerActivations kept) {
        int n = x.rows();
        Matrix normed = scratch.normed().of(n);
        norm1.forward(x, normed);
        Matrix projected = scratch.projected().of(n);
        projections.forward(normed, projected, false, pass.adapted());
        if (!pass.attention().turns()) {
            turn(pass, projected, false);
        }
        Matrix context = kept.context().of(n);
        pass.attention()
                .forward(number, byHead(projected, config.projectedHeads()), kept, byHead(context, config.heads()));
        copyUnlessSame(x, h);
        output.forward(context, h, true, pass.adapted());
    }

    /** Turns queries and keys, [N, (H + K) * D], by their positions, or back. */
    private void turn(Pass pass, Matrix projected, boolean inverse) {
        kernels.rope(
                rotated(projected), config.heads() + config.keyValueHeads(), pass.rotary(), pass.positions(), inverse);
    }

    /** {@code y = h + down(swish(gate(norm2(h))) * up(norm2(h)))}; y may be h. */
    private void feedForward(Matrix h, Matrix y, LayerActivations kept, boolean adapted) {
        int n = h.rows();
        gateAndUp(h, kept, adapted);
        Matrix active = scratch.active().of(n);
        kernels.swiGlu(kept.gate().of(n), kept.up().of(n), active);
        copyUnlessSame(h, y);
        down.forward(active, y, true, adapted);
    }

    private void gateAndUp(Matrix h, LayerActivations kept, boolean adapted) {
        int n = h.rows();
        Matrix normed = scratch.normed().of(n);
        norm2.forward(h, normed);
        gate.forward(normed, kept.gate().of(n), false, adapted);
        up.forward(normed, kept.up().of(n), false, adapted);
    }

    private void copyUnlessSame(Matrix from, Matrix to) {
        if (from != to) {
            kernels.copy(from, to);
        }
    }

    /**
     * Turns {@code d = d loss / dy} into {@code d loss / dx} in place; the lines of forward, read upwards.
     *
     * @param attention that of the pass
     * @param kept what forward wrote in this pass
     */
    void backward(Pass pass, BatchAttention attention, Matrix d, LayerActivations kept) {
        int n = d.rows();
        feedForwardBack(d, kept);
        Matrix dContext = scratch.dContext().of(n);
        output.backward(kept.context().of(n), d, dContext, false);
        Matrix dProjected = scratch.projected().of(n);
        attention.backward(byHead(dContext, config.heads()), kept, byHead(dProjected, config.projectedHeads()));
        turn(pass, dProjected, true);
        Matrix x = kept.x().of(n);
        Matrix normed = scratch.normed().of(n);
        Matrix dNormed = scratch.dNormed().of(n);
        norm1.forward(x, normed);
        projections.backward(normed, dProjected, dNormed, false);
        norm1.backward(x, dNormed, d);
    }

    /** Turns {@code d loss / dy} into {@code d loss / dh} in place. */
    private void feedForwardBack(Matrix d, LayerActivations kept) {
        int n = d.rows();
        Matrix h = kept.h().of(n);
        Matrix gated = kept.gate().of(n);
        Matrix upped = kept.up().of(n);
        Matrix active = scratch.active().of(n);
        Matrix dActive = scratch.dActive().of(n);
        Matrix dGate = scratch.dGate().of(n);
        Matrix dUp = scratch.dUp().of(n);
        kernels.swiGlu(gated, upped, active);
        down.backward(active, d, dActive, false);
        kernels.swiGluBack(gated, upped, dActive, dGate, dUp);
        Matrix normed = scratch.normed().of(n);
        Matrix dNormed = scratch.dNormed().of(n);
        norm2.forward(h, normed);
        gate.backward(normed, dGate, dNormed, false);
        up.backward(normed, dUp, dNormed, true);
        norm2.backward(h, dNormed, d);
    }

    /** The queries and keys among the projections: what turns with the position. */
    private Matrix rotated(Matrix projected) {
        return projected.columns(0, (config.heads() + config.keyValueHeads()) * config.headWidth());
    }

    /** [N, count * D] seen as [N * count, D]. */
    private Matrix byHead(Matrix rows, int count) {
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
