package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.engine.OtherJvm;
import dev.wst.engine.tensor.BackendException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * CUDA's own compiler takes the kernels for every architecture; it needs no card. The system property {@code
 * wst.cuda.libraries} names the directory that has it; the README says how to get it.
 */
class NvrtcTest {
    private static final List<Integer> ARCHITECTURES = List.of(75, 80, 86, 89, 90, 100, 120);

    /** In a JVM that has not bound the compiler of {@link CardOnCpu}. */
    static final class CompileAll {
        private CompileAll() {}

        public static void main(String[] arguments) {
            Nvrtc.load(Path.of(arguments[0]));
            System.out.println("compiler " + Nvrtc.version());
            String source = KernelSource.text();
            for (int architecture : ARCHITECTURES) {
                byte[] code = Nvrtc.compile(source, architecture);
                boolean elf = code[0] == 0x7f && code[1] == 'E' && code[2] == 'L' && code[3] == 'F';
                String text = new String(code, StandardCharsets.ISO_8859_1);
                long kernels = CardOnCpu.kernelNames().stream()
                        .filter(name -> text.contains(".text." + name + "\0"))
                        .count();
                System.out.println("sm_" + architecture + ": " + (elf ? "code" : "no code") + " of " + kernels);
            }
            refuse("KERNEL broken(float* x) { x[0] = no_such_name; }", 90);
            refuse(source, 61);
        }

        private static void refuse(String source, int architecture) {
            try {
                byte[] code = Nvrtc.compile(source, architecture);
                System.out.println("taken: " + code.length);
            } catch (BackendException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    private static Optional<Path> compiler() {
        List<Path> directories = List.of(Path.of(System.getProperty(CudaLibraries.PROPERTY, "")));
        return CudaLibraries.file("libnvrtc.so.13", directories)
                .or(() -> CudaLibraries.file("libnvrtc.so.12", directories))
                .filter(Files::isReadable);
    }

    @Test
    void every_kernel_compiles_for_every_architecture() throws IOException, InterruptedException {
        Optional<Path> compiler = compiler();
        Assumptions.assumeTrue(
                compiler.isPresent(),
                () -> "no libnvrtc in " + System.getProperty(CudaLibraries.PROPERTY)
                        + "; the kernels are compiled by g++ only");
        OtherJvm.Ended ended =
                new OtherJvm(CompileAll.class).run(compiler.orElseThrow().toString());
        int kernels = CardOnCpu.kernelNames().size();
        for (int architecture : ARCHITECTURES) {
            assertThat(ended.text()).contains("sm_" + architecture + ": code of " + kernels + "\n");
        }
        assertThat(ended.text())
                .contains("refused the kernels for compute capability 9.0 (status 6); its log:")
                .contains("no_such_name")
                .contains("refused the kernels for compute capability 6.1")
                .contains("libraries of CUDA 12");
        assertThat(ended.code()).isZero();
    }
}
