package dev.wst.examples.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages of a request, as LangChain4j has them. */
final class Messages {
    private static final Pattern DATA = Pattern.compile("data:([^;,]+);base64,(.*)", Pattern.DOTALL);

    private Messages() {}

    static List<ChatMessage> read(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw RefusedRequestException.invalid("messages must be a list with one message at least");
        }
        List<ChatMessage> all = new ArrayList<>();
        messages.forEach(message -> all.add(message(message)));
        return all;
    }

    private static ChatMessage message(JsonNode json) {
        JsonNode content = json.path("content");
        return switch (json.path("role").asText()) {
            case "system", "developer" -> SystemMessage.from(text(content));
            case "user" -> user(json, content);
            case "assistant" -> assistant(json, content);
            case "tool" ->
                ToolExecutionResultMessage.from(
                        json.path("tool_call_id").asText(), json.path("name").asText(), text(content));
            default ->
                throw RefusedRequestException.invalid(
                        "the role of a message must be system, developer, user, assistant or tool, got "
                                + json.path("role"));
        };
    }

    private static UserMessage user(JsonNode json, JsonNode content) {
        UserMessage.Builder message = UserMessage.builder();
        if (json.hasNonNull("name")) {
            message.name(json.get("name").asText());
        }
        List<Content> contents = new ArrayList<>();
        if (content.isTextual()) {
            contents.add(TextContent.from(content.asText()));
        } else {
            content.forEach(part -> contents.add(part(part)));
        }
        if (contents.stream()
                .allMatch(
                        part -> part instanceof TextContent text && text.text().isBlank())) {
            throw RefusedRequestException.invalid("a user's message has no content");
        }
        return message.contents(contents).build();
    }

    private static Content part(JsonNode part) {
        return switch (part.path("type").asText()) {
            case "text" -> TextContent.from(CompletionRequest.text(part, "text"));
            case "image_url" -> image(part.path("image_url"));
            default ->
                throw RefusedRequestException.invalid(
                        "a part of a message must be text or image_url, got " + part.path("type"));
        };
    }

    private static ImageContent image(JsonNode image) {
        String url = image.path("url").asText();
        ImageContent.DetailLevel detail = detail(image.path("detail").asText("auto"));
        Matcher data = DATA.matcher(url);
        return data.matches()
                ? ImageContent.from(data.group(2), data.group(1), detail)
                : ImageContent.from(url, detail);
    }

    private static ImageContent.DetailLevel detail(String name) {
        return switch (name) {
            case "low" -> ImageContent.DetailLevel.LOW;
            case "high" -> ImageContent.DetailLevel.HIGH;
            default -> ImageContent.DetailLevel.AUTO;
        };
    }

    private static AiMessage assistant(JsonNode json, JsonNode content) {
        List<ToolExecutionRequest> calls = new ArrayList<>();
        CompletionRequest.list(json, "tool_calls")
                .forEach(call -> calls.add(ToolExecutionRequest.builder()
                        .id(call.path("id").asText())
                        .name(call.path("function").path("name").asText())
                        .arguments(call.path("function").path("arguments").asText())
                        .build()));
        AiMessage.Builder message = AiMessage.builder().toolExecutionRequests(calls);
        if (!content.isMissingNode() && !content.isNull()) {
            message.text(text(content));
        }
        return message.build();
    }

    /** A text, or parts that are texts. */
    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asText().equals("text")) {
                throw RefusedRequestException.invalid("this message may hold texts only, got " + part.path("type"));
            }
            all.append(part.path("text").asText());
        }
        if (!content.isArray()) {
            throw RefusedRequestException.invalid("the content of a message must be a text or parts, got " + content);
        }
        return all.toString();
    }
}
