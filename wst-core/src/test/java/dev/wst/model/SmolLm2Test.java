package dev.wst.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Sampling;
import dev.wst.Shared;
import dev.wst.nn.PackedBatch;
import dev.wst.tensor.KernelChoice;
import dev.wst.tokenizer.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real model of 135 million parameters against transformers' numbers for it. */
class SmolLm2Test {
    private static LanguageModel model;
    private static JsonNode cases;

    @BeforeAll
    static void load() throws IOException {
        var file = Shared.file("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        cases = new ObjectMapper()
                .readTree(Shared.file("golden/smollm2-forward.json").toFile())
                .get("cases");
        model = LanguageModel.open(file, KernelChoice.best());
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    private static int[] ids(JsonNode list) {
        return java.util.stream.StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static double[] numbers(JsonNode list) {
        return java.util.stream.StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @Test
    void chats_become_the_ids_of_transformers() {
        for (JsonNode one : cases) {
            List<Message> messages = new ArrayList<>();
            one.get("messages")
                    .forEach(m -> messages.add(
                            new Message(m.get("role").asText(), m.get("content").asText())));
            assertThat(model.prompt(messages)).containsExactly(ids(one.get("ids")));
        }
    }

    @Test
    void log_probabilities_and_entropies_are_those_of_transformers() {
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

    @Test
    void greedy_continuations_are_equal_token_for_token() {
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
