package dev.wst.engine.tensor.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFileTest {
    /** Of "machine code": what zlib's crc32 gives, lowest byte first. */
    private static final String CHECKSUM = "ffac9d5a";

    @TempDir
    private Path directory;

    private Path plain() throws IOException {
        return Files.writeString(directory.resolve("library.so"), "machine code");
    }

    private URL inJar() throws IOException {
        Path jar = directory.resolve("library.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("library.so"));
            entries.write("machine code".getBytes(StandardCharsets.UTF_8));
            entries.closeEntry();
        }
        return URI.create("jar:" + jar.toUri() + "!/library.so").toURL();
    }

    @Test
    void the_checksum_is_the_same_from_the_directory_of_a_jar_and_from_the_bytes() throws IOException {
        PackedFile packed = PackedFile.of(inJar());
        assertThat(packed.checksum()).hasToString(CHECKSUM);
        assertThat(packed.bytes().read()).asString().isEqualTo("machine code");
        assertThat(PackedFile.of(plain().toUri().toURL()).checksum()).hasToString(CHECKSUM);
    }

    @Test
    void a_file_with_one_other_byte_is_another() throws IOException {
        PackedFile packed = PackedFile.of(inJar());
        Path file = plain();
        assertThat(packed.isSameAs(file)).isTrue();
        Files.writeString(file, "machine cope");
        assertThat(packed.isSameAs(file)).isFalse();
    }
}
