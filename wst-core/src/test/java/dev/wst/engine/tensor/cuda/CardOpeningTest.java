package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.EnvironmentException;
import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.DeviceMemoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards that cannot be used are refused with what came and what to do, and keep nothing. */
class CardOpeningTest {
    private static final int OUT_OF_MEMORY = 2;

    @TempDir
    private Path directory;

    private final CardOnCpu card = new CardOnCpu();

    /** Whatever happened in a test, nothing is left on the card. */
    @AfterEach
    void nothing_is_held() {
        card.reset();
        assertThat(card.count("contexts")).as("contexts").isZero();
        assertThat(card.count("held")).as("streams, modules and the like").isZero();
        assertThat(card.count("blocks")).as("pieces of memory").isZero();
    }

    /** With a cache that holds nothing. */
    private Card open(String number) {
        return Card.open(List.of(card.directory()), new KernelCache(directory), number);
    }

    private void refused(Class<? extends EnvironmentException> type, String... parts) {
        assertThatThrownBy(() -> open("0")).isExactlyInstanceOf(type).hasMessageContainingAll(parts);
    }

    @Test
    void without_a_driver_the_user_learns_what_to_install() {
        String absent = directory.resolve("libcuda.so.1").toString();
        assertThatThrownBy(() -> CudaDriver.load(absent))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("there is no NVIDIA driver on this machine, or it is too old: " + absent)
                .hasMessageEndingWith("install the driver, or compute on the CPU");
    }

    @Test
    void a_machine_whose_driver_finds_no_card_is_told_so() {
        for (String setting : List.of("cuInit", "cards")) {
            card.with(setting, setting.equals("cards") ? 0 : CudaDriver.NO_DEVICE);
            refused(
                    BackendException.class,
                    "the NVIDIA driver finds no card on this machine",
                    "CUDA_VISIBLE_DEVICES",
                    "compute on the CPU");
            card.reset();
        }
    }

    @Test
    void a_driver_of_two_versions_needs_a_restart() {
        card.with("cuInit", 803);
        refused(BackendException.class, "starting the driver failed", "restart the machine");
    }

    @Test
    void a_card_that_is_too_old_is_named_with_what_serves_it() {
        card.with("capability", 61);
        refused(
                BackendException.class,
                "CPU as card 0 has compute capability 6.1; the kernels need 7.0 (ND4J's CUDA backend serves cards down to 3.5)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "first", "", "none", "1.0"})
    void a_card_that_is_not_there_is_refused_with_those_that_are(String number) {
        card.with("cards", 2);
        assertThatThrownBy(() -> open(number))
                .isInstanceOf(BackendException.class)
                .hasMessage("there is no card \"" + number
                        + "\" (system property wst.device); this machine has [0 (CPU as card 0), 1 (CPU as card 1)]: give"
                        + " its number, or leave the property out for the first");
    }

    @Test
    void the_second_card_is_chosen_by_its_number() {
        card.with("cards", 2);
        try (Card second = open(" 1 ")) {
            assertThat(second.description())
                    .startsWith(
                            "CPU as card 1 (1100 GB, compute capability 9.0, driver for CUDA 13.0, libraries 13.999")
                    .endsWith(" from " + card.directory() + ")");
        }
    }

    @Test
    void two_cards_are_used_in_turn_by_one_thread() {
        card.with("cards", 2);
        try (CudaKernels first = CudaKernels.on(open("0"), Optional.of(Precision.FP32));
                CudaKernels second = CudaKernels.on(open("1"), Optional.of(Precision.FP32));
                var x = first.allocate(1, 3);
                var y = second.allocate(1, 3)) {
            first.fill(x, 2);
            second.fill(y, 3);
            first.fill(x, 4);
            assertThat(x.toArray()).containsOnly(4);
            assertThat(y.toArray()).containsOnly(3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"BF16", "TF32"})
    void a_precision_that_the_card_has_no_units_for_is_refused(Precision precision) {
        card.with("capability", 75);
        assertThatThrownBy(() -> CudaKernels.on(open("0"), Optional.of(precision)))
                .isInstanceOf(BackendException.class)
                .hasMessage("cards of compute capability 7.5 compute in FP32 here, got " + precision
                        + " (from 8.0 on: BF16 and TF32); leave the precision out, or ask for FP32");
    }

    @ParameterizedTest
    @CsvSource({"70, FP32", "75, FP32", "80, BF16", "90, BF16", "120, BF16"})
    void the_fastest_precision_of_a_card_is_taken_where_none_is_asked_for(int capability, String expected) {
        card.with("capability", capability);
        try (CudaKernels kernels = CudaKernels.on(open("0"), Optional.empty())) {
            assertThat(kernels.description()).startsWith("CUDA, CPU as card 0").endsWith("weights in " + expected);
        }
    }

    @Test
    void a_full_card_is_told_with_what_was_asked_for_and_what_is_free() {
        card.with("memory", 5 << 20);
        refused(
                DeviceMemoryException.class,
                "the card has no room for 32 MB of a part of the model (free: 5 MB); lower the batch",
                "close other models, or choose another card with -Dwst.device=N");
    }

    /** Whatever of the driver's fails while a card is opened, nothing of it is kept, and the next try works. */
    @ParameterizedTest
    @CsvSource({
        "cuDeviceGetCount, counting the cards",
        "cuDevicePrimaryCtxRetain, starting on CPU as card 0",
        "cuModuleLoadData, loading the kernels",
        "cuStreamCreate, making a stream",
        "cuMemHostAlloc, taking memory of the host",
        "cuMemAlloc_v2, taking 33554432 bytes",
        "cublasCreate_v2, CUDA's matrix products: starting",
        "cublasSetStream_v2, CUDA's matrix products: taking a stream",
        "cuDeviceTotalMem_v2, asking for the card's memory"
    })
    void what_fails_while_a_card_is_opened_leaves_nothing_behind(String function, String what) {
        card.with(function, 999);
        refused(BackendException.class, what + " failed");
        nothing_is_held();
        open("0").close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuDevicePrimaryCtxRetain", "cuModuleLoadData", "cuStreamCreate", "cublasCreate_v2"})
    void a_card_too_full_to_begin_on_says_so(String function) {
        card.with(function, function.startsWith("cublas") ? 3 : OUT_OF_MEMORY);
        refused(
                DeviceMemoryException.class,
                "the card's memory is full: ",
                "close other programs or models",
                "wst.device=N");
    }

    @Test
    void what_the_compiler_refuses_is_told_with_its_log() {
        card.with("bad_source", 1);
        refused(
                BackendException.class,
                "CUDA's compiler 13.999 refused the kernels for compute capability 9.0 (status 6); its log:\nrows.cu(3): error",
                "needs newer CUDA libraries",
                "libraries of CUDA 12");
    }

    @Test
    void code_that_the_driver_does_not_take_is_told_with_both_versions() {
        card.with("foreign_code", 1);
        refused(
                BackendException.class,
                "the driver, which serves CUDA 13.0, does not take what the compiler 13.999 in " + card.directory()
                        + " makes for compute capability 9.0",
                "update the driver, or name older libraries with -Dwst.cuda.libraries=DIR");
    }

    @Test
    void a_card_may_be_closed_twice_and_memory_given_back_later() {
        Card opened = open("0");
        long small = opened.allocate(100);
        long large = opened.allocate(BlockPool.LARGEST + 1);
        opened.close();
        opened.close();
        opened.free(small);
        opened.free(large);
    }
}
