package dev.wst.engine.tensor.cuda;

import com.google.common.io.Resources;
import dev.wst.engine.tensor.BackendException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CUDA's libraries in a jar on the class path, {@code org.bytedeco:cuda} with the classifier of a platform's
 * {@code redist}, unpacked once under the user's cache. They are
 * hundreds of megabytes, so what lies there is compared by size, in a directory named by the jar's own checksums, rather than hashed at
 * every start; each file is written beside its place and renamed.
 */
final class ClassPathLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(ClassPathLibraries.class);
    private static final String ROOT = "org/bytedeco/cuda/";
    /** What the three libraries load themselves. */
    private static final List<String> COMPANIONS = List.of("libnvrtc-builtins.so");

    private final Path cache;
    private final ClassLoader classPath;

    ClassPathLibraries(Path cache, ClassLoader classPath) {
        this.cache = cache;
        this.classPath = classPath;
    }

    /**
     * The directory with the libraries of a CUDA version; nothing if no jar has them.
     *
     * @throws BackendException if they cannot be unpacked
     */
    Optional<Path> unpack(int major) {
        List<String> names = List.of("libnvrtc.so." + major, "libcublasLt.so." + major, "libcublas.so." + major);
        try {
            long key = 0;
            for (String name : names) {
                JarEntry entry = entry(name);
                if (entry == null) {
                    return Optional.empty();
                }
                key = 31 * key + entry.getCrc();
            }
            Path directory = Files.createDirectories(cache.resolve("libraries-" + major + "-" + Long.toHexString(key)));
            for (String name : names) {
                write(name, directory);
            }
            for (String companion : COMPANIONS) {
                for (int minor = 0; minor < 10; minor++) {
                    String name = companion + "." + major + "." + minor;
                    if (entry(name) != null) {
                        write(name, directory);
                    }
                }
            }
            return Optional.of(directory);
        } catch (IOException e) {
            throw new BackendException("CUDA's libraries could not be unpacked under " + cache + ": " + e, e);
        }
    }

    private @Nullable URL url(String name) {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String platform = arch.equals("aarch64") ? "linux-arm64/" : "linux-x86_64/";
        return classPath.getResource(ROOT + platform + name);
    }

    private @Nullable JarEntry entry(String name) throws IOException {
        URL url = url(name);
        if (url == null) {
            return null;
        }
        URLConnection connection = url.openConnection();
        return connection instanceof JarURLConnection jar ? jar.getJarEntry() : null;
    }

    private void write(String name, Path directory) throws IOException {
        URL url = url(name);
        JarEntry entry = entry(name);
        if (url == null || entry == null) {
            return;
        }
        Path target = directory.resolve(name);
        if (Files.isRegularFile(target) && Files.size(target) == entry.getSize()) {
            return;
        }
        LOG.info("unpacking {} ({} MB) to {}", name, entry.getSize() >> 20, directory);
        Path beside = Files.createTempFile(directory, "unpacking", ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(beside)) {
                Resources.copy(url, out);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
