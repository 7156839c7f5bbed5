package dev.wst.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.primitives.Ints;
import dev.wst.engine.KernelNames;
import dev.wst.engine.tensor.Kernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the decoder, through every kernel implementation, to numbers that PyTorch computed. */
class DecoderTest {

    static Stream<Arguments> everyModelAndKernels() {
        return Stream.of("tiny-llama", "tiny-llama3-untied", "tiny-qwen2")
                .flatMap(model ->
                        Stream.of("onednn", "host", "portable", "cuda").map(kernels -> Arguments.of(model, kernels)));
    }

    @ParameterizedTest
    @MethodSource("everyModelAndKernels")
    void logits_log_probabilities_and_entropies_are_those_of_transformers(String model, String name)
            throws IOException {
        Golden golden = new Golden(model);
        try (Kernels kernels = KernelNames.load(name);
                Decoder decoder = golden.decoder(kernels)) {
            int[] first = golden.ids(0);
            float[] logits = decoder.logits(first, false);
            double[] expected = Golden.doubles(golden.numbers().get("logits_row0_last"));
            for (int v = 0; v < expected.length; v++) {
                assertThat((double) logits[(first.length - 2) * expected.length + v])
                        .isCloseTo(expected[v], within(2e-4));
            }
            List<PackedBatch.Source> sources = new ArrayList<>();
            for (int row = 0; row < 3; row++) {
                int[] ids = golden.ids(row);
                sources.add(
                        new PackedBatch.Source(Arrays.copyOf(ids, 1), List.of(Arrays.copyOfRange(ids, 1, ids.length))));
            }
            decoder.read(new PackedBatch(sources, decoder.config()), 1, false, (row, logP, entropies, states) -> {
                assertThat(logP)
                        .containsExactly(
                                Golden.doubles(
                                        golden.numbers().get("token_logprobs").get(row)),
                                within(1e-4));
                assertThat(entropies)
                        .containsExactly(
                                Golden.doubles(golden.numbers().get("entropies").get(row)), within(1e-4));
                assertThat(states).hasDimensions(logP.length, decoder.config().width());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("everyModelAndKernels")
    void every_gradient_and_three_optimiser_steps_are_those_of_py_torch(String model, String name) throws IOException {
        Golden golden = new Golden(model);
        try (Kernels kernels = KernelNames.load(name);
                Decoder decoder = golden.decoder(kernels)) {
            decoder.trainWhole();
            AdamW adam = new AdamW(kernels, decoder.parameters());
            double[] loss = new double[1];
            decoder.follow(golden.masked(decoder), 1, Kept.EVERYTHING, golden.loss(loss));
            assertThat(loss[0]).isCloseTo(golden.numbers().get("loss").asDouble(), within(1e-3));
            assertGradients(decoder, golden.numbers().get("gradients"));
            JsonNode run = golden.numbers().get("adamw_full");
            for (JsonNode expected : run.get("steps")) {
                loss[0] = 0;
                adam.zeroGradients();
                decoder.follow(golden.masked(decoder), 1, Kept.EVERYTHING, golden.loss(loss));
                double norm = adam.gradientNorm();
                assertThat(loss[0]).isCloseTo(expected.get("loss").asDouble(), within(5e-3));
                assertThat(norm / expected.get("grad_norm").asDouble()).isCloseTo(1, within(1e-3));
                adam.step(1e-3, 0.9, 0.999, 1e-8, 0.01, Math.min(1, 1 / norm));
                decoder.refresh();
            }
            loss[0] = 0;
            decoder.follow(golden.masked(decoder), 1, Kept.EVERYTHING, golden.loss(loss));
            assertThat(loss[0]).isCloseTo(run.get("final_loss").asDouble(), within(5e-3));
        }
    }

    @ParameterizedTest
    @MethodSource("everyModelAndKernels")
    void an_adapter_of_pefts_gives_pefts_log_probabilities_and_gradients(String model, String name) throws IOException {
        Golden golden = new Golden(model);
        try (Kernels kernels = KernelNames.load(name);
                Decoder decoder = golden.decoder(kernels)) {
            golden.loadAdapter(decoder);
            JsonNode lora = golden.numbers().get("lora");
            double[] loss = new double[1];
            decoder.follow(golden.masked(decoder), 1, Kept.EVERYTHING, golden.loss(loss));
            assertThat(loss[0]).isCloseTo(lora.get("loss").asDouble(), within(1e-3));
            assertGradients(decoder, lora.get("gradients"));
            List<double[]> adapted = new ArrayList<>();
            decoder.read(golden.masked(decoder), 1, true, (row, logP, entropies, states) -> adapted.add(logP));
            for (int row = 0; row < 3; row++) {
                assertThat(adapted.get(row))
                        .containsExactly(
                                Golden.doubles(
                                        lora.get("token_logprobs").get(row),
                                        golden.firstMasked(row),
                                        golden.lastMasked(row) + 1),
                                within(1e-4));
            }
            decoder.read(
                    golden.masked(decoder),
                    1,
                    false,
                    (row, logP, entropies, states) -> assertThat(logP)
                            .containsExactly(
                                    Golden.doubles(
                                            golden.numbers()
                                                    .get("token_logprobs")
                                                    .get(row),
                                            golden.firstMasked(row),
                                            golden.lastMasked(row) + 1),
                                    within(1e-4)));
            assertThat(decoder.copy().logits(golden.ids(0), false))
                    .as("adapters merged into the weights")
                    .containsExactly(decoder.logits(golden.ids(0), true), within(1e-4f));
        }
    }

    private static void assertGradients(Decoder decoder, JsonNode expected) {
        assertThat(decoder.parameters().stream().map(Parameter::name))
                .containsExactlyInAnyOrderElementsOf(() -> expected.fieldNames());
        for (Parameter p : decoder.parameters()) {
            JsonNode numbers = expected.get(p.name());
            float[] gradient = p.gradient().toArray();
            double norm = 0;
            for (float g : gradient) {
                norm += (double) g * g;
            }
            double scale = numbers.get("norm").asDouble();
            assertThat(Math.sqrt(norm) / scale).as("norm of " + p.name()).isCloseTo(1, within(1e-3));
            double[] first = Golden.doubles(numbers.get("first8"));
            double[] last = Golden.doubles(numbers.path("last4"));
            double tolerance = 1e-3 * scale / Math.sqrt(gradient.length) + 1e-5;
            for (int i = 0; i < first.length; i++) {
                assertThat((double) gradient[i]).as(p.name() + " " + i).isCloseTo(first[i], within(tolerance));
            }
            for (int i = 0; i < last.length; i++) {
                assertThat((double) gradient[gradient.length - last.length + i])
                        .as(p.name() + " from the end " + i)
                        .isCloseTo(last[i], within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyModelAndKernels")
    void a_shared_prompt_gives_the_gradients_of_prompts_apart(String model, String name) throws IOException {
        Golden golden = new Golden(model);
        try (Kernels kernels = KernelNames.load(name);
                Decoder decoder = golden.decoder(kernels)) {
            golden.loadAdapter(decoder);
            int[] prompt = Arrays.copyOf(golden.ids(0), 5);
            List<int[]> written = List.of(new int[] {7, 8, 9}, new int[] {10}, new int[] {3, 1, 4, 1, 5});
            SequenceLoss loss = (s, logP, entropy) -> {
                double[] a = new double[logP.length];
                double[] b = new double[logP.length];
                Arrays.setAll(a, t -> 0.3 * (s + 1) - 0.1 * t);
                Arrays.setAll(b, t -> 0.05 * (t + 1));
                return new SequenceLoss.Slopes(a, b);
            };
            AdamW adam = new AdamW(kernels, decoder.parameters());
            adam.zeroGradients();
            decoder.follow(
                    new PackedBatch(List.of(new PackedBatch.Source(prompt, written)), decoder.config()),
                    0.8f,
                    Kept.EVERYTHING,
                    loss);
            List<float[]> together = decoder.parameters().stream()
                    .map(p -> p.gradient().toArray())
                    .toList();
            adam.zeroGradients();
            decoder.follow(
                    new PackedBatch(
                            written.stream()
                                    .map(w -> new PackedBatch.Source(prompt, List.of(w)))
                                    .toList(),
                            decoder.config()),
                    0.8f,
                    Kept.EVERYTHING,
                    loss);
            for (int i = 0; i < together.size(); i++) {
                assertThat(decoder.parameters().get(i).gradient().toArray())
                        .as(decoder.parameters().get(i).name())
                        .containsExactly(together.get(i), within(2e-5f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyModelAndKernels")
    void activations_computed_again_give_the_same_gradients_to_the_last_bit(String model, String name)
            throws IOException {
        Golden golden = new Golden(model);
        for (boolean whole : new boolean[] {false, true}) {
            try (Kernels kernels = KernelNames.load(name);
                    Decoder decoder = golden.decoder(kernels)) {
                if (whole) {
                    decoder.trainWhole();
                } else {
                    golden.loadAdapter(decoder);
                }
                List<float[]> kept = gradients(golden, kernels, decoder, Kept.EVERYTHING);
                List<float[]> again = gradients(golden, kernels, decoder, Kept.INPUTS);
                for (int i = 0; i < kept.size(); i++) {
                    assertThat(again.get(i))
                            .as(decoder.parameters().get(i).name())
                            .containsExactly(kept.get(i));
                }
                assertThat(kept.stream().mapToDouble(g -> Math.abs(g[0])).sum()).isPositive();
            }
        }
    }

    private static List<float[]> gradients(Golden golden, Kernels kernels, Decoder decoder, Kept kept) {
        new AdamW(kernels, decoder.parameters()).zeroGradients();
        decoder.follow(golden.masked(decoder), 0.8f, kept, golden.loss(new double[1]));
        return decoder.parameters().stream().map(p -> p.gradient().toArray()).toList();
    }

    @Test
    void a_frozen_decoder_reads_follows_and_exports_what_one_with_plain_weights_does() throws IOException {
        for (String model : List.of("tiny-llama", "tiny-llama3-untied", "tiny-qwen2")) {
            Golden golden = new Golden(model);
            try (Kernels kernels = KernelNames.load("onednn");
                    Decoder plain = golden.decoder(kernels);
                    Decoder frozen = golden.frozen(kernels)) {
                golden.loadAdapter(plain);
                golden.loadAdapter(frozen);
                assertThat(frozen.memory().getOrDefault("weights", 0L))
                        .isLessThan(plain.memory().getOrDefault("weights", 0L));
                assertThat(frozen.logits(golden.ids(0), true)).containsExactly(plain.logits(golden.ids(0), true));
                List<float[]> expected = gradients(golden, kernels, plain, Kept.EVERYTHING);
                List<float[]> slopes = gradients(golden, kernels, frozen, Kept.EVERYTHING);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(slopes.get(i)).containsExactly(expected.get(i));
                }
                Map<String, float[]> wanted = new LinkedHashMap<>();
                plain.export((name, shape, values) -> wanted.put(name, values));
                Map<String, float[]> written = new LinkedHashMap<>();
                golden.withTensors(
                        tensors -> frozen.export(tensors, (name, shape, values) -> written.put(name, values)));
                assertThat(written.keySet()).containsExactlyElementsOf(wanted.keySet());
                wanted.forEach((name, values) -> assertThat(written.get(name)).containsExactly(values));
                assertThatThrownBy(frozen::trainWhole).hasMessage("a frozen decoder cannot be trained whole");
                assertThatThrownBy(() -> frozen.export((name, shape, values) -> {}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("kept no copy of");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyModelAndKernels")
    void writing_step_by_step_sees_what_reading_sees(String model, String name) throws IOException {
        Golden golden = new Golden(model);
        try (Kernels kernels = KernelNames.load(name);
                Decoder decoder = golden.decoder(kernels);
                Decoder reader = golden.decoder(kernels)) {
            golden.loadAdapter(decoder);
            golden.loadAdapter(reader);
            // The last three begin alike and are read as one group.
            int[] alike = Arrays.copyOf(golden.ids(0), 12);
            List<int[]> prompts = List.of(
                    Arrays.copyOf(golden.ids(0), 7),
                    Arrays.copyOf(golden.ids(1), 3),
                    Ints.concat(alike, new int[] {5}),
                    Ints.concat(alike, new int[] {6, 7, 8, 9}),
                    Ints.concat(alike, new int[] {6, 3}));
            int[] counts = {2, 1, 1, 0, 1};
            int[] promptOf = {0, 0, 1, 2, 4};
            // Sequence s is taken out after 2 + 17 s tokens, which crosses a growth of the cache.
            List<List<Integer>> texts = new ArrayList<>();
            for (int s = 0; s < 5; s++) {
                texts.add(new ArrayList<>());
            }
            DecodingSession session = new DecodingSession(decoder, prompts, counts, 100, true);
            int v = decoder.config().vocabulary();
            while (session.rows() > 0) {
                float[] logits = session.logits(1).toArray();
                int[] confirmed = new int[session.rows()];
                int[][] next = new int[session.rows()][];
                for (int row = 0; row < next.length; row++) {
                    int s = session.sequence(row);
                    List<Integer> text = texts.get(s);
                    int[] prompt = prompts.get(promptOf[s]);
                    int[] all = Arrays.copyOf(prompt, prompt.length + text.size());
                    for (int i = 0; i < text.size(); i++) {
                        all[prompt.length + i] = text.get(i);
                    }
                    if (text.size() % 9 == 0) {
                        float[] whole = reader.logits(all, true);
                        assertThat(Arrays.copyOfRange(logits, row * v, (row + 1) * v))
                                .containsExactly(
                                        Arrays.copyOfRange(whole, (all.length - 1) * v, all.length * v), within(2e-4f));
                    }
                    confirmed[row] = text.isEmpty() ? 0 : 1;
                    next[row] = text.size() >= 2 + 17 * s ? new int[0] : new int[] {token(s, text.size(), v)};
                    for (int token : next[row]) {
                        text.add(token);
                    }
                }
                session.advance(confirmed, next);
            }
            assertThat(texts.stream().map(List::size)).containsExactly(2, 19, 36, 53, 70);
        }
    }

    /** Text s has the token (31 s + 7 i) mod V at place i. */
    private static int token(int s, int i, int v) {
        return (s * 31 + i * 7) % v;
    }

    @ParameterizedTest
    @MethodSource("everyModelAndKernels")
    void guessed_tokens_see_what_reading_sees_and_wrong_ones_leave_no_trace(String model, String name)
            throws IOException {
        Golden golden = new Golden(model);
        try (Kernels kernels = KernelNames.load(name);
                Decoder decoder = golden.decoder(kernels);
                Decoder reader = golden.decoder(kernels)) {
            golden.loadAdapter(decoder);
            golden.loadAdapter(reader);
            int v = decoder.config().vocabulary();
            List<int[]> prompts = List.of(Arrays.copyOf(golden.ids(0), 7), Arrays.copyOf(golden.ids(1), 3));
            int[] promptOf = {0, 0, 1};
            int longest = 90;
            DecodingSession session = new DecodingSession(decoder, prompts, new int[] {2, 1}, longest, true);
            int[] written = new int[promptOf.length];
            int[] held = new int[promptOf.length];
            for (int step = 0; session.rows() > 0; step++) {
                float[] logits = session.logits(1).toArray();
                int[] confirmed = new int[session.rows()];
                int[][] next = new int[session.rows()][];
                for (int row = 0; row < next.length; row++) {
                    int s = session.sequence(row);
                    written[s] += held[s];
                    if (step % 5 == 1) {
                        int[] prompt = prompts.get(promptOf[s]);
                        int[] all = Arrays.copyOf(prompt, prompt.length + written[s]);
                        for (int i = 0; i < written[s]; i++) {
                            all[prompt.length + i] = token(s, i, v);
                        }
                        float[] whole = reader.logits(all, true);
                        int from = row * session.width() * v;
                        assertThat(Arrays.copyOfRange(logits, from, from + held[s] * v))
                                .as("text " + s + " after " + written[s] + " tokens, " + held[s] + " at once")
                                .containsExactly(
                                        Arrays.copyOfRange(whole, whole.length - held[s] * v, whole.length),
                                        within(3e-4f));
                    }
                    confirmed[row] = held[s];
                    // Texts go on by 1 to 4 tokens, and guess one wrong one where that leaves room.
                    int right = Math.min(1 + (s + step) % 4, longest - written[s]);
                    int given = Math.min(right + step % 2, longest - written[s]);
                    next[row] = new int[written[s] > 75 + s ? 0 : given];
                    for (int i = 0; i < next[row].length; i++) {
                        next[row][i] = i < right ? token(s, written[s] + i, v) : 1;
                    }
                    held[s] = right;
                }
                session.advance(confirmed, next);
            }
            assertThat(Arrays.stream(written).boxed()).allMatch(tokens -> tokens > 75);
        }
    }
}
