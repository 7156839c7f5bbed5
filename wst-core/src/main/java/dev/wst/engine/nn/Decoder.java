package dev.wst.engine.nn;

import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.HeadShape;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A decoder-only transformer: reads continuations of prompts, follows a loss back to its parameters. Not safe for use by
 * several threads at once.
 */
public final class Decoder implements AutoCloseable {
    private final Kernels kernels;
    private final Workspace forLayers;
    private final Workspace forHead;
    private final Workspace forDecoding;
    private final Arena arena;
    private final Scratch scratch;
    /** By layer; where nothing is kept for a backward pass, all layers use the first. */
    private final List<LayerActivations> activations = new ArrayList<>();
    /** By layer, all but the first's inputs in one place. */
    private final List<LayerActivations> inputsOnly = new ArrayList<>();
    /** [N, W] the last layer's output where activations are kept. */
    private final Rows last;

    private final DecodingMemory decodingMemory;
    private final DecoderConfig config;
    private final RotaryTable rotary;
    private final CausalMask mask;
    private final Head head;
    private final List<DecoderLayer> layers = new ArrayList<>();
    private @Nullable DecodingSlots slots;
    private long adapterSets;
    private long adaptersInUse;

    /** Loads every weight. The kernels are borrowed and must outlive the decoder. */
    public Decoder(DecoderConfig config, Kernels kernels, TensorReader tensors) {
        this(config, kernels, tensors, false);
    }

    /**
     * The same for a decoder whose own weights never change: where the kernels keep them in a form of their own, no other copy
     * is kept.
     */
    public static Decoder frozen(DecoderConfig config, Kernels kernels, TensorReader tensors) {
        return new Decoder(config, kernels, tensors, true);
    }

    private Decoder(DecoderConfig config, Kernels kernels, TensorReader tensors, boolean frozen) {
        this.config = config;
        this.kernels = kernels;
        forLayers = new Workspace(kernels);
        forHead = new Workspace(kernels);
        forDecoding = new Workspace(kernels);
        arena = new Arena(kernels);
        rotary = new RotaryTable(kernels, config.inverseFrequencies());
        mask = new CausalMask(kernels, config.sharing());
        scratch = Scratch.in(forLayers, config);
        last = arena.rows("the residual stream", config.width());
        decodingMemory = DecodingMemory.in(forDecoding, config);
        head = new Head(kernels, HeadScratch.in(forHead, config), tensors, config, frozen);
        for (int i = 0; i < config.layers(); i++) {
            layers.add(new DecoderLayer(kernels, scratch, tensors, config, i, frozen));
            activations.add(LayerActivations.in(arena, config));
            inputsOnly.add(activations.get(0).withInput(activations.get(i).x()));
        }
    }

    public DecoderConfig config() {
        return config;
    }

    /** The longest prompt whose attention scores, [H, P, P], one matrix holds, and whose mask. */
    public int longestPrompt() {
        int scores = (int) Math.sqrt((double) Matrix.MOST_NUMBERS / config.heads());
        return fused().isPresent() ? scores : Math.min(scores, CausalMask.longest(config.sharing()));
    }

    /**
     * Puts low-rank adapters beside the frozen weights: A uniform within one over the root of its inputs, as PEFT has it,
     * B zero, so that nothing changes at first.
     */
    public void adapt(LoraConfig lora, long seed) {
        layers.forEach(layer -> layer.linears().forEach(linear -> linear.adapt(lora)));
        SplittableRandom random = new SplittableRandom(seed);
        for (Parameter parameter : parameters()) {
            if (parameter.name().endsWith("lora_A.weight")) {
                double bound = 1 / Math.sqrt(parameter.value().columns());
                float[] values =
                        new float[parameter.value().rows() * parameter.value().columns()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
                }
                parameter.value().write(values);
            }
        }
    }

    /** Adapters that are only computed with, all zero, once {@link #use} says so. They are the caller's to close. */
    public AdapterSet adapters(LoraConfig lora) {
        Map<Linear, LoraAdapter> adapters = new LinkedHashMap<>();
        layers.stream()
                .flatMap(DecoderLayer::linears)
                .forEach(linear -> linear.adapterFor(lora).ifPresent(adapter -> adapters.put(linear, adapter)));
        return new AdapterSet(++adapterSets, adapters);
    }

    /** Computes with these adapters from now on, or with none. */
    public void use(Optional<AdapterSet> set) {
        Map<Linear, LoraAdapter> adapters = set.map(AdapterSet::adapters).orElse(Map.of());
        layers.stream().flatMap(DecoderLayer::linears).forEach(linear -> linear.use(adapters.get(linear)));
        adaptersInUse = set.map(AdapterSet::number).orElse(0L);
    }

    /** Tells apart what was recorded with the addresses of one set and another. */
    long adaptersInUse() {
        return adaptersInUse;
    }

    /** Makes every weight trainable. */
    public void trainWhole() {
        head.trainWhole();
        layers.forEach(layer -> {
            layer.linears().forEach(Linear::trainWhole);
            layer.norms().forEach(RmsNorm::trainWhole);
        });
    }

    /** What an optimiser may change, in a fixed order. */
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(head.parameters());
        for (DecoderLayer layer : layers) {
            layer.linears().forEach(linear -> all.addAll(linear.parameters()));
            layer.norms().forEach(norm -> all.addAll(norm.parameters()));
        }
        return all;
    }

    /** To be called after an optimiser changed the parameters. */
    public void refresh() {
        head.refresh();
        layers.forEach(layer -> layer.linears().forEach(Linear::refresh));
    }

    /**
     * Reads what the decoder says of every continuation.
     *
     * @param adapted whether the adapters take part; without them the decoder is the one that was loaded
     */
    public void read(PackedBatch batch, float temperature, boolean adapted, SequenceReader reader) {
        try (BatchAttention attention = attention(batch);
                Pass pass = pass(batch, attention, adapted)) {
            head.read(batch, forward(pass), temperature, reader);
        }
    }

    /** Adds the slopes of a loss to the gradients of all parameters. */
    public void follow(PackedBatch batch, float temperature, Kept kept, SequenceLoss loss) {
        try (BatchAttention attention = attention(batch);
                Pass pass = pass(batch, attention, true)) {
            ActivationSizes sizes = activationSizes();
            arena.begin(sizes.total(pass.shape(), kept), sizes.largest(pass.shape()));
            List<LayerActivations> kinds = kept == Kept.EVERYTHING ? activations : inputsOnly;
            Matrix x = forwardAndKeep(pass, kinds);
            Matrix d = scratch.d().of(batch.rows());
            kernels.fill(d, 0);
            head.follow(batch, x, d, temperature, loss);
            for (int i = layers.size() - 1; i >= 0; i--) {
                if (kept == Kept.INPUTS) {
                    layers.get(i).keepAgain(pass, kinds.get(i));
                }
                layers.get(i).backward(pass, attention, d, kinds.get(i));
            }
            head.embedBack(pass.tokens(), d);
        }
    }

    /** How much memory a batch takes with the adapters that there are now. */
    public ActivationSizes activationSizes() {
        return new ActivationSizes(
                config,
                layers.stream()
                        .flatMap(DecoderLayer::linears)
                        .mapToInt(Linear::adapterColumns)
                        .max()
                        .orElse(0),
                fused().isPresent());
    }

    /** Runs all layers; the result is the last one's output, [N, W]. No backward pass can follow. */
    Matrix forward(Pass pass) {
        ActivationSizes sizes = new ActivationSizes(config, 0, fused().isPresent());
        arena.begin(sizes.passing(pass.shape()), sizes.largest(pass.shape()));
        LayerActivations shared = activations.get(0);
        Matrix x = shared.x().of(pass.tokens().length());
        head.embed(pass.tokens(), x);
        layers.forEach(layer -> layer.forward(pass, x, x, shared));
        return x;
    }

    /** The same, keeping what each layer's backward pass needs. */
    private Matrix forwardAndKeep(Pass pass, List<LayerActivations> kept) {
        int n = pass.tokens().length();
        Matrix x = kept.get(0).x().of(n);
        head.embed(pass.tokens(), x);
        for (int i = 0; i < layers.size(); i++) {
            Matrix y = (i + 1 < layers.size() ? kept.get(i + 1).x() : last).of(n);
            layers.get(i).forward(pass, x, y, kept.get(i));
            x = y;
        }
        return x;
    }

    /** Attention within a batch, as these kernels do it best. */
    private BatchAttention attention(PackedBatch batch) {
        return fused().isPresent() ? fusedAttention(batch) : packedAttention(batch);
    }

    PackedAttention packedAttention(PackedBatch batch) {
        return new PackedAttention(kernels, scratch, mask, config, batch);
    }

    FusedAttention fusedAttention(PackedBatch batch) {
        return new FusedAttention(kernels, fused().orElseThrow(), scratch, headShape(), batch);
    }

    HeadShape headShape() {
        return new HeadShape(config.heads(), config.keyValueHeads(), config.headWidth(), config.attentionScale());
    }

    /** Operations done as one, where the kernels have them for heads of this shape. */
    public Optional<FusedKernels> fused() {
        return kernels.fused().filter(kind -> kind.supports(headShape()));
    }

    /** A pass of a batch whose attention is {@link #attention} or something around it. */
    Pass pass(PackedBatch batch, Attention attention, boolean adapted) {
        return pass(batch.tokens(), batch.positions(), batch.positionCount(), attention, adapted, BatchShape.of(batch));
    }

    /** A pass of the next tokens of each continuation. */
    Pass pass(DecodeStep step, Attention attention, boolean adapted) {
        return pass(
                step.tokens,
                step.positions,
                step.positionCount(),
                attention,
                adapted,
                BatchShape.ofTokens(step.tokens.length));
    }

    private Pass pass(
            int[] tokens, int[] positions, int positionCount, Attention attention, boolean adapted, BatchShape shape) {
        Matrix turns = rotary.upTo(positionCount);
        return new Pass(kernels.index(tokens), kernels.index(positions), turns, attention, adapted, shape);
    }

    /** Logits of every row of one text, for tests and for whoever wants a distribution: [N, V]. */
    public float[] logits(int[] tokens, boolean adapted) {
        PackedBatch batch = new PackedBatch(List.of(new PackedBatch.Source(tokens, List.of())), config);
        try (BatchAttention attention = attention(batch);
                Pass pass = pass(batch, attention, adapted)) {
            return head.logits(forward(pass), 1).toArray();
        }
    }

    /** Writes every weight, adapters added in. */
    public void export(TensorWriter target) {
        export(
                (name, shape) -> {
                    throw new IllegalStateException("a frozen decoder kept no copy of " + name + " to export");
                },
                target);
    }

    /**
     * The same for a decoder that may be frozen.
     *
     * @param origin what it was loaded from
     */
    public void export(TensorReader origin, TensorWriter target) {
        head.export(origin, target);
        layers.forEach(layer -> {
            layer.linears().forEach(linear -> linear.export(origin, target));
            layer.norms().forEach(norm -> norm.export(target));
        });
    }

    /** A frozen decoder of its own with this one's present weights. */
    public Decoder copy() {
        Map<String, float[]> tensors = new HashMap<>();
        export((name, shape, values) -> tensors.put(name, values));
        return frozen(config, kernels, (name, shape) -> {
            float[] values = tensors.remove(name);
            if (values == null) {
                throw new IllegalStateException("the decoder did not export " + name);
            }
            return values;
        });
    }

    /** Bytes that it holds, by what they are for. */
    public Map<String, Long> memory() {
        MemoryCount count = new MemoryCount();
        head.count(count);
        layers.forEach(layer -> {
            layer.linears().forEach(linear -> linear.count(count));
            layer.norms().forEach(norm -> norm.count(count));
        });
        count.add("tables", rotary.bytes() + mask.bytes());
        count.add("activations", arena.bytes());
        count.add("scratch", forLayers.bytes());
        count.add("logits", forHead.bytes());
        count.add("cache", forDecoding.bytes());
        return count.bytes();
    }

    Kernels kernels() {
        return kernels;
    }

    /** Cosines and sines of at least so many positions. */
    Matrix turnsUpTo(int positions) {
        return rotary.upTo(positions);
    }

    /** Those of the last {@link FusedDecoding}, if they are enough for so many rows. */
    DecodingSlots slots(int rows) {
        DecodingSlots held = slots;
        if (held == null || held.most() < rows) {
            if (held != null) {
                slots = null;
                held.close();
            }
            held = new DecodingSlots(fused().orElseThrow(), rows);
            slots = held;
        }
        return held;
    }

    Scratch scratch() {
        return scratch;
    }

    DecodingMemory decodingMemory() {
        return decodingMemory;
    }

    Head head() {
        return head;
    }

    @Override
    public void close() {
        if (slots != null) {
            slots.close();
        }
        head.close();
        layers.forEach(DecoderLayer::close);
        rotary.close();
        mask.close();
        forLayers.close();
        forHead.close();
        forDecoding.close();
        arena.close();
    }
}
