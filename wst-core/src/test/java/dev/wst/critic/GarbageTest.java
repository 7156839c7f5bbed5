package dev.wst.critic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.TokenSlopes;
import dev.wst.engine.OtherJvm;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.nd4j.ArraysInUse;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

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
            switch (arguments[0]) {
                case "critic" -> askCritic();
                case "kernels" -> useKernels();
                default -> takeMemory();
            }
            System.out.println("survived");
        }

        private static void askCritic() {
            List<float[][]> states = Collections.singletonList(new float[20][3]);
            try (DeepCritic critic = DeepCritic.of(3, 4, 0.02, 1)) {
                for (int i = 0; i < CALLS / 4; i++) {
                    critic.values(states);
                    critic.update(states, (index, scores) -> {
                        double[] slopes = new double[scores.length()];
                        return new TokenSlopes(0, slopes, new double[0], slopes);
                    });
                }
            }
        }

        /** 4 GB, in arrays that nothing refers to afterwards; where it stays taken, JavaCPP ends this. */
        private static void takeMemory() {
            for (int i = 0; i < 1000; i++) {
                long length = ArraysInUse.during(() -> Nd4j.ones(DataType.FLOAT, 1 << 20))
                        .length();
                if (length != 1 << 20) {
                    throw new IllegalStateException("" + length);
                }
                LockSupport.parkNanos(1_000_000);
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
    @ValueSource(strings = {"critic", "kernels", "memory"})
    void arrays_are_freed_and_none_in_use(String what) throws Exception {
        assertThat(new OtherJvm(Computing.class)
                        .option("-Xmn1m")
                        .option("-XX:-CreateCoredumpOnCrash")
                        .option("-Dorg.bytedeco.javacpp.maxPhysicalBytes=2500M")
                        .option("-XX:ErrorFile=/dev/null")
                        .run(what)
                        .text())
                .endsWith("survived\n");
    }
}
