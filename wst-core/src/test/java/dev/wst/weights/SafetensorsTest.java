package dev.wst.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 5));
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

    @Test
    void no_damage_leads_to_anything_but_a_typed_error() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = sound.clone();
            for (int j = 0; j < 3; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, java.util.Arrays.copyOf(damaged, random.nextInt(sound.length) + 1));
            try (Safetensors opened = Safetensors.open(file)) {
                opened.names().forEach(opened::read);
            } catch (ModelFileException | UnsupportedModelException expected) {
                assertThat(expected).hasMessageContaining("model.safetensors");
            }
        }
    }
}
