package dev.wst.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Precision;
import dev.wst.engine.OtherJvm;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.cuda.CardOnCpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is chosen on a machine with a card, good or bad; each case in a JVM of its own. */
class CardChoiceTest {
    @TempDir
    private Path directory;

    /** Runs in the other JVM. */
    static final class Choose {
        private Choose() {}

        public static void main(String[] arguments) {
            Optional<Precision> precision =
                    Optional.ofNullable(System.getProperty("precision")).map(Precision::valueOf);
            try (Kernels kernels = KernelChoice.best(precision)) {
                System.out.println("chosen: " + kernels.description());
            } catch (RuntimeException e) {
                System.out.println("refused: " + e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    private OtherJvm machine(String card) {
        return new OtherJvm(Choose.class)
                .option("-Dwst.cuda.libraries=" + new CardOnCpu().directory())
                .environment("WST_CARD", card)
                .environment("XDG_CACHE_HOME", directory.toString());
    }

    @Test
    void a_card_is_taken_where_there_is_one_and_its_kernels_are_compiled_once()
            throws IOException, InterruptedException {
        assertThat(machine("").run().text())
                .contains("chosen: CUDA, CPU as card 0 (")
                .contains("compute capability 9.0, driver for CUDA 13.0, libraries 13.999 from ")
                .contains("weights in BF16");
        try (var entries = Files.list(directory.resolve("wst/cuda"))) {
            assertThat(entries)
                    .singleElement()
                    .satisfies(
                            entry -> assertThat(entry.getFileName().toString()).matches("sm_90-[0-9a-f]{32}\\.bin"));
        }
        assertThat(machine("bad_source=1").run().text())
                .as("a second start compiles nothing")
                .contains("chosen: CUDA");
    }

    @Test
    void a_card_that_is_not_to_be_used_is_not() throws IOException, InterruptedException {
        assertThat(machine("").option("-Dwst.device=none").run().text())
                .contains("chosen: oneDNN")
                .doesNotContain("CPU as card");
        assertThat(machine("")
                        .option("-Dwst.device=none")
                        .option("-Dwst.kernels=cuda")
                        .run()
                        .text())
                .contains("refused: BackendException: there is no card \"none\" (system property wst.device)");
        assertThat(machine("cards=0").run().text()).contains("chosen: oneDNN");
    }

    @Test
    void the_second_of_two_cards_is_taken_by_its_number() throws IOException, InterruptedException {
        assertThat(machine("cards=2").option("-Dwst.device=1").run().text()).contains("chosen: CUDA, CPU as card 1 (");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "capability=61      | has compute capability 6.1; the kernels need 7.0",
                "driver=12040       | the driver serves CUDA 12 and older, but the libraries in",
                "driver=11080       | the driver serves CUDA 11 and older, but the kernels need CUDA 12 or 13",
                "bad_source=1       | refused the kernels for compute capability 9.0",
                "foreign_code=1     | update the driver, or name older libraries"
            })
    void a_card_that_cannot_be_used_is_told_of_and_the_processor_computes_unless_it_was_named(String card, String why)
            throws IOException, InterruptedException {
        assertThat(machine(card).run().text())
                .contains("the card is not used, training will be many times slower: ")
                .contains(why)
                .contains("chosen: oneDNN");
        for (String naming : new String[] {"-Dwst.device=0", "-Dwst.kernels=cuda"}) {
            assertThat(machine(card).option(naming).run().text())
                    .contains("refused: BackendException: ")
                    .contains(why)
                    .doesNotContain("chosen");
        }
    }

    @Test
    void a_card_that_is_named_and_not_there_is_refused() throws IOException, InterruptedException {
        assertThat(machine("cards=2").option("-Dwst.device=7").run().text())
                .contains(
                        "refused: BackendException: there is no card \"7\" (system property wst.device); this machine has"
                                + " [0 (CPU as card 0), 1")
                .doesNotContain("chosen");
    }

    @Test
    void a_precision_that_the_card_lacks_is_refused_by_the_card() throws IOException, InterruptedException {
        assertThat(machine("capability=75").run().text())
                .contains("chosen: CUDA")
                .contains("weights in FP32");
        assertThat(machine("capability=75")
                        .option("-Dprecision=BF16")
                        .option("-Dwst.kernels=cuda")
                        .run()
                        .text())
                .contains("refused: BackendException: cards of compute capability 7.5 compute in FP32 here, got BF16");
    }

    @Test
    void a_full_card_is_no_reason_to_train_for_days_on_the_processor() throws IOException, InterruptedException {
        assertThat(machine("memory=1000000").run().text())
                .contains(
                        "refused: DeviceMemoryException: the card has no room for 32 MB of a part of the model (free: 1 MB)")
                .doesNotContain("chosen");
    }

    @Test
    void without_a_driver_kernels_for_cards_are_refused_by_name_only() throws IOException, InterruptedException {
        Assumptions.assumeFalse(
                Files.exists(Path.of("/proc/driver/nvidia/version")), "this machine has a driver of NVIDIA's");
        assertThat(new OtherJvm(Choose.class).run().text())
                .contains("chosen: oneDNN")
                .doesNotContain("the card");
        assertThat(new OtherJvm(Choose.class).option("-Dwst.kernels=cuda").run().text())
                .contains("refused: BackendException: there is no NVIDIA driver on this machine, or it is too old")
                .contains("install the driver, or compute on the CPU");
    }

    @Test
    void without_the_library_that_calls_native_code_no_card_is_looked_for() throws IOException, InterruptedException {
        assertThat(machine("").without("jna").run().text()).contains("chosen: host");
        assertThat(machine("").without("jna").option("-Dwst.kernels=cuda").run().text())
                .contains(
                        "refused: BackendException: what the driver is called through (net.java.dev.jna:jna) does not load");
    }
}
