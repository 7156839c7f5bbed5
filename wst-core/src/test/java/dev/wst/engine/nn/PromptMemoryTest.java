package dev.wst.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Ints;
import dev.wst.engine.KernelNames;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.weights.DecoderConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PromptMemoryTest {
    private static final int TOKENS = 70;

    private static int[] beginning(int first) {
        return IntStream.range(0, 20).map(i -> (first + 3 * i) % 90).toArray();
    }

    private static int[] after(int first, int... rest) {
        return Ints.concat(beginning(first), rest);
    }

    /** Writes tokens of a fixed kind after each prompt, and compares all logits with those of the whole text. */
    private static void write(DecodingSession session, Decoder reader, List<int[]> prompts) {
        int v = reader.config().vocabulary();
        int[] confirmed = new int[session.rows()];
        for (int t = 0; session.rows() > 0; t++) {
            float[] logits = session.logits(1).toArray();
            int[][] next = new int[session.rows()][];
            for (int row = 0; row < next.length; row++) {
                int s = session.sequence(row);
                int[] whole = Ints.concat(prompts.get(s), written(s, t));
                if (t % 23 == 0) {
                    float[] expected = reader.logits(whole, true);
                    assertThat(Arrays.copyOfRange(logits, row * v, (row + 1) * v))
                            .as("text " + s + " after " + t)
                            .containsExactly(
                                    Arrays.copyOfRange(expected, expected.length - v, expected.length), within(3e-4f));
                }
                boolean goesOn = t < TOKENS - 1 - 20 * s;
                next[row] = goesOn ? new int[] {written(s, t + 1)[t]} : new int[0];
            }
            session.advance(confirmed, next);
            confirmed = new int[session.rows()];
            Arrays.fill(confirmed, 1);
        }
    }

    private static int[] written(int s, int count) {
        return IntStream.range(0, count).map(t -> (31 * s + 7 * t) % 90).toArray();
    }

    private static void write(PromptMemory memory, Decoder decoder, Decoder reader, int[] counts, int[]... prompts) {
        List<int[]> each = IntStream.range(0, prompts.length)
                .boxed()
                .flatMap(b -> IntStream.range(0, counts[b]).mapToObj(i -> prompts[b]))
                .toList();
        write(memory.session(decoder, List.of(prompts), counts, TOKENS, true), reader, each);
    }

    static Stream<Arguments> everyModelAndKernels() {
        return Stream.of("tiny-llama", "tiny-llama3-untied", "tiny-qwen2")
                .flatMap(model -> Stream.of("onednn", "host").map(kernels -> Arguments.of(model, kernels)));
    }

    @ParameterizedTest
    @MethodSource("everyModelAndKernels")
    void prompts_after_a_beginning_that_was_kept_see_what_reading_sees(String model, String name) throws IOException {
        Golden golden = new Golden(model);
        try (Kernels kernels = KernelNames.load(name);
                Decoder decoder = golden.decoder(kernels);
                Decoder reader = golden.decoder(kernels);
                PromptMemory memory = new PromptMemory()) {
            golden.loadAdapter(decoder);
            golden.loadAdapter(reader);
            write(memory, decoder, reader, new int[] {1}, after(1, 5));
            assertThat(memory.bytes()).isZero();
            write(memory, decoder, reader, new int[] {1}, after(1, 6, 7));
            assertThat(memory.bytes()).isPositive();
            // One token, many, several prompts of other lengths and equal ones, and one that leaves the beginning
            // early.
            write(memory, decoder, reader, new int[] {1}, after(1, 9));
            write(memory, decoder, reader, new int[] {1}, after(1, written(8, 41)));
            write(memory, decoder, reader, new int[] {1, 2}, after(1, 4, 3, 2), after(1, 6));
            write(memory, decoder, reader, new int[] {1}, Ints.concat(Arrays.copyOf(beginning(1), 17), written(2, 9)));
        }
    }

    /** Tokens that the decoder reads of a prompt and two tokens after it. */
    private static long read(PromptMemory memory, Decoder decoder, CountedKernels kernels, int[]... prompts) {
        long before = kernels.fedForward();
        int[] counts = new int[prompts.length];
        Arrays.fill(counts, 1);
        memory.session(decoder, List.of(prompts), counts, TOKENS, true);
        return (kernels.fedForward() - before) / decoder.config().layers();
    }

    @Test
    void a_beginning_is_read_twice_and_then_kept() throws IOException {
        try (Kernels host = KernelNames.load("host");
                PromptMemory memory = new PromptMemory()) {
            CountedKernels counted = new CountedKernels(host);
            try (Decoder decoder = new Golden("tiny-llama").decoder(counted.kernels())) {
                assertThat(read(memory, decoder, counted, after(1, 5, 6))).isEqualTo(22);
                assertThat(read(memory, decoder, counted, after(1, 7, 8, 9))).isEqualTo(23);
                assertThat(read(memory, decoder, counted, after(1, 10, 11))).isEqualTo(2);
                assertThat(read(memory, decoder, counted, after(1, 10), after(1, 11, 12)))
                        .as("both to the length of the longer one")
                        .isEqualTo(4);
                assertThat(read(
                                memory,
                                decoder,
                                counted,
                                after(1, written(1, 40)),
                                after(1, 2),
                                after(1, 3),
                                after(1, 4)))
                        .as("where equal lengths would cost more than the beginning")
                        .isEqualTo(63);
                assertThat(read(memory, decoder, counted, beginning(1)))
                        .as("a token of its own is left")
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void what_is_kept_takes_no_more_than_its_tokens_whatever_the_prompts_are() throws IOException {
        PromptMemory memory = new PromptMemory();
        try (Kernels host = KernelNames.load("host")) {
            CountedKernels counted = new CountedKernels(host);
            try (Decoder decoder = new Golden("tiny-llama").decoder(counted.kernels())) {
                read(memory, decoder, counted, after(1, 5));
                read(memory, decoder, counted, after(1, written(2, 300)), after(1, written(3, 400)));
                DecoderConfig config = decoder.config();
                assertThat(memory.bytes())
                        .as("room for 32 tokens")
                        .isEqualTo(
                                2L * config.layers() * config.keyValueHeads() * 32 * config.headWidth() * Float.BYTES);
                memory.close();
                int[] longBeginning = written(1, 1100);
                for (int last : new int[] {1, 2}) {
                    read(memory, decoder, counted, Ints.concat(longBeginning, new int[] {last}));
                }
                assertThat(read(memory, decoder, counted, Ints.concat(longBeginning, new int[] {3})))
                        .as("of longer ones the rest is read")
                        .isEqualTo(1101 - 1024);
                memory.close();
            }
        }
    }

    @Test
    void no_more_rows_are_read_at_once_than_without() throws IOException {
        try (Kernels host = KernelNames.load("host");
                PromptMemory memory = new PromptMemory()) {
            CountedKernels counted = new CountedKernels(host);
            try (Decoder decoder = new Golden("tiny-llama").decoder(counted.kernels())) {
                read(memory, decoder, counted, after(1, 5));
                read(memory, decoder, counted, after(1, 6));
                int[][] prompts = new int[4][];
                Arrays.setAll(prompts, i -> after(1, Ints.concat(new int[] {i}, written(i, 255))));
                assertThat(read(memory, decoder, counted, prompts)).isEqualTo(4 * 256);
                Arrays.setAll(prompts, i -> after(1, Ints.concat(new int[] {i}, written(i, 256))));
                assertThat(read(memory, decoder, counted, prompts))
                        .as("their beginning anew, by two batches")
                        .isEqualTo(2 * 20 + 4 * 257);
            }
        }
    }

    @Test
    void another_beginning_takes_the_place_of_one_that_is_not_met_any_more() throws IOException {
        PromptMemory memory = new PromptMemory();
        try (Kernels host = KernelNames.load("host")) {
            CountedKernels counted = new CountedKernels(host);
            try (Decoder decoder = new Golden("tiny-llama").decoder(counted.kernels())) {
                read(memory, decoder, counted, after(1, 5));
                read(memory, decoder, counted, after(1, 6));
                long bytes = memory.bytes();
                assertThat(read(memory, decoder, counted, after(2, 7))).isEqualTo(21);
                assertThat(read(memory, decoder, counted, after(1, 8)))
                        .as("met once, it takes no place")
                        .isEqualTo(1);
                assertThat(read(memory, decoder, counted, after(2, 7))).isEqualTo(21);
                assertThat(read(memory, decoder, counted, after(2, 8)))
                        .as("met twice, if not in a row, it takes the place")
                        .isEqualTo(1);
                assertThat(memory.bytes()).isEqualTo(bytes);
                memory.close();
                assertThat(memory.bytes()).isZero();
            }
        }
    }

    @Test
    void short_beginnings_are_not_kept() throws IOException {
        try (Kernels host = KernelNames.load("host");
                PromptMemory memory = new PromptMemory()) {
            CountedKernels counted = new CountedKernels(host);
            try (Decoder decoder = new Golden("tiny-llama").decoder(counted.kernels())) {
                for (int i = 0; i < 3; i++) {
                    int[] prompt = Ints.concat(Arrays.copyOf(beginning(1), 15), new int[] {50 + i, 3});
                    assertThat(read(memory, decoder, counted, prompt)).isEqualTo(17);
                }
                assertThat(memory.bytes()).isZero();
            }
        }
    }
}
