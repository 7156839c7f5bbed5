package dev.wst.tensor;

import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;
import com.google.common.io.Resources;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds oneDNN's native library in the {@code org.bytedeco:dnnl} jar of this platform and unpacks it, once, to a
 * directory that only the user can write.
 */
final class OneDnnLibrary {
    private static final String ROOT = "/org/bytedeco/dnnl/";
    private static final String PREFIX = "wst-onednn-";

    private OneDnnLibrary() {}

    /**
     * The path of the unpacked library.
     *
     * @throws BackendException if the jar of this platform is absent or cannot be unpacked
     */
    static Path unpack(Path parent) {
        String platform = platform();
        String main = platform.startsWith("windows")
                ? "dnnl.dll"
                : platform.startsWith("macosx") ? "libdnnl.3.dylib" : "libdnnl.so.3";
        try {
            Optional<URL> library = resource(platform, main);
            if (library.isEmpty()) {
                throw new BackendException("no " + main + " for " + platform
                        + " on the class path; add org.bytedeco:dnnl with the classifier " + platform);
            }
            Path directory = parent.resolve(PREFIX
                    + Resources.asByteSource(library.get())
                            .hash(Hashing.sha256())
                            .toString()
                            .substring(0, 16)
                    + "-"
                    + System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9]", "_"));
            prepare(directory);
            for (String companion : List.of("libgomp.so.1", "libomp.dylib", "libiomp5.dylib", "vcomp140.dll")) {
                Optional<URL> beside = resource(platform, companion);
                if (beside.isPresent()) {
                    write(directory.resolve(companion), beside.get());
                }
            }
            Path target = directory.resolve(main);
            write(target, library.get());
            return target;
        } catch (IOException e) {
            throw new BackendException("oneDNN could not be unpacked under " + parent + ": " + e, e);
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system = os.contains("win") ? "windows" : os.contains("mac") ? "macosx" : "linux";
        return system + "-" + (arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "x86_64");
    }

    private static Optional<URL> resource(String platform, String name) {
        return Optional.ofNullable(OneDnnLibrary.class.getResource(ROOT + platform + "/" + name));
    }

    private static void prepare(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        }
        String owner = Files.getOwner(directory).getName();
        if (!owner.endsWith(System.getProperty("user.name", owner))) {
            throw new IOException(directory + " belongs to " + owner + "; remove it or set java.io.tmpdir");
        }
    }

    /** Writes beside the target and renames, so that a library is there whole or not at all. */
    private static void write(Path target, URL library) throws IOException {
        ByteSource bytes = Resources.asByteSource(library);
        if (Files.isRegularFile(target) && Files.size(target) == bytes.size()) {
            return;
        }
        Path temporary = Files.createTempFile(target.getParent(), "unpacking", ".tmp");
        try {
            bytes.copyTo(MoreFiles.asByteSink(temporary));
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
