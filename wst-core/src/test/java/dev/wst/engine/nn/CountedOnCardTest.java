package dev.wst.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Ints;
import dev.wst.engine.KernelNames;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.FusedKernels.DrawRule;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.cuda.CardOnCpu;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a decoding step and a training step ask of the driver once they are in their stride. */
class CountedOnCardTest {
    private static final DrawRule FREE = new DrawRule(false, 0, 1, 0);

    private final CardOnCpu card = new CardOnCpu();
    private final SequenceLoss loss = (sequence, logProbabilities, entropies) ->
            new SequenceLoss.Slopes(new double[logProbabilities.length], new double[entropies.length]);
    private Kernels kernels;
    private Decoder decoder;
    private Golden golden;

    @BeforeEach
    void open() throws IOException {
        golden = new Golden("tiny-llama");
        kernels = KernelNames.load("cuda");
        decoder = golden.decoder(kernels);
        golden.loadAdapter(decoder);
    }

    @AfterEach
    void nothing_is_left() {
        card.reset();
        decoder.close();
        kernels.close();
        assertThat(card.count("executables")).as("recordings").isZero();
        assertThat(card.count("graphs")).isZero();
        assertThat(card.count("blocks")).isZero();
        assertThat(card.count("contexts")).isZero();
        assertThat(card.count("held")).isZero();
    }

    private FusedDecoding decoding() {
        return new FusedDecoding(
                decoder, List.of(golden.ids(0), golden.ids(1)), new int[] {3, 2}, 30, true, 0.9, FREE, new long[] {
                    1, 2, 3, 4, 5
                });
    }

    /** How often something was asked for while something was done. */
    private Map<String, Long> counted(Runnable work) {
        Map<String, Long> counts = new TreeMap<>();
        List<String> what = List.of("launches", "products", "uploads", "downloads", "allocations", "replays");
        what.forEach(each -> counts.put(each, -card.count(each)));
        work.run();
        what.forEach(each -> counts.merge(each, card.count(each), Long::sum));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private static boolean[] all(FusedDecoding decoding) {
        boolean[] all = new boolean[decoding.rows()];
        Arrays.fill(all, true);
        return all;
    }

    @Test
    void a_decoding_step_in_its_stride_is_one_replay_and_one_download() {
        FusedDecoding decoding = decoding();
        for (int token = 0; token < 3; token++) {
            decoding.keep(all(decoding), decoding.next());
        }
        for (int token = 0; token < 10; token++) {
            assertThat(counted(() -> decoding.keep(all(decoding), decoding.next())))
                    .isEqualTo(Map.of("replays", 1L, "downloads", 1L));
        }
        assertThat(counted(() -> decoding.keep(new boolean[] {true, false, true, true, true}, decoding.next())))
                .as("a text leaves")
                .isEqualTo(Map.of("replays", 1L, "downloads", 1L, "uploads", 1L));
        assertThat(card.count("graphs"))
                .as("needed only to make what is replayed")
                .isZero();
    }

    @Test
    void a_second_session_repeats_what_the_first_recorded() {
        Runnable session = () -> {
            FusedDecoding decoding = decoding();
            for (int token = 0; token < 20; token++) {
                decoding.keep(all(decoding), decoding.next());
            }
        };
        session.run();
        session.run();
        Map<String, Long> third = counted(session);
        assertThat(third).containsEntry("replays", 19L).doesNotContainKey("allocations");
        assertThat(counted(session)).isEqualTo(third);
    }

    @Test
    void a_training_step_in_its_stride_allocates_nothing() {
        AdamW adam = new AdamW(kernels, decoder.parameters());
        Runnable step = () -> {
            FusedDecoding decoding = decoding();
            for (int token = 0; token < 5; token++) {
                decoding.keep(all(decoding), decoding.next());
            }
            decoder.read(golden.masked(decoder), 1, false, (s, logP, entropies, states) -> {});
            adam.zeroGradients();
            decoder.follow(golden.masked(decoder), 1, loss);
            assertThat(adam.gradientNorm()).isFinite();
            adam.step(1e-3, 0.9, 0.999, 1e-8, 0, 1);
            decoder.refresh();
        };
        step.run();
        step.run();
        Map<String, Long> third = counted(step);
        assertThat(third).doesNotContainKey("allocations").containsKeys("launches", "products");
        assertThat(counted(step)).isEqualTo(third);
    }

    /** Wherever a launch fails, the next session on the same decoder writes as if nothing had been. */
    @Test
    void a_session_that_fails_anywhere_is_forgotten() {
        int[] expected = tokens(decoding());
        forgetRecordings();
        long launches = counted(() -> tokens(decoding())).getOrDefault("launches", 0L);
        for (long launch = 1; launch <= launches; launch += 1 + launches / 9) {
            forgetRecordings();
            card.with("fail_launch", launch);
            assertThatThrownBy(() -> tokens(decoding()))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContainingAll("CUDA: launching ", "CUDA_ERROR_LAUNCH_FAILED", "start it again");
            assertThat(card.count("graphs"))
                    .as("graphs after a failure at launch %d", launch)
                    .isZero();
            assertThat(tokens(decoding())).isEqualTo(expected);
        }
    }

    /** As whenever memory moves. */
    private void forgetRecordings() {
        kernels.allocate(1, 1).close();
    }

    private static int[] tokens(FusedDecoding decoding) {
        int[] tokens = new int[0];
        for (int token = 0; token < 4; token++) {
            FusedDecoding.Drawn drawn = decoding.next();
            tokens = Ints.concat(tokens, drawn.tokens());
            decoding.keep(all(decoding), drawn);
        }
        return tokens;
    }
}
