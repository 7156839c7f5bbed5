package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.engine.OtherJvm;
import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.model.TinyModel;
import dev.wst.engine.nn.AdamW;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.LoraConfig;
import dev.wst.engine.nn.PackedBatch;
import dev.wst.engine.nn.SequenceLoss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kernel under g++'s address sanitizer, which ends the process where one reads or writes beside memory that was allocated. In
 * a JVM of its own, that was started with the sanitizer's library.
 */
class SanitizedTest {
    private static final String SANITIZER = "libasan.so";

    private static Path library;

    /** What the other JVM does: {@code fault}, or everything, {@code forwards} or {@code backwards}. */
    static final class Work {
        private Work() {}

        public static void main(String[] arguments) throws IOException {
            CardOnCpu card = CardOnCpu.sanitized();
            card.backwards(arguments[0].equals("backwards"));
            Device device = new ExactDevice(card.open());
            if (arguments[0].equals("fault")) {
                fault(device);
            }
            // The precision in which every kernel is launched.
            CudaKernels kernels = new CudaKernels(device, Precision.BF16);
            System.out.println("results: " + new EveryKernel(kernels).results().size());
            try (LanguageModel model = LanguageModel.open(Path.of(arguments[1]), kernels)) {
                model.decoder().adapt(new LoraConfig(3, 6, Set.copyOf(LoraConfig.ALL_LINEAR)), 1);
                write(model);
                learn(model);
            }
            CardOnCpu.kernelNames().stream()
                    .filter(name -> card.count(name) == 0)
                    .forEach(name -> System.out.println("never launched: " + name));
            System.out.println("sound");
        }

        /** Fills one number too many of 300. */
        private static void fault(Device device) {
            long address = device.allocate(300 * Float.BYTES);
            for (int numbers : new int[] {300, 301}) {
                Arguments arguments = new Arguments();
                arguments.begin().add(address).add(numbers).add(numbers).add(2).add(1f);
                device.launch("fill", 2, Elements.THREADS, 0, arguments);
                System.out.println("filled " + numbers);
            }
        }

        private static void write(LanguageModel model) {
            List<int[]> prompts =
                    List.of(new int[] {5, 9, 13}, new int[] {5, 9, 13}, new int[] {5}, new int[] {1, 2, 3, 4, 5, 6, 7});
            Sampling sampling =
                    Sampling.defaults().withMaxTokens(9).withTopK(20).withStopStrings(List.of("w2", "w3"));
            System.out.println("written: "
                    + model.generate(prompts, sampling, new long[] {1, 2, 3, 4}, true)
                            .size());
        }

        private static void learn(LanguageModel model) {
            Decoder decoder = model.decoder();
            AdamW adam = new AdamW(model.kernels(), decoder.parameters());
            PackedBatch batch = new PackedBatch(
                    List.of(
                            new PackedBatch.Source(
                                    new int[] {5, 9, 13}, List.of(new int[] {4}, new int[] {2, 3, 1, 8, 9})),
                            new PackedBatch.Source(new int[] {7}, List.of(new int[] {6, 6}))),
                    decoder.config());
            adam.zeroGradients();
            decoder.follow(batch, 1, (sequence, logProbabilities, entropies) -> {
                double[] slopes = new double[logProbabilities.length];
                Arrays.fill(slopes, 0.5);
                return new SequenceLoss.Slopes(slopes, slopes);
            });
            System.out.println("norm: " + (adam.gradientNorm() > 0));
            adam.step(1e-3, 0.9, 0.999, 1e-8, 0.01, 1);
            decoder.refresh();
        }
    }

    @TempDir
    private Path directory;

    @BeforeAll
    static void find() throws IOException, InterruptedException {
        new CardOnCpu();
        Process asked = new ProcessBuilder("g++", "-print-file-name=" + SANITIZER).start();
        library = Path.of(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        Assumptions.assumeTrue(
                asked.waitFor() == 0 && library.isAbsolute() && Files.exists(library),
                "g++ has no address sanitizer here; what kernels read and write is not checked");
    }

    private OtherJvm.Ended sanitized(String what) throws IOException, InterruptedException {
        Path model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
        return new OtherJvm(Work.class)
                .option("-Xmx512m")
                .option("-Dai.djl.offline=true")
                .environment("LD_PRELOAD", library.toString())
                // The JVM handles such signals itself, and frees nothing when it ends.
                .environment("ASAN_OPTIONS", "handle_segv=0:handle_sigbus=0:detect_leaks=0:exitcode=99")
                .run(what, model.toString());
    }

    @Test
    void a_number_too_many_is_noticed() throws IOException, InterruptedException {
        OtherJvm.Ended ended = sanitized("fault");
        assertThat(ended.text())
                .contains("filled 300")
                .contains("heap-buffer-overflow")
                .contains("WRITE of size 4");
        assertThat(ended.code()).isEqualTo(99);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forwards", "backwards"})
    void no_kernel_reads_or_writes_beside_its_memory(String order) throws IOException, InterruptedException {
        OtherJvm.Ended ended = sanitized(order);
        assertThat(ended.text())
                .contains("results: ")
                .contains("written: 4")
                .contains("norm: true")
                .doesNotContain("never launched")
                .contains("sound");
        assertThat(ended.code()).isZero();
    }
}
