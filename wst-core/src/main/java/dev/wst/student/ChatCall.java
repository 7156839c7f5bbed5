package dev.wst.student;

import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.wst.Answer;
import dev.wst.ModelCall;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a request to a chat model is as a {@link ModelCall}, its response as an {@link Answer}, and its failure as a text: for students,
 * judges, and whoever else keeps answers of chat models or pays for them.
 *
 * <pre>{@code
 * ModelCall call = ChatCall.of(chatModel, request);
 * Answer reply = ChatCall.answer(chatModel.chat(request), "42");
 * }</pre>
 *
 * <p>Its content is the provider, the messages and all parameters that hold: those of the request over the model's
 * {@code defaultRequestParameters()}, the provider's own among them, such as a seed. What is no parameter cannot be seen: two
 * servers at different addresses with a model of one name look the same, so give such models different names.
 */
public final class ChatCall {
    /** For what a chat template writes before the first message. */
    private static final int PREAMBLE_TOKENS = 64;

    private ChatCall() {}

    /**
     * The call that the model makes for a request.
     *
     * <p>The bytes of the messages as JSON bound the input: each token takes one at least, and what a chat template writes
     * around a message is shorter than what JSON does. The output is bounded by {@code maxOutputTokens} or, with OpenAI's
     * models, {@code maxCompletionTokens}.
     */
    public static ModelCall of(ChatModel model, ChatRequest request) {
        ChatRequestParameters parameters = model.defaultRequestParameters().overrideWith(request.parameters());
        String messages = ChatMessageSerializer.messagesToJson(request.messages());
        List<String> content = List.of(
                String.valueOf(model.provider()),
                messages,
                parameters.toString(),
                // In the text of the parameters "a, b" looks like "a" and "b".
                ModelCall.joined(parameters.stopSequences()));
        return new ModelCall(
                Objects.requireNonNullElse(parameters.modelName(), ""),
                ModelCall.joined(content),
                inputTokens(messages, parameters),
                outputTokens(parameters));
    }

    /**
     * What a response says of itself, with the text that was made of it: how it ended, and its tokens where it reports them.
     */
    public static Answer answer(ChatResponse response, String text) {
        TokenUsage usage = response.tokenUsage();
        return Answer.of(
                text,
                finish(response.finishReason()),
                count(usage == null ? null : usage.inputTokenCount()),
                count(usage == null ? null : usage.outputTokenCount()));
    }

    /**
     * What a call threw, as a text that may be kept and shown: what looks like a key of a provider, as in a message that repeats a
     * request, is masked.
     */
    public static String failure(Throwable thrown) {
        return KeyShapes.mask(thrown.toString());
    }

    private static OptionalInt count(@Nullable Integer tokens) {
        return tokens == null ? OptionalInt.empty() : OptionalInt.of(tokens);
    }

    private static Answer.Finish finish(@Nullable FinishReason reason) {
        if (reason == null) {
            return Answer.Finish.UNKNOWN;
        }
        return switch (reason) {
            case STOP -> Answer.Finish.STOP;
            case LENGTH -> Answer.Finish.LENGTH;

            default -> Answer.Finish.UNKNOWN;
        };
    }

    private static int inputTokens(String messages, ChatRequestParameters parameters) {
        long tokens = ModelCall.tokens(messages) + PREAMBLE_TOKENS;
        if (parameters.responseFormat() != null) {
            tokens += ModelCall.tokens(parameters.responseFormat().toString());
        }
        if (!parameters.toolSpecifications().isEmpty()) {
            tokens += ModelCall.tokens(parameters.toolSpecifications().toString());
        }
        return (int) Math.min(tokens, Integer.MAX_VALUE);
    }

    private static OptionalInt outputTokens(ChatRequestParameters parameters) {
        Integer most = parameters.maxOutputTokens();
        return most == null ? completionTokens(parameters) : OptionalInt.of(most);
    }

    /** OpenAI's name for it, by name: the module that has it is none of those that this one needs. */
    private static OptionalInt completionTokens(ChatRequestParameters parameters) {
        try {
            Object most = parameters.getClass().getMethod("maxCompletionTokens").invoke(parameters);
            return most instanceof Integer tokens ? OptionalInt.of(tokens) : OptionalInt.empty();
        } catch (NoSuchMethodException e) {
            return OptionalInt.empty();
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("maxCompletionTokens of " + parameters.getClass() + " cannot be read", e);
        }
    }
}
