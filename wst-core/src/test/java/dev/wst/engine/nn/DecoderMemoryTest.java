package dev.wst.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.weights.DecoderConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Holds a decoder to what it may keep: buffers that were once large enough, and no index beyond its pass. */
class DecoderMemoryTest {
    private final SequenceLoss loss = (sequence, logProbabilities, entropies) ->
            new SequenceLoss.Slopes(new double[logProbabilities.length], new double[entropies.length]);

    @Test
    void every_index_is_closed_after_its_pass_and_none_is_used_later() throws IOException {
        Golden golden = new Golden("tiny-llama");
        try (Kernels host = KernelChoice.named("host")) {
            CountedKernels counted = new CountedKernels(host);
            try (Decoder decoder = golden.decoder(counted.kernels())) {
                decoder.trainWhole();
                for (Consumer<Decoder> work : List.<Consumer<Decoder>>of(
                        d -> d.logits(golden.ids(0), true),
                        d -> d.read(golden.masked(d), 1, true, (s, logP, entropies, states) -> {}),
                        d -> d.follow(golden.masked(d), 0.7f, Kept.EVERYTHING, loss),
                        d -> write(d, golden, 80))) {
                    int before = counted.indexes();
                    work.accept(decoder);
                    assertThat(counted.indexes()).isGreaterThan(before);
                    assertThat(counted.openIndexes()).isZero();
                }
            }
        }
    }

    @Test
    void indexes_are_closed_where_a_loss_fails() throws IOException {
        Golden golden = new Golden("tiny-llama");
        try (Kernels host = KernelChoice.named("host")) {
            CountedKernels counted = new CountedKernels(host);
            try (Decoder decoder = golden.decoder(counted.kernels())) {
                assertThatThrownBy(() ->
                                decoder.follow(golden.masked(decoder), 1, Kept.EVERYTHING, (s, logP, entropies) -> {
                                    throw new IllegalStateException("no slope");
                                }))
                        .hasMessage("no slope");
                assertThat(counted.openIndexes()).isZero();
            }
        }
    }

    @Test
    void what_was_done_once_allocates_nothing_the_next_time() throws IOException {
        Golden golden = new Golden("tiny-llama");
        try (Kernels host = KernelChoice.named("host")) {
            CountedKernels counted = new CountedKernels(host);
            try (Decoder decoder = golden.decoder(counted.kernels())) {
                golden.loadAdapter(decoder);
                Runnable step = () -> {
                    write(decoder, golden, 80);
                    decoder.read(golden.masked(decoder), 1, false, (s, logP, entropies, states) -> {});
                    decoder.follow(golden.masked(decoder), 1, Kept.EVERYTHING, loss);
                };
                step.run();
                long before = counted.allocated();
                step.run();
                assertThat(counted.allocated()).isEqualTo(before);
            }
        }
    }

    @Test
    void following_a_loss_takes_what_the_sizes_say_and_less_where_only_inputs_are_kept() throws IOException {
        Golden golden = new Golden("tiny-llama");
        for (Kept kept : Kept.values()) {
            try (Kernels host = KernelChoice.named("host");
                    Decoder decoder = golden.decoder(host)) {
                decoder.adapt(new LoraConfig(4, 8, Set.copyOf(LoraConfig.ALL_LINEAR)), 1);
                ActivationSizes sizes = decoder.activationSizes();
                long most = 0;
                for (PackedBatch batch : List.of(batch(decoder), golden.masked(decoder), batch(decoder))) {
                    decoder.follow(batch, 1, kept, loss);
                    BatchShape shape = BatchShape.of(batch);
                    most = Math.max(most, sizes.bytes(shape, kept));
                    assertThat(decoder.memory().getOrDefault("activations", 0L)
                                    + decoder.memory().getOrDefault("scratch", 0L))
                            .as("%s of %s", kept, shape)
                            .isLessThanOrEqualTo(most)
                            .isGreaterThan(most / 2);
                }
                assertThat(decoder.memory().getOrDefault("activations", 0L))
                        .isEqualTo(Float.BYTES * sizes.total(BatchShape.of(golden.masked(decoder)), kept));
            }
        }
    }

    @Test
    void inputs_alone_take_less_than_everything() {
        BatchShape shape =
                BatchShape.EMPTY.plus(BatchShape.Group.of(100).with(20).with(30));
        ActivationSizes sizes = new ActivationSizes(
                new DecoderConfig(64, 12, 4, 2, 16, 256, 1000, 1e-5f, new double[8], false, true), 48, false);
        assertThat(sizes.bytes(shape, Kept.INPUTS)).isLessThan(sizes.bytes(shape, Kept.EVERYTHING) / 3);
        // x and one more; heads, context, h, gate and up; scores of 4 heads; two fillers of 15.
        long scores = 100 * 100 + 2 * 30 * 130;
        long inner = 160 * 8 * 16 + 4 * scores + 30 + 150 * 64 + 150 * 64 + 2 * 150 * 256;
        assertThat(sizes.total(shape, Kept.EVERYTHING)).isEqualTo(12 * (150 * 64 + inner) + 150 * 64);
        assertThat(sizes.total(shape, Kept.INPUTS)).isEqualTo(12 * 150 * 64 + inner + 150 * 64);
    }

    @Test
    void attention_as_one_operation_keeps_no_scores() {
        BatchShape shape =
                BatchShape.EMPTY.plus(BatchShape.Group.of(100).with(20).with(30));
        ActivationSizes sizes = new ActivationSizes(
                new DecoderConfig(64, 12, 4, 2, 16, 256, 1000, 1e-5f, new double[8], false, true), 48, true);
        // Projections of real tokens, logarithms of sums, context, h, gate and up.
        long inner = 150 * 8 * 16 + Arena.room(150 * 4) + 150 * 64 + 150 * 64 + 2 * 150 * 256;
        assertThat(sizes.total(shape, Kept.EVERYTHING)).isEqualTo(12 * (150 * 64 + inner) + 150 * 64);
    }

    @Test
    void without_a_backward_pass_more_layers_take_no_more_memory() throws IOException {
        Consumer<Decoder> read = d -> d.read(batch(d), 1, false, (s, logP, entropies, states) -> {});
        Consumer<Decoder> follow = d -> d.follow(batch(d), 1, Kept.EVERYTHING, loss);
        assertThat(allocatedWith(2, read)).isEqualTo(allocatedWith(1, read));
        assertThat(allocatedWith(2, follow)).isGreaterThan(allocatedWith(1, follow));
    }

    private static long allocatedWith(int layers, Consumer<Decoder> work) throws IOException {
        Golden golden = new Golden("tiny-llama");
        try (Kernels host = KernelChoice.named("host");
                Decoder whole = golden.decoder(host)) {
            DecoderConfig c = whole.config();
            assertThat(c.layers()).isGreaterThanOrEqualTo(layers);
            DecoderConfig config = new DecoderConfig(
                    c.width(),
                    layers,
                    c.heads(),
                    c.keyValueHeads(),
                    c.headWidth(),
                    c.ffnWidth(),
                    c.vocabulary(),
                    c.epsilon(),
                    c.inverseFrequencies(),
                    c.attentionBias(),
                    c.tiedEmbeddings());
            CountedKernels counted = new CountedKernels(host);
            try (Decoder decoder = new Decoder(
                    config,
                    counted.kernels(),
                    (name, shape) -> new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)])) {
                long before = counted.allocated();
                work.accept(decoder);
                return counted.allocated() - before;
            }
        }
    }

    private static PackedBatch batch(Decoder decoder) {
        return new PackedBatch(
                List.of(new PackedBatch.Source(new int[] {1, 2, 3}, List.of(new int[] {4, 5, 6}, new int[] {7}))),
                decoder.config());
    }

    /** Five continuations of three prompts, the first finished early, the last after so many tokens. */
    private static void write(Decoder decoder, Golden golden, int tokens) {
        DecodingSession session = new DecodingSession(
                decoder, List.of(golden.ids(0), golden.ids(1), golden.ids(2)), new int[] {2, 1, 2}, tokens, true);
        for (int t = 0; session.rows() > 0; t++) {
            session.logits(1);
            int[] confirmed = new int[session.rows()];
            int[][] next = new int[session.rows()][];
            for (int row = 0; row < next.length; row++) {
                confirmed[row] = t == 0 ? 0 : 1;
                next[row] = t < tokens - 15 * (4 - session.sequence(row)) - 1 ? new int[] {t % 7} : new int[0];
            }
            session.advance(confirmed, next);
        }
    }
}
