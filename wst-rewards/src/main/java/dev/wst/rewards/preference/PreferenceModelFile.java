package dev.wst.rewards.preference;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file of a preference model, format 1: one JSON object of the {@code model}, its {@code weights} as a list of numbers,
 * and the {@code sha256} of both, each as the JSON text that this class writes. Nothing in it names a class; the size of the
 * file is checked before it is read, and the number of weights before they are used.
 */
record PreferenceModelFile(Header model, float[] weights) {
    private static final int FORMAT = 1;
    private static final long LONGEST_FILE = 1L << 28;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * What the model is.
     *
     * @param embedding name of the embedding model, for messages
     * @param pairs how many it was trained on
     */
    record Header(
            int format,
            String embedding,
            int dimension,
            Features features,
            int hidden,
            double mean,
            double deviation,
            double temperature,
            int pairs) {

        boolean isSound() {
            return format == FORMAT
                    && dimension > 0
                    && dimension <= 1 << 16
                    && hidden >= 0
                    && hidden <= 1 << 16
                    && Double.isFinite(mean)
                    && Double.isFinite(deviation)
                    && deviation > 0
                    && Double.isFinite(temperature)
                    && temperature > 0;
        }

        long weightCount() {
            return ScoreNetwork.parameterCount(features.width(dimension), hidden);
        }
    }

    static Header header(String embedding, int dimension, PreferenceTraining training, double[] scale, int pairs) {
        return new Header(
                FORMAT,
                embedding,
                dimension,
                training.features(),
                training.hidden(),
                scale[0],
                scale[1],
                scale[2],
                pairs);
    }

    /** What stands in the file. */
    private record Document(Header model, float[] weights, String sha256) {}

    void write(Path file) {
        try {
            byte[] json = JSON.writeValueAsBytes(new Document(model, weights, hash()));
            Path folder = file.toAbsolutePath().getParent();
            Path unfinished = Files.createTempFile(folder, "preference", ".tmp");
            try {
                Files.write(unfinished, json);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new PreferenceModelFileException(file, "cannot be written: " + e, e);
        }
    }

    static PreferenceModelFile read(Path file) {
        Document document = document(file);
        Header model = document.model();
        if (model == null || model.embedding() == null || model.features() == null || !model.isSound()) {
            throw new PreferenceModelFileException(file, "has a model of another format or without sense: " + model);
        }
        float[] weights = document.weights();
        if (weights == null || weights.length != model.weightCount()) {
            throw new PreferenceModelFileException(
                    file,
                    "holds " + (weights == null ? 0 : weights.length) + " weights where " + model.weightCount()
                            + " belong");
        }
        for (float weight : weights) {
            if (!Float.isFinite(weight)) {
                throw new PreferenceModelFileException(file, "has a weight that is " + weight);
            }
        }
        PreferenceModelFile read = new PreferenceModelFile(model, weights);
        if (!read.hash().equals(document.sha256())) {
            throw new PreferenceModelFileException(file, "is damaged: its hash does not fit");
        }
        return read;
    }

    private static Document document(Path file) {
        try {
            long size = Files.size(file);
            if (size > LONGEST_FILE) {
                throw new PreferenceModelFileException(file, "has " + size + " bytes, which no preference model has");
            }
            Document document = JSON.readValue(Files.readAllBytes(file), Document.class);
            if (document == null) {
                throw new PreferenceModelFileException(file, "is not a preference model but null");
            }
            return document;
        } catch (JacksonException e) {
            throw new PreferenceModelFileException(file, "is not a preference model: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new PreferenceModelFileException(file, "cannot be read: " + e, e);
        }
    }

    private String hash() {
        try {
            return Hashing.sha256()
                    .newHasher()
                    .putBytes(JSON.writeValueAsBytes(model))
                    .putBytes(JSON.writeValueAsBytes(weights))
                    .hash()
                    .toString();
        } catch (JacksonException e) {
            throw new IllegalStateException("a record of numbers is always JSON", e);
        }
    }
}
