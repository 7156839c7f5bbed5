package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Precision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A result that depends on the order of threads shows a race, and a sum that depends on it makes seeds worthless. */
class EveryKernelTest {

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "TF32", "BF16"})
    void threads_in_reverse_give_the_same_bytes_of_every_kernel(Precision precision) {
        CardOnCpu card = new CardOnCpu();
        try (CudaKernels kernels = card.kernels(precision)) {
            Map<String, Long> before = launches(card);
            List<float[]> forwards = new EveryKernel(kernels).results();
            assertThat(launches(card)).allSatisfy((name, count) -> {
                if (precision == Precision.BF16 || !name.equals("round_rows")) {
                    assertThat(count).as(name).isGreaterThan(before.get(name));
                }
            });
            card.backwards(true);
            List<float[]> backwards = new EveryKernel(kernels).results();
            assertThat(backwards).hasSameSizeAs(forwards);
            for (int i = 0; i < forwards.size(); i++) {
                assertThat(backwards.get(i)).as("result %d", i).isEqualTo(forwards.get(i));
                assertThat(forwards.get(i)).as("result %d", i).doesNotContain(Float.NaN);
            }
        } finally {
            card.backwards(false);
        }
        assertThat(card.count("blocks")).isZero();
    }

    private static Map<String, Long> launches(CardOnCpu card) {
        Map<String, Long> launches = new TreeMap<>();
        CardOnCpu.kernelNames().forEach(name -> launches.put(name, card.count(name)));
        return launches;
    }
}
