package dev.wst.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GgufFormatTest {
    @Test
    void every_finite_half_is_made_again_from_the_float_that_it_is() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Half.ofFloat16((short) bits);
            if (Float.isFinite(value)) {
                assertThat(Half.toFloat16(value)).as("%s", value).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void a_float_between_two_halves_becomes_the_nearer_and_between_them_the_even_one() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            float low = Half.ofFloat16((short) bits);
            float high = Half.ofFloat16((short) (bits + 1));
            float middle = (low + high) / 2;
            assertThat(Half.toFloat16(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Half.toFloat16(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
            assertThat(Half.toFloat16(-middle)).isEqualTo((short) (0x8000 | bits + (bits & 1)));
        }
        assertThat(Half.toFloat16(65519.99f)).isEqualTo((short) 0x7BFF);
        assertThat(Half.toFloat16(65520)).isEqualTo((short) 0x7C00);
    }

    @Test
    void thirty_two_numbers_share_a_scale_that_makes_the_largest_127() {
        float[] values = new float[64];
        values[32] = -254;
        values[33] = 1;
        values[34] = -3;
        values[35] = 2.9f;
        ByteBuffer out = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        GgufFormat.Q8_0.encode(values, 32, out);
        out.flip();
        assertThat(Half.ofFloat16(out.getShort())).isEqualTo(2);
        byte[] quants = new byte[5];
        out.get(quants);
        assertThat(quants).containsExactly(-127, 1, -2, 1, 0);
        GgufFormat.Q8_0.encode(new float[32], 0, out.clear());
        assertThat(out.array()).containsOnly(0);
    }

    @Test
    void what_is_read_back_is_off_by_no_more_than_the_rounding() {
        SplittableRandom random = new SplittableRandom(5);
        float[] values = new float[32];
        float[] read = new float[32];
        for (int run = 0; run < 1000; run++) {
            float size = (float) Math.pow(10, random.nextDouble(-3, 4));
            float largest = 0;
            for (int i = 0; i < 32; i++) {
                values[i] = size * (float) random.nextDouble(-1, 1);
                largest = Math.max(largest, Math.abs(values[i]));
            }
            ByteBuffer out = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
            GgufFormat.Q8_0.encode(values, 0, out);
            BlockFormat.Q8_0.decode(out, 0, read, 0);
            for (int i = 0; i < 32; i++) {
                assertThat(Math.abs(read[i] - values[i]))
                        .isLessThanOrEqualTo(largest / 254 + Math.max(largest * 0x1p-11f, 127 * 0x1p-25f));
            }
        }
    }

    @Test
    void vectors_are_f32_and_rows_that_blocks_do_not_fill_f16() {
        assertThat(GgufFormat.Q8_0.forShape(576)).isEqualTo(GgufFormat.F32);
        assertThat(GgufFormat.Q8_0.forShape(3, 576)).isEqualTo(GgufFormat.Q8_0);
        assertThat(GgufFormat.Q8_0.forShape(576, 56)).isEqualTo(GgufFormat.F16);
        assertThat(GgufFormat.F32.forShape(576, 56)).isEqualTo(GgufFormat.F32);
    }
}
