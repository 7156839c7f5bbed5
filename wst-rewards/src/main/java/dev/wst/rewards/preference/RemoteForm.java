package dev.wst.rewards.preference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Attempt;

/** How a reward service is asked, and where its answer holds the score. One request for each attempt. */
public enum RemoteForm {
    /**
     * OpenRLHF's {@code --reward.remote_url} (0.11.2, openrlhf/utils/agent.py and cli/serve_rm.py, usually at
     * {@code /get_reward}): {@code {"query": [text], "prompts": [prompt], "labels": [reference]}}, the reference empty where
     * the task has none; answered by {@code {"rewards": [score]}}.
     */
    OPENRLHF {
        @Override
        ObjectNode body(String model, String text, Attempt attempt) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putArray("query").add(text);
            body.putArray("prompts").add(attempt.task().prompt());
            body.putArray("labels").add(attempt.task().reference().orElse(""));
            return body;
        }

        @Override
        JsonNode score(JsonNode answer) {
            JsonNode rewards = answer.path("rewards");
            return rewards.size() == 1 ? rewards.path(0) : rewards.path("not one reward");
        }
    },
    /**
     * verl's discriminative reward model on vLLM (verl 0.9.1, experimental/reward_loop/reward_loop.py, at
     * {@code /classify}): {@code {"model": name, "input": text, "use_activation": false}}; answered by
     * {@code {"data": [{"probs": [score]}]}}, of which the last of the last counts.
     */
    VERL_VLLM {
        @Override
        ObjectNode body(String model, String text, Attempt attempt) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("model", model)
                    .put("input", text)
                    .put("use_activation", false);
        }

        @Override
        JsonNode score(JsonNode answer) {
            return last(last(answer.path("data")).path("probs"));
        }
    },
    /**
     * The same on SGLang (at {@code /v1/embeddings}): {@code {"model": name, "input": text}}; answered by
     * {@code {"data": [{"embedding": [score]}]}}, of which the last of the last counts.
     */
    VERL_SGLANG {
        @Override
        ObjectNode body(String model, String text, Attempt attempt) {
            return JsonNodeFactory.instance.objectNode().put("model", model).put("input", text);
        }

        @Override
        JsonNode score(JsonNode answer) {
            return last(last(answer.path("data")).path("embedding"));
        }
    };

    abstract ObjectNode body(String model, String text, Attempt attempt);

    /** Where the score stands, if the answer has the form. */
    abstract JsonNode score(JsonNode answer);

    private static JsonNode last(JsonNode array) {
        return array.path(array.size() - 1);
    }
}
