package dev.wst.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("model.safetensors");
        new SafetensorsWriter()
                .add("a.weight", new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6})
                .add("b.bias", new int[] {2}, new float[] {-1, Float.NaN})
                .write(file);
    }

    @Test
    void what_was_written_is_read() {
        try (Safetensors opened = Safetensors.open(file)) {
            assertThat(opened.names()).containsExactly("a.weight", "b.bias");
            assertThat(opened.read("a.weight", 2, 3)).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void a_shape_that_the_configuration_does_not_ask_for_is_refused() {
        try (Safetensors opened = Safetensors.open(file)) {
            assertThatThrownBy(() -> opened.read("a.weight", 3, 2))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("a.weight has shape [2, 3]")
                    .hasMessageContaining("[3, 2]");
        }
    }

    @Test
    void a_number_that_is_not_finite_is_named() {
        try (Safetensors opened = Safetensors.open(file)) {
            assertThatThrownBy(() -> opened.read("b.bias", 2))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("b.bias holds NaN at element 1");
        }
    }

    @Test
    void a_missing_tensor_is_named() {
        try (Safetensors opened = Safetensors.open(file)) {
            assertThatThrownBy(() -> opened.read("c.weight", 1))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("has no tensor c.weight");
        }
    }

    @Test
    void a_cut_file_names_the_tensor_it_breaks_in() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("is cut or damaged")
                .hasMessageContaining("b.bias");
    }

    @Test
    void an_index_that_points_outside_is_refused() throws IOException {
        Files.delete(file);
        Files.writeString(
                directory.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"a.weight\": \"../other.safetensors\"}}");
        assertThatThrownBy(() -> Safetensors.openDirectory(directory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("outside its directory");
    }

    @Test
    void shards_are_found_through_their_index() throws IOException {
        Files.move(file, directory.resolve("part-1.safetensors"));
        new SafetensorsWriter()
                .add("c.weight", new int[] {1}, new float[] {9})
                .write(directory.resolve("part-2.safetensors"));
        Files.writeString(
                directory.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"a.weight\": \"part-1.safetensors\", \"c.weight\": \"part-2.safetensors\"}}");
        try (Safetensors opened = Safetensors.openDirectory(directory)) {
            assertThat(opened.read("c.weight", 1)).containsExactly(9f);
            assertThat(opened.read("a.weight", 2, 3)).hasSize(6);
        }
    }

    @ParameterizedTest
    @CsvSource({"151936, 2048", "128256, 3072"})
    void embeddings_of_large_vocabularies_are_held(int vocabulary, int width) throws IOException {
        long bytes = 2L * vocabulary * width;
        String header = "{\"embedding\": {\"dtype\": \"BF16\", \"shape\": [" + vocabulary + ", " + width
                + "], \"data_offsets\": [0, " + bytes + "]}}";
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.writeLong(Long.reverseBytes(header.length()));
            sparse.writeBytes(header);
            sparse.setLength(8 + header.length() + bytes);
        }
        try (Safetensors opened = Safetensors.open(file)) {
            assertThat(opened.shape("embedding")).containsExactly(vocabulary, width);
        }
    }

    @Test
    void a_tensor_that_cannot_be_held_is_named() throws IOException {
        String header = "{\"embedding\": {\"dtype\": \"BF16\", \"shape\": [152064, 3584], \"data_offsets\": [0, 9]}}";
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.writeLong(Long.reverseBytes(header.length()));
            sparse.writeBytes(header);
        }
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("model.safetensors: tensor embedding has the shape [152064, 3584]")
                .hasMessageContaining("at most 536870909 numbers");
    }

    @Test
    void a_large_tensor_is_written_and_read_in_pieces() throws IOException {
        Path large = directory.resolve("large.safetensors");
        float[] values = new float[(1 << 20) + 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        new SafetensorsWriter()
                .add("a", new int[] {values.length}, values)
                .add("b", new int[] {1}, new float[] {7})
                .write(large);
        try (Safetensors opened = Safetensors.open(large)) {
            assertThat(opened.read("a", values.length)).isEqualTo(values);
            assertThat(opened.read("b", 1)).containsExactly(7f);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'not tensors at all, but long enough for a header', 'is not a safetensors file'",
        "'\2\0\0\0\0\0\0\0[]', 'the header is no JSON object'",
        "'\2\0\0\0\0\0\0\0{x', 'is not valid JSON'"
    })
    void a_file_of_another_kind_is_told_apart(String content, String message) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining(message);
    }

    @Test
    void numbers_of_a_type_that_is_not_read_are_named() throws IOException {
        String header = "{\"w\": {\"dtype\": \"F8_E4M3\", \"shape\": [4], \"data_offsets\": [0, 4]}}    ";
        byte[] bytes = ByteBuffer.allocate(8 + header.length() + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length())
                .put(header.getBytes(StandardCharsets.UTF_8))
                .array();
        Files.write(file, bytes);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("tensor w is stored as \"F8_E4M3\"");
    }

    @Test
    void no_damage_leads_to_anything_but_a_typed_error() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = sound.clone();
            for (int j = 0; j < 3; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, Arrays.copyOf(damaged, random.nextInt(sound.length) + 1));
            try (Safetensors opened = Safetensors.open(file)) {
                opened.names().forEach(opened::read);
            } catch (ModelFileException | UnsupportedModelException expected) {
                assertThat(expected).hasMessageContaining("model.safetensors");
            }
        }
    }
}
