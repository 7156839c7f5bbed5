package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import dev.wst.engine.weights.DecoderConfig;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Embedding, final norm and output layer. Logits exist only for rows that predict a sampled token, and only for a few
 * continuations at a time.
 */
final class Head implements AutoCloseable {
    /** Logits of this many tokens are held at once; a longer continuation is held whole. */
    private static final int ROWS_AT_ONCE = 256;

    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String OUTPUT = "lm_head.weight";

    private final Kernels kernels;
    private final HeadScratch scratch;
    private final DecoderConfig config;
    private final Matrix embedding;
    /** The embedding where the two are tied; none where the kernels keep a frozen one in their own form only. */
    private final @Nullable Matrix output;

    private final Weight outputWeight;
    private final RmsNorm norm;
    private @Nullable Parameter embeddingParameter;
    private @Nullable Parameter outputParameter;

    Head(Kernels kernels, HeadScratch scratch, TensorReader tensors, DecoderConfig config, boolean frozen) {
        this.kernels = kernels;
        this.scratch = scratch;
        this.config = config;
        embedding = kernels.allocate(config.vocabulary(), config.width());
        tensors.readInto(embedding, EMBEDDING, config.vocabulary(), config.width());
        if (config.tiedEmbeddings()) {
            output = embedding;
            outputWeight = kernels.weight(embedding);
        } else {
            Matrix own = kernels.allocate(config.vocabulary(), config.width());
            tensors.readInto(own, OUTPUT, config.vocabulary(), config.width());
            outputWeight = kernels.weight(own);
            output = keptUnlessFrozen(own, frozen);
        }
        norm = new RmsNorm(kernels, tensors, "model.norm", config.width(), config.epsilon());
    }

    private @Nullable Matrix keptUnlessFrozen(Matrix own, boolean frozen) {
        if (frozen && outputWeight.standsAlone()) {
            own.close();
            return null;
        }
        return own;
    }

    /** {@code x = embedding[tokens]}; [N, W]. */
    void embed(Index tokens, Matrix x) {
        kernels.gatherRows(embedding, tokens, x);
    }

    /** Adds the slopes of {@link #embed} to the embedding's gradient, if it is trained. */
    void embedBack(Index tokens, Matrix dx) {
        if (embeddingParameter != null) {
            kernels.scatterAddRows(dx, tokens, embeddingParameter.gradient());
        }
    }

    /** {@code logits = norm(x) / temperature * output'}; x [M, W], logits [M, V]. */
    Matrix logits(Matrix x, float temperature) {
        Matrix normed = scratch.normed().of(x.rows());
        norm.forward(x, normed);
        if (temperature != 1) {
            kernels.scale(normed, 1 / temperature);
        }
        Matrix logits = scratch.logits().of(x.rows());
        kernels.linear(normed, outputWeight, logits, false);
        return logits;
    }

    /** Reads every continuation of a batch; x [N, W] is the last layer's output. */
    void read(PackedBatch batch, Matrix x, float temperature, SequenceReader reader) {
        chunks(batch, x, temperature, (chunk, hidden) -> {
            float[] states = new float[chunk.size() * config.width()];
            Matrix normed = scratch.normed().of(chunk.size());
            norm.forward(hidden, normed);
            normed.read(states);
            for (int s = chunk.first; s < chunk.last; s++) {
                int from = batch.start(s) - chunk.start;
                int to = batch.start(s + 1) - chunk.start;
                float[][] rows = new float[to - from][];
                for (int t = from; t < to; t++) {
                    rows[t - from] = Arrays.copyOfRange(states, t * config.width(), (t + 1) * config.width());
                }
                reader.read(
                        s,
                        Arrays.copyOfRange(chunk.logProbability, from, to),
                        Arrays.copyOfRange(chunk.entropy, from, to),
                        rows);
            }
        });
    }

    /**
     * Follows a loss back to the last layer's output.
     *
     * @param x [N, W] the last layer's output
     * @param dx [N, W] gets the slopes added
     */
    void follow(PackedBatch batch, Matrix x, Matrix dx, float temperature, SequenceLoss loss) {
        chunks(batch, x, temperature, (chunk, hidden) -> {
            double[] a = new double[chunk.size()];
            double[] b = new double[chunk.size()];
            for (int s = chunk.first; s < chunk.last; s++) {
                int from = batch.start(s) - chunk.start;
                int to = batch.start(s + 1) - chunk.start;
                SequenceLoss.Slopes slopes = loss.at(
                        s,
                        Arrays.copyOfRange(chunk.logProbability, from, to),
                        Arrays.copyOfRange(chunk.entropy, from, to));
                System.arraycopy(slopes.logProbability(), 0, a, from, to - from);
                System.arraycopy(slopes.entropy(), 0, b, from, to - from);
            }
            kernels.tokenScoresBack(chunk.logits, chunk.targets, chunk.logSumExp, chunk.entropy, a, b);
            logitsBack(chunk, hidden, dx, temperature);
        });
    }

    private void logitsBack(Chunk chunk, Matrix hidden, Matrix dx, float temperature) {
        int rows = chunk.size();
        Matrix normed = scratch.normed().of(rows);
        Matrix dNormed = scratch.dNormed().of(rows);
        Matrix dHidden = scratch.dHidden().of(rows);
        if (outputParameter != null) {
            kernels.matmul(
                    Block.of(chunk.logits).transposed(),
                    Block.of(normed),
                    Block.of(outputParameter.gradient()),
                    1,
                    true);
        }
        kernels.linearBack(chunk.logits, outputWeight, dNormed, false);
        if (temperature != 1) {
            kernels.scale(dNormed, 1 / temperature);
        }
        kernels.fill(dHidden, 0);
        norm.backward(hidden, dNormed, dHidden);
        kernels.scatterAddRows(dHidden, chunk.rows, dx);
    }

    private interface ChunkWork {
        void on(Chunk chunk, Matrix hidden);
    }

    /** Some continuations whose logits are held at once. */
    private record Chunk(
            int first,
            int last,
            int start,
            Index rows,
            Index targets,
            Matrix logits,
            double[] logSumExp,
            double[] logProbability,
            double[] entropy) {
        int size() {
            return rows.length();
        }
    }

    private void chunks(PackedBatch batch, Matrix x, float temperature, ChunkWork work) {
        int first = 0;
        while (first < batch.sequences()) {
            int last = first + 1;
            while (last < batch.sequences() && batch.start(last + 1) - batch.start(first) <= ROWS_AT_ONCE) {
                last++;
            }
            chunk(batch, first, last, x, temperature, work);
            first = last;
        }
    }

    private void chunk(PackedBatch batch, int first, int last, Matrix x, float temperature, ChunkWork work) {
        int start = batch.start(first);
        int end = batch.start(last);
        int size = end - start;
        try (Index rows = kernels.index(Arrays.copyOfRange(batch.scoreRows(), start, end));
                Index targets = kernels.index(Arrays.copyOfRange(batch.targets(), start, end))) {
            Matrix hidden = scratch.hidden().of(size);
            kernels.gatherRows(x, rows, hidden);
            Matrix logits = logits(hidden, temperature);
            double[] logSumExp = new double[size];
            double[] logProbability = new double[size];
            double[] entropy = new double[size];
            kernels.tokenScores(logits, targets, logSumExp, logProbability, entropy);
            work.on(new Chunk(first, last, start, rows, targets, logits, logSumExp, logProbability, entropy), hidden);
        }
    }

    void trainWhole() {
        if (output == null) {
            throw new IllegalStateException("a frozen decoder cannot be trained whole");
        }
        norm.trainWhole();
        embeddingParameter = Parameter.of(EMBEDDING, embedding, kernels);
        outputParameter = config.tiedEmbeddings() ? embeddingParameter : Parameter.of(OUTPUT, output, kernels);
    }

    List<Parameter> parameters() {
        return Stream.concat(
                        Stream.of(embeddingParameter, outputParameter)
                                .filter(p -> p != null)
                                .distinct(),
                        norm.parameters().stream())
                .toList();
    }

    void refresh() {
        if (outputParameter != null) {
            outputWeight.refresh();
        }
    }

    void export(TensorReader origin, TensorWriter target) {
        int[] shape = {config.vocabulary(), config.width()};
        target.write(EMBEDDING, shape, embedding.toArray());
        if (!config.tiedEmbeddings()) {
            target.write(OUTPUT, shape, output == null ? origin.read(OUTPUT, shape) : output.toArray());
        }
        norm.export(target);
    }

    /** Counts its memory. */
    void count(MemoryCount count) {
        count.plain(embedding);
        if (!config.tiedEmbeddings()) {
            count.plain(output);
        }
        count.packed(outputWeight);
        norm.count(count);
        Stream.of(embeddingParameter, outputParameter)
                .filter(p -> p != null)
                .distinct()
                .forEach(count::moments);
    }

    @Override
    public void close() {
        outputWeight.close();
        embedding.close();
        if (output != null) {
            output.close();
        }
        norm.close();
        parameters().forEach(Parameter::close);
    }
}
