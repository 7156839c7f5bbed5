package dev.wst.engine.tensor.cuda;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled kernels on disk, so that only the first start on a machine compiles. An entry is the SHA-256 of the code followed by
 * the code, under a name made of source, architecture and compiler; a damaged one is compiled again. A directory that cannot be
 * written costs a compilation, never a run.
 */
final class KernelCache {
    private static final Logger LOG = LoggerFactory.getLogger(KernelCache.class);
    private static final int HASH_BYTES = 32;

    private final Path directory;

    KernelCache(Path directory) {
        this.directory = directory;
    }

    /** The user's own: under {@code XDG_CACHE_HOME} or the home directory. */
    static KernelCache ofUser() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache == null || cache.isEmpty()
                ? Path.of(System.getProperty("user.home", "."), ".cache")
                : Path.of(cache);
        return new KernelCache(base.resolve("wst").resolve("cuda"));
    }

    /** Where it is. */
    Path directory() {
        return directory;
    }

    /** The code from the cache, or compiled and put there. */
    byte[] get(String source, int architecture, String compiler, Supplier<byte[]> compile) {
        String key = Hashing.sha256()
                .hashString(compiler + "\n" + architecture + "\n" + source, StandardCharsets.UTF_8)
                .toString();
        Path entry = directory.resolve("sm_" + architecture + "-" + key.substring(0, 32) + ".bin");
        Optional<byte[]> kept = read(entry);
        if (kept.isPresent()) {
            return kept.get();
        }
        byte[] code = compile.get();
        write(entry, code);
        return code;
    }

    private static Optional<byte[]> read(Path entry) {
        try {
            if (!Files.isRegularFile(entry)) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(entry);
            if (bytes.length > HASH_BYTES) {
                byte[] code = Arrays.copyOfRange(bytes, HASH_BYTES, bytes.length);
                if (Arrays.equals(hash(code), Arrays.copyOf(bytes, HASH_BYTES))) {
                    return Optional.of(code);
                }
            }
            LOG.warn("{} is damaged; the kernels are compiled again", entry);
        } catch (IOException e) {
            LOG.warn("{} cannot be read, so the kernels are compiled again: {}", entry, e.toString());
        }
        return Optional.empty();
    }

    private void write(Path entry, byte[] code) {
        try {
            Files.createDirectories(directory);
            Path beside = Files.createTempFile(directory, "compiled", ".tmp");
            try {
                byte[] hash = hash(code);
                byte[] bytes = Arrays.copyOf(hash, hash.length + code.length);
                System.arraycopy(code, 0, bytes, hash.length, code.length);
                Files.write(beside, bytes);
                Files.move(beside, entry, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            LOG.warn(
                    "compiled kernels cannot be kept in {}, so every start compiles them: {}", directory, e.toString());
        }
    }

    private static byte[] hash(byte[] code) {
        return Hashing.sha256().hashBytes(code).asBytes();
    }
}
