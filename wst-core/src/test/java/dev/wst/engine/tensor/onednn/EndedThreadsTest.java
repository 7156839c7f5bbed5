package dev.wst.engine.tensor.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Precision;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import dev.wst.engine.tensor.host.RowPool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, since the number of OpenMP's threads is read once. */
@EnabledOnOs(OS.LINUX)
class EndedThreadsTest {
    @TempDir
    private Path directory;

    /** Prints how many more threads the process has after small work, after a large product, after {@code endThreads}, and after another product. */
    static final class Count {
        public static void main(String[] arguments) {
            int rows = 256;
            try (OneDnnKernels kernels = OneDnnKernels.load(new RowPool(1), Optional.of(Precision.FP32));
                    Matrix x = kernels.allocate(rows, rows);
                    Matrix w = kernels.allocate(rows, rows);
                    Matrix y = kernels.allocate(rows, rows);
                    Weight weight = kernels.weight(w)) {
                kernels.endThreads();
                int before = threads();
                kernels.linear(x.rows(0, 31), weight, y.rows(0, 31), false);
                kernels.softmax(x.rows(0, 31), y.rows(0, 31));
                int small = threads() - before;
                kernels.linear(x, weight, y, false);
                int with = threads();
                kernels.endThreads();
                int without = threads();
                kernels.linear(x, weight, y, false);
                System.out.println(
                        "small " + small + ", ended " + (with - without) + ", begun " + (threads() - without));
            }
        }

        /** OpenMP gives its threads the name of the one that they help. */
        private static int threads() {
            String[] tasks = new File("/proc/self/task").list();
            return (int) Arrays.stream(tasks == null ? new String[0] : tasks)
                    .filter(task -> name(task).equals(name(self())))
                    .count();
        }

        private static String self() {
            try {
                return Path.of("/proc/thread-self").toRealPath().getFileName().toString();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String name(String task) {
            try {
                return Files.readString(Path.of("/proc/self/task", task, "comm"));
            } catch (IOException e) {
                return "";
            }
        }
    }

    @Test
    void small_work_takes_no_other_threads_and_those_of_large_work_end_when_asked() throws Exception {
        Path out = directory.resolve("out");
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Count.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        java.environment().put("OMP_NUM_THREADS", "3");
        assertThat(java.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out)).contains("small 0, ended 2, begun 2");
    }
}
