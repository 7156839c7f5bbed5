package dev.wst.examples.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chat completion as OpenAI's clients read it, whole or in parts.
 *
 * @param created in seconds since 1970
 */
record Completion(String id, String model, long created) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All in one. */
    ObjectNode whole(ChatResponse response) {
        ObjectNode json = head("chat.completion");
        ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", response.aiMessage().text());
        if (response.aiMessage().hasToolExecutionRequests()) {
            calls(message.putArray("tool_calls"), response.aiMessage().toolExecutionRequests(), false);
        }
        choice.put("finish_reason", reason(response));
        usage(response.tokenUsage()).ifPresent(usage -> json.set("usage", usage));
        return json;
    }

    /** The first part, without text. */
    ObjectNode begin() {
        ObjectNode json = head("chat.completion.chunk");
        delta(json).put("role", "assistant").put("content", "");
        return json;
    }

    ObjectNode part(String text) {
        ObjectNode json = head("chat.completion.chunk");
        delta(json).put("content", text);
        return json;
    }

    /** Why it ended, with the calls of tools that it ended in. */
    ObjectNode end(ChatResponse response) {
        ObjectNode json = head("chat.completion.chunk");
        ObjectNode delta = delta(json);
        if (response.aiMessage().hasToolExecutionRequests()) {
            calls(delta.putArray("tool_calls"), response.aiMessage().toolExecutionRequests(), true);
        }
        ((ObjectNode) json.path("choices").get(0)).put("finish_reason", reason(response));
        return json;
    }

    /** A part after the end that says how many tokens it took. */
    ObjectNode tokens(ChatResponse response) {
        ObjectNode json = head("chat.completion.chunk");
        json.putArray("choices");
        usage(response.tokenUsage()).ifPresentOrElse(usage -> json.set("usage", usage), () -> json.putNull("usage"));
        return json;
    }

    private ObjectNode head(String object) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static ObjectNode delta(ObjectNode json) {
        ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
        ObjectNode delta = choice.putObject("delta");
        choice.putNull("finish_reason");
        return delta;
    }

    private static void calls(ArrayNode all, List<ToolExecutionRequest> requests, boolean numbered) {
        for (int i = 0; i < requests.size(); i++) {
            ObjectNode call = all.addObject();
            if (numbered) {
                call.put("index", i);
            }
            call.put("id", requests.get(i).id()).put("type", "function");
            call.putObject("function")
                    .put("name", requests.get(i).name())
                    .put("arguments", requests.get(i).arguments());
        }
    }

    private static String reason(ChatResponse response) {
        @Nullable FinishReason reason = response.finishReason();
        if (reason == null) {
            return response.aiMessage().hasToolExecutionRequests() ? "tool_calls" : "stop";
        }
        return switch (reason) {
            case LENGTH -> "length";
            case TOOL_EXECUTION -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
            case STOP, OTHER -> "stop";
        };
    }

    private static Optional<ObjectNode> usage(@Nullable TokenUsage usage) {
        if (usage == null) {
            return Optional.empty();
        }
        return Optional.of(JSON.createObjectNode()
                .put("prompt_tokens", usage.inputTokenCount())
                .put("completion_tokens", usage.outputTokenCount())
                .put("total_tokens", usage.totalTokenCount()));
    }
}
