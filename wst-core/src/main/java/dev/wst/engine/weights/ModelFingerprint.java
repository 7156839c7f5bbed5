package dev.wst.engine.weights;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells models apart without reading them whole: a hash of the names, sizes, first and last mebibytes of the files. It does not
 * depend on where they lie.
 */
public final class ModelFingerprint {
    private static final int ENDS = 1 << 20;
    private static final int DIGITS = 16;

    private ModelFingerprint() {}

    /**
     * Of a GGUF file or a Hugging Face directory.
     *
     * @throws ModelFileException if it cannot be read
     */
    public static String of(Path model) {
        return of(model, file -> true, file -> file.getFileName() + "\n");
    }

    /**
     * Of the weights alone: of a Hugging Face directory its safetensors files. It depends on no file's name, nor on what lies
     * beside the weights.
     *
     * @throws ModelFileException if they cannot be read
     */
    public static String ofWeights(Path model) {
        boolean isOne = !Files.isDirectory(model);
        return of(model, file -> isOne || file.toString().endsWith(".safetensors"), file -> "");
    }

    private static String of(Path model, Predicate<Path> counts, Function<Path, String> name) {
        try {
            Hasher hasher = Hashing.sha256().newHasher();
            for (Path file : files(model).stream().filter(counts).toList()) {
                hasher.putString(name.apply(file), StandardCharsets.UTF_8);
                add(file, hasher);
            }
            return hasher.hash().toString().substring(0, DIGITS);
        } catch (IOException e) {
            throw new ModelFileException(model + " cannot be read: " + e, e);
        }
    }

    private static List<Path> files(Path model) throws IOException {
        if (!Files.isDirectory(model)) {
            return List.of(model);
        }
        try (Stream<Path> all = Files.list(model)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void add(Path file, Hasher hasher) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long length = bytes.length();
            byte[] end = new byte[(int) Math.min(ENDS, length)];
            hasher.putLong(length);
            bytes.readFully(end);
            hasher.putBytes(end);
            bytes.seek(length - end.length);
            bytes.readFully(end);
            hasher.putBytes(end);
        }
    }
}
