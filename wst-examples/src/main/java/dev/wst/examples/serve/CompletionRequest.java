package dev.wst.examples.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asks for in the body of a request for a chat completion. What would be answered otherwise than the client means is
 * refused; seed, user, metadata and the like are passed over.
 *
 * @param model its name, which the endpoint serves
 * @param chat for the chat model
 * @param streamed whether the answer is wanted in parts
 * @param usageStreamed whether the last part is to say how many tokens it took
 */
record CompletionRequest(String model, ChatRequest chat, boolean streamed, boolean usageStreamed) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NOT_OFFERED = Set.of(
            "functions", "function_call", "audio", "modalities", "prediction", "web_search_options", "logit_bias");

    static CompletionRequest read(byte[] body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (java.io.IOException e) {
            throw RefusedRequestException.invalid("the body is no JSON: " + reason(e));
        }
        if (json == null || !json.isObject()) {
            throw RefusedRequestException.invalid("the body must be a JSON object with model and messages");
        }
        refuseWhatIsNotOffered(json);
        return new CompletionRequest(
                text(json, "model"),
                ChatRequest.builder()
                        .messages(Messages.read(json.path("messages")))
                        .parameters(parameters(json))
                        .build(),
                json.path("stream").asBoolean(),
                json.path("stream_options").path("include_usage").asBoolean());
    }

    private static String reason(java.io.IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
    }

    private static void refuseWhatIsNotOffered(JsonNode json) {
        for (String name : NOT_OFFERED) {
            if (json.hasNonNull(name) && !json.get(name).isEmpty()) {
                throw RefusedRequestException.invalid(name + " is not offered here");
            }
        }
        if (json.path("n").asInt(1) != 1) {
            throw RefusedRequestException.invalid("n must be 1, got " + json.path("n"));
        }
        if (json.path("logprobs").asBoolean()) {
            throw RefusedRequestException.invalid("logprobs are not offered here");
        }
    }

    private static String text(JsonNode json, String name) {
        if (!json.path(name).isTextual()) {
            throw RefusedRequestException.invalid(
                    name + " must be a text, got " + (json.has(name) ? json.get(name) : "nothing"));
        }
        return json.get(name).asText();
    }

    private static ChatRequestParameters parameters(JsonNode json) {
        DefaultChatRequestParameters.Builder<?> parameters = ChatRequestParameters.builder();
        number(json, "temperature").ifPresent(parameters::temperature);
        number(json, "top_p").ifPresent(parameters::topP);
        number(json, "frequency_penalty").ifPresent(parameters::frequencyPenalty);
        number(json, "presence_penalty").ifPresent(parameters::presencePenalty);
        tokens(json).ifPresent(parameters::maxOutputTokens);
        List<String> stops = stops(json.path("stop"));
        if (!stops.isEmpty()) {
            parameters.stopSequences(stops);
        }
        List<ToolSpecification> tools = tools(json.path("tools"));
        if (!tools.isEmpty()) {
            parameters.toolSpecifications(tools);
            toolChoice(json.path("tool_choice")).ifPresent(parameters::toolChoice);
        }
        format(json.path("response_format")).ifPresent(parameters::responseFormat);
        return parameters.build();
    }

    private static Optional<Double> number(JsonNode json, String name) {
        if (!json.hasNonNull(name)) {
            return Optional.empty();
        }
        if (!json.get(name).isNumber()) {
            throw RefusedRequestException.invalid(name + " must be a number, got " + json.get(name));
        }
        return Optional.of(json.get(name).asDouble());
    }

    private static Optional<Integer> tokens(JsonNode json) {
        String name = json.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        if (!json.hasNonNull(name)) {
            return Optional.empty();
        }
        if (!json.get(name).canConvertToInt() || json.get(name).asInt() < 1) {
            throw RefusedRequestException.invalid(name + " must be at least 1, got " + json.get(name));
        }
        return Optional.of(json.get(name).asInt());
    }

    private static List<String> stops(JsonNode stop) {
        List<String> all = new ArrayList<>();
        if (stop.isTextual()) {
            all.add(stop.asText());
        }
        stop.forEach(one -> all.add(one.asText()));
        return all;
    }

    private static List<ToolSpecification> tools(JsonNode tools) {
        List<ToolSpecification> all = new ArrayList<>();
        for (JsonNode tool : tools) {
            if (!tool.path("type").asText("function").equals("function")
                    || !tool.path("function").isObject()) {
                throw RefusedRequestException.invalid("a tool must be a function, got " + tool);
            }
            try {
                all.add(ToolSpecification.fromJson(tool.get("function").toString()));
            } catch (RuntimeException e) {
                throw RefusedRequestException.invalid("a tool cannot be read: " + e.getMessage());
            }
        }
        return all;
    }

    private static Optional<ToolChoice> toolChoice(JsonNode choice) {
        return switch (choice.asText()) {
            case "" -> {
                if (choice.isObject()) {
                    throw RefusedRequestException.invalid("tool_choice must be auto, required or none, got " + choice);
                }
                yield Optional.empty();
            }
            case "auto" -> Optional.of(ToolChoice.AUTO);
            case "required" -> Optional.of(ToolChoice.REQUIRED);
            case "none" -> Optional.of(ToolChoice.NONE);
            default ->
                throw RefusedRequestException.invalid("tool_choice must be auto, required or none, got " + choice);
        };
    }

    private static Optional<ResponseFormat> format(JsonNode format) {
        return switch (format.path("type").asText("text")) {
            case "text" -> Optional.empty();
            case "json_object" -> Optional.of(ResponseFormat.JSON);
            case "json_schema" -> {
                JsonNode schema = format.path("json_schema");
                yield Optional.of(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(schema.path("name").asText("answer"))
                                .rootElement(
                                        JsonRawSchema.from(schema.path("schema").toString()))
                                .build())
                        .build());
            }
            default ->
                throw RefusedRequestException.invalid(
                        "response_format must be text, json_object or json_schema, got " + format);
        };
    }
}
