package dev.wst.examples.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Streams;
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
                chat(json),
                flag(json, "stream"),
                flag(json.path("stream_options"), "include_usage"));
    }

    private static ChatRequest chat(JsonNode json) {
        try {
            return ChatRequest.builder()
                    .messages(Messages.read(json.path("messages")))
                    .parameters(parameters(json))
                    .build();
        } catch (RefusedRequestException e) {
            throw e;
        } catch (RuntimeException e) {
            // What LangChain4j's messages cannot hold.
            throw RefusedRequestException.invalid("the request cannot be read: " + e.getMessage());
        }
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
        if (json.hasNonNull("n") && !(json.get("n").isInt() && json.get("n").asInt() == 1)) {
            throw RefusedRequestException.invalid("n must be 1, got " + json.get("n"));
        }
        if (flag(json, "logprobs")) {
            throw RefusedRequestException.invalid("logprobs are not offered here");
        }
    }

    /** False where it is not there. */
    private static boolean flag(JsonNode json, String name) {
        if (!json.hasNonNull(name)) {
            return false;
        }
        if (!json.get(name).isBoolean()) {
            throw RefusedRequestException.invalid(name + " must be true or false, got " + json.get(name));
        }
        return json.get(name).asBoolean();
    }

    /** Empty where it is not there. */
    static JsonNode list(JsonNode json, String name) {
        if (json.hasNonNull(name) && !json.get(name).isArray()) {
            throw RefusedRequestException.invalid(name + " must be a list, got " + json.get(name));
        }
        return json.path(name);
    }

    static String text(JsonNode json, String name) {
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
        List<ToolSpecification> tools = tools(list(json, "tools"));
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
        JsonNode most = json.get(name);
        if (!most.isIntegralNumber() || !most.canConvertToInt() || most.asInt() < 1) {
            throw RefusedRequestException.invalid(name + " must be a whole number, at least 1, got " + most);
        }
        return Optional.of(most.asInt());
    }

    private static List<String> stops(JsonNode stop) {
        if (stop.isTextual()) {
            return List.of(stop.asText());
        }
        List<String> all = new ArrayList<>();
        stop.forEach(one -> all.add(one.asText()));
        boolean isLeftOut = stop.isMissingNode() || stop.isNull();
        if (!isLeftOut && !(stop.isArray() && Streams.stream(stop).allMatch(JsonNode::isTextual))) {
            throw RefusedRequestException.invalid("stop must be a text or a list of texts, got " + stop);
        }
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
        if (choice.isMissingNode() || choice.isNull()) {
            return Optional.empty();
        }
        return switch (choice.asText()) {
            case "auto" -> Optional.of(ToolChoice.AUTO);
            case "required" -> Optional.of(ToolChoice.REQUIRED);
            case "none" -> Optional.of(ToolChoice.NONE);
            default ->
                throw RefusedRequestException.invalid("tool_choice must be auto, required or none, got " + choice);
        };
    }

    private static Optional<ResponseFormat> format(JsonNode format) {
        if (format.isMissingNode() || format.isNull()) {
            return Optional.empty();
        }
        return switch (format.path("type").asText()) {
            case "text" -> Optional.empty();
            case "json_object" -> Optional.of(ResponseFormat.JSON);
            case "json_schema" -> {
                JsonNode schema = format.path("json_schema");
                if (!schema.path("schema").isObject()) {
                    throw RefusedRequestException.invalid("response_format json_schema needs a schema, got " + format);
                }
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
