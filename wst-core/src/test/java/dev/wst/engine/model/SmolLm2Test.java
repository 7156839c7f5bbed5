package dev.wst.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.Shared;
import dev.wst.engine.Bf16;
import dev.wst.engine.nn.PackedBatch;
import dev.wst.engine.tokenizer.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real model of 135 million parameters against transformers' numbers for it. */
class SmolLm2Test {
    private static Path file;
    private static JsonNode cases;

    @BeforeAll
    static void load() throws IOException {
        file = Shared.file("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        cases = new ObjectMapper()
                .readTree(Shared.file("golden/smollm2-forward.json").toFile())
                .get("cases");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "host", "portable"})
    void prompts_log_probabilities_and_greedy_texts_are_those_of_transformers(String kernels) {
        try (LanguageModel model = LanguageModel.open(file, KernelChoice.named(kernels))) {
            chatsBecomeTheSameIds(model);
            logProbabilitiesAndEntropiesAreTheSame(model);
            greedyContinuationsAreEqualTokenForToken(model);
        }
    }

    @Test
    void in_bf16_log_probabilities_stay_close_and_those_of_writing_are_those_of_reading() {
        try (LanguageModel model = LanguageModel.open(
                file, Bf16.orSkipped(() -> KernelChoice.named("onednn", Optional.of(Precision.BF16))))) {
            double[] apart = new double[2];
            List<int[]> prompts = new ArrayList<>();
            for (JsonNode one : cases) {
                int[] ids = ids(one.get("ids"));
                prompts.add(ids);
                PackedBatch batch = new PackedBatch(
                        List.of(new PackedBatch.Source(
                                Arrays.copyOf(ids, 1), List.of(Arrays.copyOfRange(ids, 1, ids.length)))),
                        model.decoder().config());
                model.decoder().read(batch, 1, false, (i, logP, entropies, states) -> {
                    double[] expected = numbers(one.get("token_logprobs"));
                    for (int t = 0; t < logP.length; t++) {
                        apart[0] += Math.abs(logP[t] - expected[t]) / logP.length / cases.size();
                    }
                });
            }
            assertThat(apart[0]).isBetween(1e-5, 0.03);
            List<Continuation> written =
                    model.generate(prompts, Sampling.defaults().withMaxTokens(32), new long[prompts.size()], false);
            for (int p = 0; p < prompts.size(); p++) {
                Continuation one = written.get(p);
                PackedBatch batch = new PackedBatch(
                        List.of(new PackedBatch.Source(prompts.get(p), List.of(one.tokens()))),
                        model.decoder().config());
                model.decoder().read(batch, 1, false, (i, logP, entropies, states) -> {
                    for (int t = 0; t < logP.length; t++) {
                        apart[1] += Math.abs(logP[t] - one.logProbabilities()[t]) / logP.length / cases.size();
                    }
                });
            }
            assertThat(apart[1]).isLessThan(0.01);
        }
    }

    @Test
    void in_int8_what_comes_next_stays_close() {
        try (LanguageModel exact = LanguageModel.open(file, KernelChoice.named("onednn"));
                LanguageModel rounded = LanguageModel.open(
                        file, Bf16.orSkipped(() -> KernelChoice.named("onednn", Optional.of(Precision.INT8))))) {
            int vocabulary = exact.config().decoder().vocabulary();
            double divergence = 0;
            int alike = 0;
            int places = 0;
            for (JsonNode one : cases) {
                int[] ids = ids(one.get("ids"));
                float[] expected = exact.decoder().logits(ids, false);
                float[] got = rounded.decoder().logits(ids, false);
                for (int at = 0; at < expected.length; at += vocabulary) {
                    double[] p = logProbabilities(Arrays.copyOfRange(expected, at, at + vocabulary));
                    double[] q = logProbabilities(Arrays.copyOfRange(got, at, at + vocabulary));
                    for (int i = 0; i < vocabulary; i++) {
                        divergence += Math.exp(p[i]) * (p[i] - q[i]);
                    }
                    alike += likeliest(p) == likeliest(q) ? 1 : 0;
                    places++;
                }
            }
            assertThat(divergence / places).isBetween(1e-5, 0.02);
            assertThat((double) alike / places).isGreaterThan(0.9);
            List<int[]> prompts = new ArrayList<>();
            cases.forEach(one -> prompts.add(ids(one.get("ids"))));
            List<Continuation> together =
                    rounded.generate(prompts, Sampling.greedy(8), new long[prompts.size()], false);
            List<Continuation> alone = rounded.generate(prompts.subList(0, 1), Sampling.greedy(8), new long[1], false);
            assertThat(alone.get(0).tokens()).containsExactly(together.get(0).tokens());
        }
    }

    private static double[] logProbabilities(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double total = Math.log(sum);
        double[] all = new double[logits.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = logits[i] - total;
        }
        return all;
    }

    private static int likeliest(double[] all) {
        int best = 0;
        for (int i = 1; i < all.length; i++) {
            best = all[i] > all[best] ? i : best;
        }
        return best;
    }

    private static int[] ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static void chatsBecomeTheSameIds(LanguageModel model) {
        for (JsonNode one : cases) {
            List<Message> messages = new ArrayList<>();
            one.get("messages")
                    .forEach(m -> messages.add(
                            new Message(m.get("role").asText(), m.get("content").asText())));
            assertThat(model.prompt(messages)).containsExactly(ids(one.get("ids")));
        }
    }

    private static void logProbabilitiesAndEntropiesAreTheSame(LanguageModel model) {
        List<PackedBatch.Source> sources = new ArrayList<>();
        for (JsonNode one : cases) {
            int[] ids = ids(one.get("ids"));
            sources.add(new PackedBatch.Source(Arrays.copyOf(ids, 1), List.of(Arrays.copyOfRange(ids, 1, ids.length))));
        }
        boolean[] seen = new boolean[cases.size()];
        model.decoder()
                .read(new PackedBatch(sources, model.decoder().config()), 1, false, (i, logP, entropies, states) -> {
                    assertThat(logP).containsExactly(numbers(cases.get(i).get("token_logprobs")), within(2e-3));
                    double[] expected = numbers(cases.get(i).get("entropies"));
                    assertThat(entropies).containsExactly(Arrays.copyOf(expected, entropies.length), within(2e-3));
                    seen[i] = true;
                });
        assertThat(seen).containsOnly(true);
    }

    private static void greedyContinuationsAreEqualTokenForToken(LanguageModel model) {
        List<int[]> prompts = new ArrayList<>();
        cases.forEach(one -> prompts.add(ids(one.get("ids"))));
        List<Continuation> written = model.generate(prompts, Sampling.greedy(32), new long[prompts.size()], false);
        for (int i = 0; i < prompts.size(); i++) {
            int[] expected = ids(cases.get(i).get("greedy_ids"));
            assertThat(Arrays.copyOf(written.get(i).tokens(), Math.min(32, expected.length)))
                    .containsExactly(Arrays.copyOf(expected, Math.min(32, expected.length)));
        }
    }
}
