package dev.wst.rewards.preference;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.wst.Seed;
import dev.wst.rewards.data.PreferencePair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Scores replies so that the difference of two scores is the logit of preferring one: the model of Bradley and Terry,
 * trained on pairs as in arXiv 1706.03741 and 2203.02155, here on sentence embeddings of the question and the reply.
 *
 * <pre>{@code
 * EmbeddingModel embedding = new AllMiniLmL6V2QuantizedEmbeddingModel();
 * try (PreferenceModel preferenceModel = PreferenceModel.train(pairs, embedding, PreferenceTraining.defaults())) {
 *     System.out.println(preferenceModel.report(heldOutPairs));
 *     preferenceModel.save(Path.of("harmless.json"));
 * }
 * }</pre>
 *
 * <p>Differs from those papers in that the text is read by a frozen sentence model: it sees what a reply is about and in
 * what manner, hardly whether it is right. Where a context is a dialogue of {@code Human:} turns the last of them is read.
 *
 * <p>Equal pairs, options and embedding give equal weights, bit for bit, on one machine, whatever its number of
 * threads. After {@link #close} a call is a {@link dev.wst.ClosedException}.
 */
public final class PreferenceModel implements AutoCloseable {
    private final PreferenceModelFile.Header header;
    private final Embedder embedder;
    private final ScoreNetwork network;

    private PreferenceModel(PreferenceModelFile.Header header, Embedder embedder, ScoreNetwork network) {
        this.header = header;
        this.embedder = embedder;
        this.network = network;
    }

    /**
     * Trains a model.
     *
     * @param pairs at least 20; a share of them is not trained on but sets the temperature
     * @throws IllegalArgumentException if there are too few
     */
    public static PreferenceModel train(
            List<PreferencePair> pairs, EmbeddingModel embedding, PreferenceTraining training) {
        if (pairs.size() < 20) {
            throw new IllegalArgumentException("a preference model needs at least 20 pairs, got " + pairs.size());
        }
        List<PreferencePair> shuffled = new ArrayList<>(pairs);
        Collections.shuffle(
                shuffled, new Random(new Seed(training.seed()).derive("split").value()));
        Embedder embedder = new Embedder(embedding);
        float[][] chosen = chosen(shuffled, embedder, training.features());
        float[][] rejected = rejected(shuffled, embedder, training.features());
        int held = Math.max(1, (int) (pairs.size() * training.calibrationShare()));
        ScoreNetwork network = new ScoreNetwork(training.features().width(embedder.dimension()), training);
        fit(
                network,
                Arrays.copyOfRange(chosen, held, chosen.length),
                Arrays.copyOfRange(rejected, held, rejected.length),
                training);
        double[] scale = scale(network.scores(chosen), network.scores(rejected), held);
        return new PreferenceModel(
                PreferenceModelFile.header(
                        embedding.modelName(), embedder.dimension(), training, scale, pairs.size() - held),
                embedder,
                network);
    }

    /**
     * Reads a model.
     *
     * @param embedding the one it was trained on; only its width can be checked
     * @throws PreferenceModelFileException if the file cannot be read, is damaged, or belongs to embeddings of another width
     */
    public static PreferenceModel load(Path file, EmbeddingModel embedding) {
        PreferenceModelFile read = PreferenceModelFile.read(file);
        PreferenceModelFile.Header header = read.model();
        Embedder embedder = new Embedder(embedding);
        if (embedder.dimension() != header.dimension()) {
            throw new PreferenceModelFileException(
                    file,
                    "was trained on embeddings of " + header.dimension() + " numbers by " + header.embedding()
                            + ", got one of " + embedder.dimension() + " by " + embedding.modelName());
        }
        ScoreNetwork network = new ScoreNetwork(
                header.features().width(header.dimension()),
                PreferenceTraining.defaults().withHidden(header.hidden()));
        network.load(read.weights());
        return new PreferenceModel(header, embedder, network);
    }

    /**
     * Writes the model, at once or not at all.
     *
     * @throws PreferenceModelFileException if that fails
     */
    public void save(Path file) {
        new PreferenceModelFile(header, network.parameters()).write(file);
    }

    /** The score of a reply, in deviations from the mean over the replies of the training. */
    public double score(String context, String reply) {
        return scores(List.of(new Embedder.Text(context, reply)))[0];
    }

    /** The probability that people prefer the first reply, by the calibrated temperature. */
    public double probability(String context, String first, String second) {
        double[] scores = scores(List.of(new Embedder.Text(context, first), new Embedder.Text(context, second)));
        return BradleyTerry.probability(logit(scores[0] - scores[1]));
    }

    /** How well it foretells these pairs, none of which should have been trained on. */
    public PreferenceReport report(List<PreferencePair> pairs) {
        double[] chosen = network.scores(chosen(pairs, embedder, header.features()));
        double[] rejected = network.scores(rejected(pairs, embedder, header.features()));
        Arrays.setAll(chosen, i -> (chosen[i] - rejected[i]) / header.temperature());
        return PreferenceReport.of(chosen);
    }

    /** What margins are divided by to be logits. */
    public double temperature() {
        return header.temperature();
    }

    /** Normalised scores; throws what the embedding model throws. */
    double[] scores(List<Embedder.Text> texts) {
        return scores(features(texts));
    }

    /** [N, F]; throws what the embedding model throws. */
    float[][] features(List<Embedder.Text> texts) {
        return embedder.features(texts, header.features());
    }

    /** Normalised scores of features. */
    double[] scores(float[][] features) {
        double[] scores = network.scores(features);
        return Arrays.stream(scores)
                .map(score -> (score - header.mean()) / header.deviation())
                .toArray();
    }

    /** The logit of a difference of normalised scores. */
    double logit(double difference) {
        return difference * header.deviation() / header.temperature();
    }

    private static float[][] chosen(List<PreferencePair> pairs, Embedder embedder, Features features) {
        return embedder.features(
                pairs.stream()
                        .map(pair -> new Embedder.Text(pair.context(), pair.chosen()))
                        .toList(),
                features);
    }

    private static float[][] rejected(List<PreferencePair> pairs, Embedder embedder, Features features) {
        return embedder.features(
                pairs.stream()
                        .map(pair -> new Embedder.Text(pair.context(), pair.rejected()))
                        .toList(),
                features);
    }

    private static void fit(ScoreNetwork network, float[][] chosen, float[][] rejected, PreferenceTraining training) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            order.add(i);
        }
        for (int epoch = 0; epoch < training.epochs(); epoch++) {
            Collections.shuffle(
                    order, new Random(new Seed(training.seed()).derive(epoch).value()));
            for (int from = 0; from < order.size(); from += training.batch()) {
                List<Integer> batch = order.subList(from, Math.min(order.size(), from + training.batch()));
                network.step(
                        batch.stream().map(i -> chosen[i]).toArray(float[][]::new),
                        batch.stream().map(i -> rejected[i]).toArray(float[][]::new));
            }
        }
    }

    /** Mean and deviation of the scores trained on, and the temperature by the first {@code held} pairs. */
    private static double[] scale(double[] chosen, double[] rejected, int held) {
        double sum = 0;
        double squares = 0;
        int count = 2 * (chosen.length - held);
        for (int i = held; i < chosen.length; i++) {
            sum += chosen[i] + rejected[i];
            squares += chosen[i] * chosen[i] + rejected[i] * rejected[i];
        }
        double mean = sum / count;
        double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
        double[] margins = new double[held];
        Arrays.setAll(margins, i -> chosen[i] - rejected[i]);
        return new double[] {mean, deviation > 0 ? deviation : 1, BradleyTerry.temperature(margins)};
    }

    /** Frees the network; the embedding model is the caller's. */
    @Override
    public void close() {
        network.close();
    }

    @Override
    public String toString() {
        return "PreferenceModel[" + header + ", weights " + Integer.toHexString(Arrays.hashCode(network.parameters()))
                + "]";
    }
}
