package dev.wst.engine.tensor.onednn;

import com.google.common.io.MoreFiles;
import dev.wst.engine.tensor.BackendException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds oneDNN's native library in the {@code org.bytedeco:dnnl} jar of this platform and unpacks it, once, to a
 * directory that only the user can write. A directory that somebody else may have filled is not used; against damage, what
 * lies there already is compared with the jar by its checksum.
 */
final class OneDnnLibrary {
    private static final String ROOT = "/org/bytedeco/dnnl/";
    private static final String PREFIX = "wst-onednn-";
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?>[] NONE = {};
    private static final Logger LOG = LoggerFactory.getLogger(OneDnnLibrary.class);

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
            return unpack(parent, main, PackedFile.of(library.get()), companions(platform));
        } catch (IOException e) {
            throw new BackendException("oneDNN could not be unpacked under " + parent + ": " + e, e);
        }
    }

    /** The path of the library beside its companions, in the directory that is kept or in one for this process alone. */
    static Path unpack(Path parent, String name, PackedFile library, Map<String, PackedFile> companions)
            throws IOException {
        UserPrincipal user = user(parent);
        Path kept = parent.resolve(
                PREFIX + library.checksum() + "-" + user.getName().replaceAll("[^A-Za-z0-9]", "_"));
        Optional<String> objection = objection(kept, user);
        Path directory = objection.isEmpty() ? kept : ownDirectory(parent, kept, objection.get());
        for (Map.Entry<String, PackedFile> companion : companions.entrySet()) {
            write(directory.resolve(companion.getKey()), companion.getValue());
        }
        Path target = directory.resolve(name);
        write(target, library);
        if (objection.isPresent()) {
            companions.keySet().forEach(file -> directory.resolve(file).toFile().deleteOnExit());
            target.toFile().deleteOnExit();
        }
        return target;
    }

    private static Path ownDirectory(Path parent, Path kept, String objection) throws IOException {
        LOG.warn(
                "{} {}, so oneDNN is unpacked anew at every start; remove that directory or set java.io.tmpdir",
                kept,
                objection);
        Path directory = Files.createTempDirectory(parent, PREFIX);
        directory.toFile().deleteOnExit();
        return directory;
    }

    private static Map<String, PackedFile> companions(String platform) throws IOException {
        Map<String, PackedFile> found = new LinkedHashMap<>();
        for (String name : List.of("libgomp.so.1", "libomp.dylib", "libiomp5.dylib", "vcomp140.dll")) {
            Optional<URL> resource = resource(platform, name);
            if (resource.isPresent()) {
                found.put(name, PackedFile.of(resource.get()));
            }
        }
        return found;
    }

    /** Who owns what this process writes: its name may be a number where the system knows no user of that number. */
    private static UserPrincipal user(Path parent) throws IOException {
        Path probe = Files.createTempFile(parent, PREFIX, ".tmp");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
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

    /** Creates the directory if need be, and says why a library in it is not to be trusted. */
    private static Optional<String> objection(Path directory, UserPrincipal user) throws IOException {
        boolean posix = Files.getFileStore(directory.getParent()).supportsFileAttributeView("posix");
        try {
            Files.createDirectory(
                    directory, posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)} : NONE);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} is there already", directory);
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("is no directory");
        }
        UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(user)) {
            return Optional.of("belongs to " + owner.getName() + " and not to " + user.getName());
        }
        if (posix) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
            if (!permissions.equals(PRIVATE)) {
                return Optional.of("has the permissions " + PosixFilePermissions.toString(permissions) + " instead of "
                        + PosixFilePermissions.toString(PRIVATE));
            }
        }
        return Optional.empty();
    }

    /** Writes beside the target and renames, so that a library is there whole or not at all. */
    private static void write(Path target, PackedFile file) throws IOException {
        if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && file.isSameAs(target)) {
            return;
        }
        Path temporary = Files.createTempFile(target.getParent(), "unpacking", ".tmp");
        try {
            file.bytes().copyTo(MoreFiles.asByteSink(temporary));
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
