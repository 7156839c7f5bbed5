package dev.wst.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            assertThat(gguf.list("a.list").orElseThrow()).isEqualTo(List.of(-7L, 8L));
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

    /** A model file with everything but most of its tensors. */
    private static GgufFile whole() {
        return new GgufFile()
                .with("general.architecture", "llama")
                .with("llama.embedding_length", 16)
                .with("llama.block_count", 1)
                .with("llama.attention.head_count", 4)
                .with("llama.attention.head_count_kv", 2)
                .with("llama.attention.key_length", 4)
                .with("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                .with("llama.feed_forward_length", 24)
                .with("llama.context_length", 64)
                .with("llama.rope.freq_base", 10_000f)
                .with("llama.rope.scaling.type", "linear")
                .with("llama.rope.scaling.factor", 2f)
                .with("tokenizer.ggml.eos_token_id", 1)
                .tensor("token_embd.weight", new int[] {3, 16}, new float[48])
                .tensor("rope_freqs.weight", new int[] {2}, new float[] {1, 8});
    }

    @Test
    void sizes_are_those_of_the_metadata() throws IOException {
        try (Gguf gguf = Gguf.open(write(whole().bytes()))) {
            ModelConfig config = ModelConfig.of(gguf);
            assertThat(config.decoder().keyValueHeads()).isEqualTo(2);
            assertThat(config.decoder().headWidth()).isEqualTo(4);
            assertThat(config.decoder().vocabulary()).isEqualTo(3);
            assertThat(config.decoder().inverseFrequencies())
                    .containsExactly(new double[] {0.5, 0.01 / 2 / 8}, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llama.attention.head_count_kv, 4294967296, llama.attention.head_count_kv is 4294967296",
        "llama.attention.key_length, 2147483648, llama.attention.key_length is 2147483648",
        "llama.attention.key_length, 2147483646, llama.attention.key_length is 2147483646",
        "llama.attention.key_length, 5, llama.attention.key_length is 5",
        "llama.attention.head_count_kv, 3, head_count 4 is no multiple of llama.attention.head_count_kv 3",
        "llama.attention.head_count_kv, 0, llama.attention.head_count_kv is 0",
        "llama.context_length, -1, llama.context_length is -1"
    })
    void a_size_that_cannot_be_is_named_with_its_file(String key, long value, String message) throws IOException {
        try (Gguf gguf = Gguf.open(write(whole().with(key, value).bytes()))) {
            assertThatThrownBy(() -> ModelConfig.of(gguf))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("model.gguf")
                    .hasMessageContaining(message);
        }
    }

    @Test
    void heads_that_do_not_divide_the_width_are_named_with_their_file() throws IOException {
        GgufFile file = whole().without("llama.attention.key_length").with("llama.embedding_length", 18);
        try (Gguf gguf = Gguf.open(write(file.bytes()))) {
            assertThatThrownBy(() -> ModelConfig.of(gguf))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("model.gguf: llama.embedding_length 18 does not divide into")
                    .hasMessageContaining("llama.attention.head_count 4");
        }
    }

    @Test
    void a_large_tensor_is_read_in_pieces() throws IOException {
        float[] values = new float[(1 << 16) + 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        try (Gguf gguf = Gguf.open(write(new GgufFile()
                .tensor("large", new int[] {values.length}, values)
                .bytes()))) {
            assertThat(gguf.read("large")).isEqualTo(values);
        }
    }

    @Test
    void an_architecture_that_is_not_computed_is_named() throws IOException {
        try (Gguf gguf =
                Gguf.open(write(whole().with("general.architecture", "mamba").bytes()))) {
            assertThatThrownBy(() -> ModelConfig.of(gguf))
                    .isInstanceOf(UnsupportedModelException.class)
                    .hasMessageContaining("model.gguf asks for architecture \"mamba\"")
                    .hasMessageContaining("qwen2");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void no_damage_leads_to_anything_but_a_typed_error(boolean whole) throws IOException {
        byte[] sound = whole ? whole().bytes() : sound("llama", 0);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = sound.clone();
            for (int j = 0; j < 2; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            int length = whole && i % 2 == 0 ? sound.length : random.nextInt(sound.length) + 1;
            try (Gguf gguf = Gguf.open(write(Arrays.copyOf(damaged, length)))) {
                gguf.names().forEach(gguf::read);
                ModelConfig.of(gguf);
            } catch (ModelFileException | UnsupportedModelException expected) {
                assertThat(expected).hasMessageContaining("model.gguf");
            }
        }
    }
}
