package dev.wst.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufTest {
    @TempDir
    Path directory;

    /** Writes little-endian GGUF pieces. */
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes u32(int value) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
            return this;
        }

        Bytes u64(long value) {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
            return this;
        }

        Bytes text(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            u64(bytes.length).out.writeBytes(bytes);
            return this;
        }

        Bytes pad() {
            while (out.size() % 32 != 0) {
                out.write(0);
            }
            return this;
        }

        Bytes floats(int count) {
            for (int i = 0; i < count; i++) {
                u32(Float.floatToIntBits(i));
            }
            return this;
        }
    }

    /** Two heads of width 4: rows 0..7 hold 0..7. */
    private byte[] sound(String architecture, int format) {
        Bytes b = new Bytes();
        b.u32(0x46554747).u32(3).u64(1).u64(4);
        b.text("general.architecture").u32(8).text(architecture);
        b.text("llama.attention.head_count").u32(4).u32(2);
        b.text("a.list").u32(9).u32(5).u64(2).u32(-7).u32(8);
        b.text("a.number").u32(6).u32(Float.floatToIntBits(0.5f));
        b.text("blk.3.attn_q.weight").u32(2).u64(1).u64(8).u32(format).u64(0);
        return b.pad().floats(8).out.toByteArray();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("model.gguf"), bytes);
    }

    @Test
    void metadata_and_tensors_are_read_under_hugging_faces_names() throws IOException {
        try (Gguf gguf = Gguf.open(write(sound("qwen2", 0)))) {
            assertThat(gguf.list("a.list").orElseThrow()).isEqualTo(java.util.List.of(-7L, 8L));
            assertThat(gguf.number("a.number")).hasValue(0.5);
            assertThat(gguf.shape("model.layers.3.self_attn.q_proj.weight")).containsExactly(8, 1);
            assertThat(gguf.read("model.layers.3.self_attn.q_proj.weight", 8, 1))
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void query_rows_of_the_llama_architecture_are_put_back_in_halves() throws IOException {
        try (Gguf gguf = Gguf.open(write(sound("llama", 0)))) {
            assertThat(gguf.read("model.layers.3.self_attn.q_proj.weight", 8, 1))
                    .containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
        }
    }

    @Test
    void another_kind_of_file_is_told_apart() throws IOException {
        assertThatThrownBy(() -> Gguf.open(write("PK some other file".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("is not a GGUF file");
    }

    @Test
    void an_unknown_number_format_is_refused_with_the_tensors_name() throws IOException {
        assertThatThrownBy(() -> Gguf.open(write(sound("llama", 16))))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("blk.3.attn_q.weight")
                .hasMessageContaining("16");
    }

    @Test
    void a_cut_file_names_the_tensor_it_breaks_in() throws IOException {
        byte[] bytes = sound("llama", 0);
        assertThatThrownBy(() -> Gguf.open(write(Arrays.copyOf(bytes, bytes.length - 1))))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("is cut or damaged")
                .hasMessageContaining("blk.3.attn_q.weight");
    }

    @Test
    void no_damage_leads_to_anything_but_a_typed_error() throws IOException {
        byte[] sound = sound("llama", 0);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = sound.clone();
            for (int j = 0; j < 2; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try (Gguf gguf = Gguf.open(write(Arrays.copyOf(damaged, random.nextInt(sound.length) + 1)))) {
                gguf.names().forEach(gguf::read);
            } catch (ModelFileException | UnsupportedModelException expected) {
                assertThat(expected).hasMessageContaining("model.gguf");
            }
        }
    }
}
