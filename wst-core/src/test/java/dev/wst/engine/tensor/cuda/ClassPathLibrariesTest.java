package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CUDA's libraries in a jar. */
class ClassPathLibrariesTest {
    private static final List<String> NAMES =
            List.of("libnvrtc.so.12", "libnvrtc-builtins.so.12.6", "libcublasLt.so.12", "libcublas.so.12");

    @TempDir
    private Path directory;

    private URLClassLoader jar(List<String> names, String content) throws IOException {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("aarch64") ? "arm64" : "x86_64";
        Path jar = Files.createTempFile(directory, "cuda", ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry("org/bytedeco/cuda/linux-" + arch + "/" + name));
                out.write((content + name).getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }

    private static List<String> files(Path unpacked) throws IOException {
        try (Stream<Path> files = Files.list(unpacked)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void they_are_unpacked_once() throws IOException {
        try (URLClassLoader jar = jar(NAMES, "one ")) {
            ClassPathLibraries libraries = new ClassPathLibraries(directory.resolve("cache"), jar);
            Path unpacked = libraries.unpack(12).orElseThrow();
            assertThat(files(unpacked))
                    .containsExactlyElementsOf(NAMES.stream().sorted().toList());
            Path product = unpacked.resolve("libcublas.so.12");
            assertThat(product).hasContent("one libcublas.so.12");
            Files.writeString(product, "ONE libcublas.so.12");
            assertThat(libraries.unpack(12)).contains(unpacked);
            assertThat(product).as("not written again").hasContent("ONE libcublas.so.12");
            Files.writeString(product, "cut");
            assertThat(libraries.unpack(12)).contains(unpacked);
            assertThat(product).hasContent("one libcublas.so.12");
        }
    }

    @Test
    void another_jar_has_a_directory_of_its_own() throws IOException {
        try (URLClassLoader first = jar(NAMES, "one ");
                URLClassLoader second = jar(NAMES, "two ")) {
            Path cache = directory.resolve("cache");
            Path one = new ClassPathLibraries(cache, first).unpack(12).orElseThrow();
            Path two = new ClassPathLibraries(cache, second).unpack(12).orElseThrow();
            assertThat(two).isNotEqualTo(one);
            assertThat(two.resolve("libnvrtc.so.12")).hasContent("two libnvrtc.so.12");
        }
    }

    @Test
    void a_jar_that_lacks_one_is_none() throws IOException {
        try (URLClassLoader jar = jar(NAMES.subList(0, 3), "one ")) {
            ClassPathLibraries libraries = new ClassPathLibraries(directory.resolve("cache"), jar);
            assertThat(libraries.unpack(12)).isEmpty();
            assertThat(libraries.unpack(13)).isEmpty();
            assertThat(directory.resolve("cache")).doesNotExist();
        }
    }
}
