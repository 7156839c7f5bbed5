package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compiled once is read from then on, and what cannot be kept costs a compilation and nothing else. */
class KernelCacheTest {
    private static final byte[] CODE = {1, 2, 3, 4, 5};

    @TempDir
    private Path directory;

    private final AtomicInteger compilations = new AtomicInteger();

    private byte[] compile() {
        compilations.incrementAndGet();
        return CODE.clone();
    }

    private byte[] get(Path where, String source, int architecture, String compiler) {
        return new KernelCache(where).get(source, architecture, compiler, this::compile);
    }

    private byte[] get() {
        return get(directory, "source", 90, "13.0");
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void a_card_compiles_its_kernels_once() {
        CardOnCpu card = new CardOnCpu();
        long before = card.count("compilations");
        for (int start = 0; start < 3; start++) {
            Card.open(List.of(card.directory()), new KernelCache(directory), "0")
                    .close();
        }
        assertThat(card.count("compilations") - before).isEqualTo(1);
        card.with("capability", 80);
        Card.open(List.of(card.directory()), new KernelCache(directory), "0").close();
        card.reset();
        assertThat(card.count("compilations") - before)
                .as("another architecture")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"other, 90, 13.0", "source, 89, 13.0", "source, 90, 13.1"})
    void source_architecture_and_compiler_each_have_entries_of_their_own(
            String source, int architecture, String compiler) throws IOException {
        get();
        get(directory, source, architecture, compiler);
        assertThat(compilations).hasValue(2);
        assertThat(entries()).hasSize(2);
        assertThat(get()).isEqualTo(CODE);
        assertThat(get(directory, source, architecture, compiler)).isEqualTo(CODE);
        assertThat(compilations).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "emptied", "only the hash", "one bit", "longer"})
    void a_damaged_entry_is_compiled_again_and_replaced(String damage) throws IOException {
        get();
        Path entry = entries().get(0);
        byte[] sound = Files.readAllBytes(entry);
        byte[] flipped = sound.clone();
        flipped[sound.length - 2] ^= 4;
        Files.write(
                entry,
                switch (damage) {
                    case "cut" -> Arrays.copyOf(sound, sound.length - 1);
                    case "emptied" -> new byte[0];
                    case "only the hash" -> Arrays.copyOf(sound, 32);
                    case "one bit" -> flipped;
                    default -> Bytes.concat(sound, new byte[1]);
                });
        assertThat(get()).isEqualTo(CODE);
        assertThat(compilations).hasValue(2);
        assertThat(entries()).containsExactly(entry);
        assertThat(Files.readAllBytes(entry)).isEqualTo(sound);
        get();
        assertThat(compilations).hasValue(2);
    }

    @Test
    void a_directory_that_cannot_be_written_costs_a_compilation_each_time() throws IOException {
        Path file = Files.createFile(directory.resolve("a file"));
        assertThat(get(file, "source", 90, "13.0")).isEqualTo(CODE);
        assertThat(get(file.resolve("below"), "source", 90, "13.0")).isEqualTo(CODE);
        assertThat(get(Path.of("/proc/none"), "source", 90, "13.0")).isEqualTo(CODE);
        assertThat(compilations).hasValue(3);
    }

    @Test
    void an_entry_that_cannot_be_read_or_replaced_costs_a_compilation() throws IOException {
        get();
        Path entry = entries().get(0);
        Files.delete(entry);
        Files.createDirectories(entry.resolve("not empty"));
        assertThat(get()).isEqualTo(CODE);
        assertThat(compilations).hasValue(2);
        assertThat(entries()).as("no other file is left").containsExactly(entry);
    }

    @Test
    void a_compilation_that_fails_leaves_no_entry() throws IOException {
        KernelCache cache = new KernelCache(directory);
        assertThatThrownBy(() -> cache.get("source", 90, "13.0", () -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(entries()).isEmpty();
        get();
        assertThat(compilations).hasValue(1);
    }

    /** Each with a cache of its own, as other processes have. */
    @Test
    void whoever_reads_while_many_write_sees_a_whole_entry_or_none()
            throws IOException, InterruptedException, ExecutionException {
        byte[] large = new byte[1 << 20];
        Arrays.fill(large, (byte) 7);
        Path deep = directory.resolve("deep").resolve("er");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        for (Path entry : files(deep)) {
                            Files.deleteIfExists(entry);
                        }
                        assertThat(new KernelCache(deep).get("source", 90, "13.0", () -> large))
                                .isEqualTo(large);
                    }
                    return null;
                }));
            }
            while (!writers.stream().allMatch(Future::isDone)) {
                for (Path entry : files(deep)) {
                    try {
                        assertThat(Files.readAllBytes(entry)).hasSize(32 + large.length);
                    } catch (NoSuchFileException e) {
                        assertThat(e).as("taken away by a writer").hasMessage(entry.toString());
                    }
                }
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a reader looks at: entries, not files that are being written. */
    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".bin")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
