package dev.wst.student;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.wst.ClosedException;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.engine.model.Continuation;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.model.PromptTooLongException;
import dev.wst.engine.tokenizer.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A LangChain4j chat model on this library's engine: a GGUF file or a Hugging Face directory answers in the same JVM, with
 * no server, many requests at once. Calls from several threads take turns; after {@link #close} they are a
 * {@link dev.wst.ClosedException}.
 *
 * <pre>{@code
 * try (TransformerChatModel chatModel = TransformerChatModel.open(Path.of("SmolLM2.gguf"), Sampling.greedy(64))) {
 *     String text = chatModel.chat("What is 6 times 7?");
 * }
 * }</pre>
 *
 * <p>A request's temperature, topP, topK, maxOutputTokens and stopSequences override the sampling that the model was opened
 * with. Tools, a JSON response format, penalties and the name of another model are refused with
 * {@link UnsupportedFeatureException}; values out of range and prompts longer than the context with
 * {@link InvalidRequestException}. Where the sampling is not greedy, the seed of an answer is derived from the request's
 * messages, so equal requests get equal answers, but for those that a student asks for as several answers to one instruction.
 *
 * <p>There is no time-out: an answer ends at its maxOutputTokens at the latest, and one that ended when a clock says so would
 * depend on the machine. Interrupting the thread ends a call between two tokens, with
 * {@link dev.wst.InterruptedRunException}.
 */
public final class TransformerChatModel implements BatchChatModel, AutoCloseable {
    private final LanguageModel model;
    private final RequestSampling sampling;
    private final List<ChatModelListener> listeners;
    private final Seed seed = new Seed(0);

    private TransformerChatModel(LanguageModel model, RequestSampling sampling, List<ChatModelListener> listeners) {
        this.model = model;
        this.sampling = sampling;
        this.listeners = listeners;
    }

    /**
     * Loads a model.
     *
     * @param sampling of requests that do not say otherwise
     */
    public static TransformerChatModel open(Path path, Sampling sampling) {
        return open(path, sampling, List.of());
    }

    /**
     * Loads a model.
     *
     * @param sampling of requests that do not say otherwise
     * @param listeners told of every call of {@code chat}; not of the requests of {@link #chatAll}
     */
    public static TransformerChatModel open(Path path, Sampling sampling, List<ChatModelListener> listeners) {
        return builder(path, sampling).listeners(listeners).build();
    }

    /** Says more about how a model reads its messages. */
    public static Builder builder(Path path, Sampling sampling) {
        return new Builder(path, sampling);
    }

    private static TransformerChatModel open(
            Path path,
            Sampling sampling,
            List<ChatModelListener> listeners,
            boolean controlTokensInText,
            Optional<Precision> precision) {
        LanguageModel model = LanguageModel.open(path, KernelChoice.best(precision), true, controlTokensInText);
        Path name = path.toAbsolutePath().normalize().getFileName();
        return new TransformerChatModel(
                model, new RequestSampling(String.valueOf(name), sampling), List.copyOf(listeners));
    }

    /** The sampling that the model was opened with; the model's name is that of its file or directory. */
    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return sampling.parameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return model.exclusively(() -> {
            Asked asked = asked(0, request, 0);
            ChatResponse[] response = new ChatResponse[1];
            answer(List.of(asked), asked.sampling, response);
            return response[0];
        });
    }

    /**
     * Answers many requests. One that fails costs the others nothing: each has an outcome of its own, so that no answer that
     * came is asked for again.
     *
     * <p>A request that asks for what this model cannot do ends in an {@link UnsupportedFeatureException}, one that is too
     * long or has a parameter out of range in an {@link InvalidRequestException}.
     *
     * @return for each request, in order, its response or what kept it from coming
     * @throws dev.wst.InterruptedRunException if the thread is interrupted
     * @throws dev.wst.ClosedException if the model is closed
     */
    @Override
    public List<CompletableFuture<ChatResponse>> chatAll(List<ChatRequest> requests) {
        return chatAll(requests, new int[requests.size()]);
    }

    /**
     * The same where equal requests may come several times, as where a student answers an instruction more than once.
     *
     * @param samples of each request, which of several answers to it is wanted; 0 is that of {@link #chatAll(List)}. Where the sampling is
     *     not greedy, each is drawn anew
     */
    @Override
    public List<CompletableFuture<ChatResponse>> chatAll(List<ChatRequest> requests, int[] samples) {
        if (samples.length != requests.size()) {
            throw new IllegalArgumentException("to answer " + requests.size()
                    + " requests takes as many numbers of samples, got " + samples.length);
        }
        return model.exclusively(() -> answered(requests, samples));
    }

    private List<CompletableFuture<ChatResponse>> answered(List<ChatRequest> requests, int[] samples) {
        Map<Sampling, List<Asked>> alike = new LinkedHashMap<>();
        List<CompletableFuture<ChatResponse>> outcomes = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            outcomes.add(new CompletableFuture<>());
            try {
                Asked asked = asked(i, requests.get(i), samples[i]);
                alike.computeIfAbsent(asked.sampling, key -> new ArrayList<>()).add(asked);
            } catch (ClosedException e) {
                throw e;
            } catch (RuntimeException e) {
                outcomes.get(i).completeExceptionally(e);
            }
        }
        ChatResponse[] responses = new ChatResponse[requests.size()];
        alike.forEach((how, group) -> answer(group, how, responses));
        for (List<Asked> group : alike.values()) {
            group.forEach(asked -> outcomes.get(asked.place).complete(responses[asked.place]));
        }
        return outcomes;
    }

    /** A request made ready: its place in the batch, how to sample, and the seed of its answer. */
    private record Asked(int place, int[] prompt, Sampling sampling, long seed) {}

    private Asked asked(int place, ChatRequest request, int sample) {
        Sampling how = sampling.of(request.parameters());
        List<Message> messages =
                request.messages().stream().map(TransformerChatModel::message).toList();
        int[] prompt = model.prompt(messages);
        try {
            model.check(prompt, how.maxTokens(), "the request");
        } catch (PromptTooLongException e) {
            throw new InvalidRequestException(e);
        }
        Seed own = seed.derive(messages.toString());
        return new Asked(place, prompt, how, (sample == 0 ? own : own.derive(sample)).value());
    }

    private void answer(List<Asked> group, Sampling how, ChatResponse[] responses) {
        List<int[]> prompts = group.stream().map(Asked::prompt).toList();
        long[] seeds = group.stream().mapToLong(Asked::seed).toArray();
        List<Continuation> written = model.generate(prompts, how, seeds, false);
        for (int i = 0; i < group.size(); i++) {
            responses[group.get(i).place] = response(prompts.get(i).length, written.get(i));
        }
    }

    private ChatResponse response(int promptTokens, Continuation written) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(written.text()))
                .modelName(sampling.modelName())
                .tokenUsage(new TokenUsage(promptTokens, written.tokens().length))
                .finishReason(written.ended() ? FinishReason.STOP : FinishReason.LENGTH)
                .build();
    }

    private static Message message(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return new Message("system", system.text());
        }
        if (message instanceof UserMessage user && user.hasSingleText()) {
            return new Message("user", user.singleText());
        }
        if (message instanceof AiMessage ai && ai.text() != null && !ai.hasToolExecutionRequests()) {
            return new Message("assistant", ai.text());
        }
        throw new UnsupportedFeatureException("this model reads text of system, user and assistant, got " + message);
    }

    /** Frees the model once the call under way has ended; does nothing a second time. */
    @Override
    public void close() {
        model.close();
    }

    /**
     * Builds a {@link TransformerChatModel}; made by {@link TransformerChatModel#builder}.
     *
     * <pre>{@code
     * TransformerChatModel local = TransformerChatModel.builder(Path.of("SmolLM2.gguf"), Sampling.greedy(64))
     *         .listeners(listeners)
     *         .build();
     * }</pre>
     */
    public static final class Builder {
        private final Path path;
        private final Sampling sampling;
        private List<ChatModelListener> listeners = List.of();
        private boolean controlTokensInText;
        private Optional<Precision> precision = Optional.empty();

        private Builder(Path path, Sampling sampling) {
            this.path = Objects.requireNonNull(path, "path");
            this.sampling = Objects.requireNonNull(sampling, "sampling");
        }

        /** Told of every call of {@code chat}, not of the requests of {@link TransformerChatModel#chatAll}; none unless given. */
        public Builder listeners(List<ChatModelListener> value) {
            listeners = List.copyOf(value);
            return this;
        }

        /**
         * Lets the names of control tokens, such as {@code <|im_end|>}, in a request's messages become those tokens. Whoever
         * writes a question can then end the turn and speak as the system; without this they are text, and the chat template
         * alone says who speaks.
         */
        public Builder controlTokensInText() {
            controlTokensInText = true;
            return this;
        }

        /**
         * What the weights are kept and multiplied in; unless given, BF16 where this processor has instructions for it, FP32
         * elsewhere. {@link Precision#INT8} answers a few requests at once still faster, and less accurately.
         */
        public Builder precision(Precision value) {
            precision = Optional.of(value);
            return this;
        }

        /** Loads the model. */
        public TransformerChatModel build() {
            return open(path, sampling, listeners, controlTokensInText, precision);
        }
    }
}
