package dev.wst.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class BlockFormatTest {

    @Test
    void every_format_gives_the_values_of_gguf_py() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(Path.of("src/test/resources/golden/quants.json").toFile());
        assertThat(cases).hasSize(11);
        for (JsonNode one : cases) {
            BlockFormat format = BlockFormat.of(one.get("id").asInt(), "a test");
            ByteBuffer raw = ByteBuffer.wrap(
                            Base64.getDecoder().decode(one.get("raw").asText()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            float[] values = new float[one.get("n").asInt()];
            for (int i = 0; i < values.length / format.numbers(); i++) {
                format.decode(raw, i * format.bytes(), values, i * format.numbers());
            }
            for (int i = 0; i < values.length; i++) {
                float expected = (float) one.get("values").get(i).asDouble();
                assertThat(Math.abs(values[i] - expected))
                        .as("%s number %d: %s, expected %s", format, i, values[i], expected)
                        .isLessThanOrEqualTo(Math.ulp(expected));
            }
        }
    }

    @Test
    void a_format_that_is_not_read_is_named() {
        assertThatThrownBy(() -> BlockFormat.of(16, "model.gguf: tensor output.weight"))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("output.weight")
                .hasMessageContaining("format 16")
                .hasMessageContaining("Q4_K");
    }

    @Test
    void halves_include_infinities_and_the_smallest_numbers() {
        assertThat(Half.ofFloat16((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(Half.ofFloat16((short) 0x83FF)).isEqualTo(-1023 * 0x1p-24f);
        assertThat(Half.ofFloat16((short) 0x3C00)).isEqualTo(1f);
        assertThat(Half.ofFloat16((short) 0xFC00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Half.ofFloat16((short) 0x7E00)).isNaN();
    }
}
