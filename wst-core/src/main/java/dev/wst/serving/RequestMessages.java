package dev.wst.serving;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.wst.student.LangChain4jStudent.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The question in a request, and a place for an instruction: that where the student found it in training. */
final class RequestMessages {
    private static final String BETWEEN = "\n\n";

    private RequestMessages() {}

    /** The text of the last message if a user wrote it; empty for images alone, a tool's result or the student's own words. */
    static Optional<String> question(ChatRequest request) {
        return request.messages().get(request.messages().size() - 1) instanceof UserMessage user
                        && user.contents().stream().anyMatch(TextContent.class::isInstance)
                ? Optional.of(user.contents().stream()
                        .filter(TextContent.class::isInstance)
                        .map(content -> ((TextContent) content).text())
                        .collect(Collectors.joining("\n")))
                : Optional.empty();
    }

    /** The same request with a text more; it has a {@link #question}. */
    static ChatRequest with(ChatRequest request, Placement placement, String text) {
        List<ChatMessage> messages = new ArrayList<>(request.messages());
        switch (placement) {
            case SYSTEM -> addToSystem(messages, text);
            case BEFORE_QUESTION ->
                replace(messages, firstText(messages), question -> placement.userText(text, question));
            case AFTER_QUESTION ->
                replace(messages, lastText(messages), question -> placement.userText(text, question));
        }
        return request.toBuilder().messages(messages).build();
    }

    /** Many providers take one system message and no more. */
    private static void addToSystem(List<ChatMessage> messages, String text) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof SystemMessage system) {
                messages.set(i, SystemMessage.from(system.text() + BETWEEN + text));
                return;
            }
        }
        messages.add(0, SystemMessage.from(text));
    }

    private static List<Content> contents(List<ChatMessage> messages) {
        return ((UserMessage) messages.get(messages.size() - 1)).contents();
    }

    private static int firstText(List<ChatMessage> messages) {
        List<Content> contents = contents(messages);
        int first = 0;
        while (!(contents.get(first) instanceof TextContent)) {
            first++;
        }
        return first;
    }

    private static int lastText(List<ChatMessage> messages) {
        List<Content> contents = contents(messages);
        int last = contents.size() - 1;
        while (!(contents.get(last) instanceof TextContent)) {
            last--;
        }
        return last;
    }

    private static void replace(List<ChatMessage> messages, int place, UnaryOperator<String> change) {
        List<Content> contents = new ArrayList<>(contents(messages));
        String question = ((TextContent) contents.get(place)).text();
        contents.set(place, TextContent.from(change.apply(question)));
        UserMessage user = (UserMessage) messages.get(messages.size() - 1);
        messages.set(messages.size() - 1, user.toBuilder().contents(contents).build());
    }
}
