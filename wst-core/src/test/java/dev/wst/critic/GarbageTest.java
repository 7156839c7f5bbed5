package dev.wst.critic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.engine.OtherJvm;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a process that collects garbage hundreds of times a second, where ND4J by itself ends the process sooner or later. */
class GarbageTest {
    private static final int CALLS = 6000;

    /** Computes, while another thread makes garbage. */
    static final class Computing {
        public static void main(String[] arguments) {
            Thread garbage = new Thread(() -> {
                byte[][] kept = new byte[8][];
                for (int i = 0; ; i++) {
                    kept[i % kept.length] = new byte[16_384];
                    if (i % 64 == 0) {
                        LockSupport.parkNanos(20_000);
                    }
                }
            });
            garbage.setDaemon(true);
            garbage.start();
            if (arguments[0].equals("critic")) {
                askCritic();
            } else {
                useKernels();
            }
            System.out.println("survived");
        }

        private static void askCritic() {
            List<float[][]> states = Collections.singletonList(new float[20][3]);
            try (DeepCritic critic = DeepCritic.of(3, 4, 0.02, 1)) {
                for (int i = 0; i < CALLS; i++) {
                    critic.values(states);
                }
            }
        }

        private static void useKernels() {
            try (Kernels kernels = KernelChoice.named("portable");
                    Matrix row = kernels.allocate(1, 8);
                    Matrix y = kernels.allocate(20, 8)) {
                for (int i = 0; i < CALLS; i++) {
                    kernels.addRow(row, y);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"critic", "kernels"})
    void arrays_in_use_are_not_freed(String what) throws Exception {
        assertThat(new OtherJvm(Computing.class)
                        .option("-Xmn1m")
                        .option("-XX:-CreateCoredumpOnCrash")
                        .option("-XX:ErrorFile=/dev/null")
                        .run(what)
                        .text())
                .endsWith("survived\n");
    }

    @Test
    void without_a_backend_a_critic_says_what_to_add() throws Exception {
        assertThat(new OtherJvm(Computing.class)
                        .without("nd4j-native-1")
                        .run("critic")
                        .text())
                .contains("BackendException: no ND4J backend could be loaded")
                .contains("add org.nd4j:nd4j-native:1.0.0-M2.1");
    }
}
