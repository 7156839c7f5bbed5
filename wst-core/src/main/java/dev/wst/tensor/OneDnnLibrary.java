package dev.wst.tensor;

import com.google.common.hash.Hashing;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;

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
            byte[] bytes = resource(platform, main);
            if (bytes.length == 0) {
                throw new BackendException("no " + main + " for " + platform
                        + " on the class path; add org.bytedeco:dnnl with the classifier " + platform);
            }
            Path directory = parent.resolve(PREFIX
                    + Hashing.sha256().hashBytes(bytes).toString().substring(0, 16) + "-"
                    + System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9]", "_"));
            prepare(directory);
            for (String companion : List.of("libgomp.so.1", "libomp.dylib", "libiomp5.dylib", "vcomp140.dll")) {
                byte[] library = resource(platform, companion);
                if (library.length > 0) {
                    write(directory.resolve(companion), library);
                }
            }
            Path target = directory.resolve(main);
            write(target, bytes);
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

    private static byte[] resource(String platform, String name) throws IOException {
        try (InputStream in = OneDnnLibrary.class.getResourceAsStream(ROOT + platform + "/" + name)) {
            return in == null ? new byte[0] : ByteStreams.toByteArray(in);
        }
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
    private static void write(Path target, byte[] bytes) throws IOException {
        if (Files.isRegularFile(target) && Files.size(target) == bytes.length) {
            return;
        }
        Path temporary = Files.createTempFile(target.getParent(), "unpacking", ".tmp");
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
