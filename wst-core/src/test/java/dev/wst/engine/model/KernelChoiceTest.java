package dev.wst.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import dev.wst.Precision;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What happens where a native library is missing or broken; each case in a JVM of its own. */
class KernelChoiceTest {
    @TempDir
    private Path directory;

    /** Runs in the other JVM. */
    static final class Choose {
        private Choose() {}

        public static void main(String[] args) {
            Optional<Precision> precision =
                    Optional.ofNullable(System.getProperty("precision")).map(Precision::valueOf);
            try (Kernels kernels = KernelChoice.best(precision)) {
                System.out.println("chosen: " + kernels.description());
                Function read = Function.getFunction("c", "getenv");
                System.out.println("waiting: " + read.invokeString(new Object[] {"OMP_WAIT_POLICY"}, false) + ", "
                        + read.invokeString(new Object[] {"GOMP_SPINCOUNT"}, false));
                try (Matrix large = kernels.allocate(1, 150_000_000);
                        Matrix another = kernels.allocate(1, 1)) {
                    System.out.println("held: " + (large.columns() + another.columns()));
                }
            } catch (RuntimeException e) {
                System.out.println("refused: " + e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    private String choose(String missing, String... options) throws IOException, InterruptedException {
        return choose(Map.of(), missing, options);
    }

    private String choose(Map<String, String> environment, String missing, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(missing))
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(Choose.class.getName());
        Path out = directory.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("OMP_WAIT_POLICY", "GOMP_SPINCOUNT"));
        builder.environment().putAll(environment);
        builder.start().waitFor();
        return Files.readString(out);
    }

    @Test
    void one_dnn_needs_no_nd4j_at_all() throws IOException, InterruptedException {
        assertThat(choose("nd4j-native")).contains("chosen: oneDNN").contains("held: 150000001");
        assertThat(choose("nd4j")).contains("chosen: oneDNN").contains("held: 150000001");
    }

    @Test
    void without_an_nd4j_backend_the_user_of_other_kernels_learns_what_to_add()
            throws IOException, InterruptedException {
        assertThat(choose("nd4j-native", "-Dwst.kernels=host"))
                .contains("refused: BackendException: no ND4J backend could be loaded")
                .contains("add org.nd4j:nd4j-native");
    }

    @Test
    void without_one_dnn_the_host_computes_and_says_why() throws IOException, InterruptedException {
        assertThat(choose("dnnl"))
                .contains("chosen: host")
                .contains("oneDNN does not run here")
                .contains("add org.bytedeco:dnnl with the classifier");
    }

    @Test
    void without_the_library_that_calls_native_code_the_host_computes_and_says_why()
            throws IOException, InterruptedException {
        assertThat(choose("nothing", "-Djna.nounpack=true", "-Djna.nosys=true"))
                .contains("chosen: host")
                .contains("oneDNN does not run here")
                .contains("com.sun.jna.Native");
        assertThat(choose("jna")).contains("chosen: host").contains("oneDNN does not run here");
    }

    @Test
    void a_card_that_is_named_and_cannot_be_used_is_no_reason_to_compute_elsewhere()
            throws IOException, InterruptedException {
        assertThat(choose("nothing", "-Dwst.device=7")).contains("refused: BackendException: ");
        assertThat(choose("nothing", "-Dwst.device=none")).contains("chosen: oneDNN");
    }

    @Test
    void a_small_heap_does_not_limit_what_lies_outside_it() throws IOException, InterruptedException {
        assertThat(choose("nothing", "-Xmx64m")).contains("held: 150000001");
        assertThat(choose("nothing", "-Xmx64m", "-Dwst.kernels=host")).contains("held: 150000001");
        assertThat(choose("nothing", "-Xmx64m", "-Dwst.kernels=host", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=256m"))
                .contains("Physical memory usage is too high");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void native_threads_sleep_after_a_short_while_unless_the_environment_says_otherwise()
            throws IOException, InterruptedException {
        assertThat(choose("nothing")).contains("waiting: passive, 3000");
        assertThat(choose(Map.of("OMP_WAIT_POLICY", "active"), "nothing")).contains("waiting: active, null");
    }

    @Test
    void a_processor_without_bf16_computes_in_fp32_and_refuses_to_do_otherwise()
            throws IOException, InterruptedException {
        Map<String, String> older = Map.of("ONEDNN_MAX_CPU_ISA", "AVX2");
        assertThat(choose(older, "nothing")).containsPattern("chosen: oneDNN .*, FP32 \\(");
        assertThat(choose(older, "nothing", "-Dprecision=BF16"))
                .containsAnyOf(
                        "refused: BackendException: products in BF16 do not run on this processor", "weights in BF16");
    }

    @Test
    void a_processor_that_cuts_sums_of_8_bit_products_off_refuses_them() throws IOException, InterruptedException {
        assertThat(choose(Map.of("ONEDNN_MAX_CPU_ISA", "AVX2"), "nothing", "-Dprecision=INT8"))
                .contains("refused: BackendException: products in INT8 do not run on this processor (")
                .contains("leave the precision out, or ask for BF16 or FP32");
        assertThat(choose("dnnl", "-Dprecision=INT8")).contains("refused: BackendException: no ");
    }

    @Test
    void one_dnn_asked_for_by_name_is_not_replaced() throws IOException, InterruptedException {
        assertThat(choose("dnnl", "-Dwst.kernels=onednn"))
                .contains("refused: BackendException: no ")
                .contains("add org.bytedeco:dnnl with the classifier");
        assertThat(choose("nothing", "-Dwst.kernels=fast"))
                .contains(
                        "refused: IllegalArgumentException: kernels are cuda, onednn, host or portable, got \"fast\"");
    }
}
