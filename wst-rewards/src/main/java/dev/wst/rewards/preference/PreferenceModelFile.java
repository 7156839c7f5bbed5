package dev.wst.rewards.preference;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The file of a preference model, format 1, little endian: eight bytes of magic, the length of the header (int32), the
 * header in JSON, the weights (float32), and the SHA-256 of all that precedes it. Nothing in it names a class; every length
 * is checked against the size of the file before anything is allocated by it.
 */
record PreferenceModelFile(Header header, float[] weights) {
    private static final byte[] MAGIC = "WSTPREF\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int PREFIX = 12;
    private static final int HASH = 32;
    private static final int LONGEST_HEADER = 1 << 16;
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

    void write(Path file) {
        try {
            byte[] json = JSON.writeValueAsBytes(header);
            ByteBuffer bytes = ByteBuffer.allocate(PREFIX + json.length + 4 * weights.length + HASH)
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.put(MAGIC).putInt(json.length).put(json);
            for (float weight : weights) {
                bytes.putFloat(weight);
            }
            bytes.put(hash(bytes.array(), bytes.position()));
            Path folder = file.toAbsolutePath().getParent();
            Path unfinished = Files.createTempFile(folder, "preference", ".tmp");
            try {
                Files.write(unfinished, bytes.array());
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new PreferenceModelFileException(file, "cannot be written: " + e, e);
        }
    }

    static PreferenceModelFile read(Path file) {
        byte[] bytes = bytes(file);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new PreferenceModelFileException(file, "is not a preference model");
        }
        int length = in.getInt();
        if (length < 0 || length > LONGEST_HEADER || length > bytes.length - PREFIX - HASH) {
            throw new PreferenceModelFileException(file, "says its header has " + length + " bytes");
        }
        Header header = header(file, Arrays.copyOfRange(bytes, PREFIX, PREFIX + length));
        long room = (long) bytes.length - PREFIX - length - HASH;
        if (room != 4 * header.weightCount()) {
            throw new PreferenceModelFileException(
                    file, "holds " + room + " bytes of weights where " + 4 * header.weightCount() + " belong");
        }
        byte[] expected = Arrays.copyOfRange(bytes, bytes.length - HASH, bytes.length);
        if (!Arrays.equals(hash(bytes, bytes.length - HASH), expected)) {
            throw new PreferenceModelFileException(file, "is damaged: its hash does not fit");
        }
        in.position(PREFIX + length);
        float[] weights = new float[(int) header.weightCount()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = in.getFloat();
            if (!Float.isFinite(weights[i])) {
                throw new PreferenceModelFileException(file, "has a weight that is " + weights[i]);
            }
        }
        return new PreferenceModelFile(header, weights);
    }

    private static byte[] bytes(Path file) {
        try {
            long size = Files.size(file);
            if (size < PREFIX + HASH || size > LONGEST_FILE) {
                throw new PreferenceModelFileException(file, "has " + size + " bytes, which no preference model has");
            }
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length != size) {
                throw new PreferenceModelFileException(file, "changed while it was read");
            }
            return bytes;
        } catch (IOException e) {
            throw new PreferenceModelFileException(file, "cannot be read: " + e, e);
        }
    }

    private static Header header(Path file, byte[] json) {
        Header header;
        try {
            header = JSON.readValue(json, Header.class);
        } catch (IOException e) {
            throw new PreferenceModelFileException(file, "has a header that cannot be read: " + e.getMessage(), e);
        }
        if (header == null || header.embedding() == null || header.features() == null || !header.isSound()) {
            throw new PreferenceModelFileException(file, "has a header of another format or without sense: " + header);
        }
        return header;
    }

    private static byte[] hash(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
