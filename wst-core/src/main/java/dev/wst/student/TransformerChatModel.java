package dev.wst.student;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.model.Continuation;
import dev.wst.model.LanguageModel;
import dev.wst.model.PromptTooLongException;
import dev.wst.tensor.KernelChoice;
import dev.wst.tokenizer.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A LangChain4j chat model on this library's engine: a GGUF file or a Hugging Face directory answers in the same JVM, with
 * no server, many requests at once. Calls from several threads take turns.
 *
 * <pre>{@code
 * try (TransformerChatModel model = TransformerChatModel.open(Path.of("SmolLM2.gguf"), Sampling.greedy(64))) {
 *     String text = model.chat("What is 6 times 7?");
 * }
 * }</pre>
 */
public final class TransformerChatModel implements BatchChatModel, AutoCloseable {
    private final LanguageModel model;
    private final Sampling sampling;
    private final Seed seed;

    private TransformerChatModel(LanguageModel model, Sampling sampling, Seed seed) {
        this.model = model;
        this.sampling = sampling;
        this.seed = seed;
    }

    /** Loads a model. Where the sampling is not greedy, equal requests get equal answers: the seed is derived from them. */
    public static TransformerChatModel open(Path path, Sampling sampling) {
        return new TransformerChatModel(LanguageModel.open(path, KernelChoice.best()), sampling, new Seed(0));
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return chatAll(List.of(request)).get(0);
    }

    @Override
    public synchronized List<ChatResponse> chatAll(List<ChatRequest> requests) {
        List<int[]> prompts = new ArrayList<>();
        long[] seeds = new long[requests.size()];
        for (int i = 0; i < seeds.length; i++) {
            List<Message> messages = messages(requests.get(i));
            int[] prompt = model.prompt(messages);
            try {
                model.check(prompt, sampling.maxTokens(), "the request");
            } catch (PromptTooLongException e) {
                throw new InvalidRequestException(e);
            }
            prompts.add(prompt);
            seeds[i] = seed.derive(messages.toString()).value();
        }
        List<Continuation> written = model.generate(prompts, sampling, seeds, false);
        List<ChatResponse> responses = new ArrayList<>();
        for (int i = 0; i < seeds.length; i++) {
            Continuation c = written.get(i);
            responses.add(ChatResponse.builder()
                    .aiMessage(AiMessage.from(c.text()))
                    .tokenUsage(new TokenUsage(prompts.get(i).length, c.tokens().length))
                    .finishReason(c.ended() ? FinishReason.STOP : FinishReason.LENGTH)
                    .build());
        }
        return responses;
    }

    private static List<Message> messages(ChatRequest request) {
        if (request.toolSpecifications() != null
                && !request.toolSpecifications().isEmpty()) {
            throw new UnsupportedFeatureException("this model knows no tools");
        }
        return request.messages().stream().map(TransformerChatModel::message).toList();
    }

    private static Message message(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return new Message("system", system.text());
        }
        if (message instanceof UserMessage user && user.hasSingleText()) {
            return new Message("user", user.singleText());
        }
        if (message instanceof AiMessage ai && ai.text() != null) {
            return new Message("assistant", ai.text());
        }
        throw new UnsupportedFeatureException("this model reads text of system, user and assistant, got " + message);
    }

    @Override
    public synchronized void close() {
        model.close();
    }
}
