package dev.wst.engine.tensor.onednn;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;
import com.google.common.io.Resources;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.jar.JarEntry;

/**
 * A file on the class path with its CRC-32. A jar's directory has that of each of its entries, so that the 90 MB of a library are not
 * inflated at every start to learn whether they are the ones unpacked before.
 */
record PackedFile(ByteSource bytes, HashCode checksum) {

    static PackedFile of(ByteSource bytes) throws IOException {
        return new PackedFile(bytes, bytes.hash(Hashing.crc32()));
    }

    static PackedFile of(URL resource) throws IOException {
        ByteSource bytes = Resources.asByteSource(resource);
        if (resource.openConnection() instanceof JarURLConnection connection) {
            JarEntry entry = connection.getJarEntry();
            if (entry != null && entry.getCrc() >= 0) {
                return new PackedFile(bytes, HashCode.fromInt((int) entry.getCrc()));
            }
        }
        return of(bytes);
    }

    /** Whether a file on disk has the same bytes, as far as the checksum tells. */
    boolean isSameAs(Path file) throws IOException {
        return MoreFiles.asByteSource(file).hash(Hashing.crc32()).equals(checksum);
    }
}
