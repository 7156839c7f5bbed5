package dev.wst.student;

import com.google.common.base.Throwables;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.InterruptedRunException;
import dev.wst.ModelCall;
import dev.wst.StudentClient;
import dev.wst.WstException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A student that is any LangChain4j chat model.
 *
 * <pre>{@code
 * StudentClient student = LangChain4jStudent.of(chatModel).withPlacement(LangChain4jStudent.Placement.BEFORE_QUESTION);
 * }</pre>
 *
 * <p>A failed call is told apart by LangChain4j's exceptions. What a provider's filter withheld or cut off is a failure too,
 * never an answer to judge. LangChain4j's models try twice more of their own, at times of their own;
 * {@link dev.wst.calls.CallLimits} asks again when the server wants to be asked, where the model was built with
 * {@link RetryAfterHttpClientBuilder}, and belongs to a model with {@code maxRetries(0)}, or tries multiply. After an earlier
 * attempt the student sees what it answered then. Sampling is that of the chat model's {@code defaultRequestParameters()}.
 *
 * <p>No key shall stand in a failure's message. {@link RetryAfterHttpClientBuilder} knows those that it sends. In messages of other
 * clients, keys are known by their looks alone: after "Bearer" or "api-key:", in an address after "key=", or where they begin with
 * "sk-"; a key that looks like nothing of the kind is not seen.
 */
public final class LangChain4jStudent implements StudentClient {
    private static final String BETWEEN = "\n\n";
    private static final int UNAVAILABLE = 503;
    /** Anthropic's. */
    private static final int OVERLOADED = 529;

    private final ChatModel model;
    private final Placement placement;

    /** Where the student finds the instruction. An empty instruction leaves the question alone. */
    public enum Placement {
        /** As the system message. */
        SYSTEM,
        /** In the user's message, before the question. */
        BEFORE_QUESTION,
        /** In the user's message, after the question. */
        AFTER_QUESTION;

        /** What the user's message says: the question, with the instruction where this is its place. */
        public String userText(String instruction, String question) {
            return switch (this) {
                case SYSTEM -> question;
                case BEFORE_QUESTION -> instruction + BETWEEN + question;
                case AFTER_QUESTION -> question + BETWEEN + instruction;
            };
        }

        /** The messages of one turn. */
        List<ChatMessage> messages(String instruction, String question) {
            UserMessage user = UserMessage.from(userText(instruction, question));
            return this == SYSTEM ? List.of(SystemMessage.from(instruction), user) : List.of(user);
        }
    }

    private LangChain4jStudent(ChatModel model, Placement placement) {
        this.model = Objects.requireNonNull(model, "model");
        this.placement = Objects.requireNonNull(placement, "placement");
    }

    /** A student that finds the instruction in the system message. */
    public static LangChain4jStudent of(ChatModel model) {
        return new LangChain4jStudent(model, Placement.SYSTEM);
    }

    /** The same student with the instruction elsewhere. */
    public LangChain4jStudent withPlacement(Placement value) {
        return new LangChain4jStudent(model, value);
    }

    /** {@inheritDoc} It is the {@link ChatCall} of the request. */
    @Override
    public ModelCall call(Advice advice) {
        return ChatCall.of(model, request(advice));
    }

    @Override
    public Answer answer(Advice advice) {
        return reply(model, request(advice));
    }

    /** The model's response to a request, or what kept it from coming. */
    static Answer reply(ChatModel model, ChatRequest request) {
        try {
            return answer(model.chat(request));
        } catch (InterruptedRunException e) {
            throw e;
        } catch (RuntimeException e) {
            return failure(e);
        }
    }

    /** {@inheritDoc} A {@link TransformerChatModel} has such a way. */
    @Override
    public Optional<List<Answer>> answerTogether(List<Advice> batch) {
        return replies(model, batch, this::request);
    }

    /** The same for many in one go; empty where the model has no such way. */
    static Optional<List<Answer>> replies(ChatModel model, List<Advice> batch, Function<Advice, ChatRequest> request) {
        if (!(model instanceof BatchChatModel together)) {
            return Optional.empty();
        }
        List<CompletableFuture<ChatResponse>> outcomes;
        try {
            outcomes = together.chatAll(
                    batch.stream().map(request).toList(),
                    batch.stream()
                            .mapToInt(advice -> advice.situation().sample())
                            .toArray());
        } catch (InterruptedRunException e) {
            throw e;
        } catch (RuntimeException e) {
            // Asking each alone might pay for answers that were paid for already.
            return Optional.of(batch.stream().map(advice -> failure(e)).toList());
        }
        if (outcomes.size() != batch.size()) {
            throw new WstException("the chat model gave " + outcomes.size() + " outcomes for " + batch.size()
                    + " requests; chatAll must give one for each, in order");
        }
        return Optional.of(outcomes.stream().map(LangChain4jStudent::outcome).toList());
    }

    private static Answer outcome(CompletableFuture<ChatResponse> response) {
        try {
            return answer(response.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for the student");
        } catch (ExecutionException e) {
            return failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private ChatRequest request(Advice advice) {
        List<ChatMessage> messages = new ArrayList<>();
        List<Attempt> earlier = advice.situation().earlier();
        Instruction first =
                earlier.isEmpty() ? advice.instruction() : earlier.get(0).instruction();
        messages.addAll(
                first.isEmpty()
                        ? List.of(UserMessage.from(advice.task().prompt()))
                        : placement.messages(first.text(), advice.task().prompt()));
        for (int i = 0; i < earlier.size(); i++) {
            messages.add(AiMessage.from(earlier.get(i).answer().text()));
            Instruction next = i + 1 < earlier.size() ? earlier.get(i + 1).instruction() : advice.instruction();
            messages.add(UserMessage.from(next.isEmpty() ? "Try again." : next.text()));
        }
        return ChatRequest.builder().messages(messages).build();
    }

    private static Answer answer(@Nullable ChatResponse response) {
        if (response == null || response.aiMessage() == null) {
            return Answer.failed(Answer.FailureKind.EMPTY, "the chat model returned null");
        }
        String text = response.aiMessage().text();
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            return Answer.failed(
                    Answer.FailureKind.CONTENT_FILTER, "the provider's filter withheld the answer or cut it off");
        }
        if (text == null || text.isBlank()) {
            if (response.aiMessage().hasToolExecutionRequests()) {
                return Answer.failed(
                        Answer.FailureKind.EMPTY,
                        "the model called tools ("
                                + response.aiMessage().toolExecutionRequests().stream()
                                        .map(ToolExecutionRequest::name)
                                        .collect(Collectors.joining(", "))
                                + ") instead of answering; give a student's chat model no tools");
            }
            return Answer.failed(
                    Answer.FailureKind.EMPTY, "the model sent no text (finish reason " + response.finishReason() + ")");
        }
        return ChatCall.answer(response, text);
    }

    private static Answer failure(Throwable e) {
        return Answer.failed(kind(e), ChatCall.failure(e), askedFor(e));
    }

    /** When the server said to come again. */
    private static Optional<Duration> askedFor(Throwable failure) {
        return Throwables.getCausalChain(failure).stream()
                .filter(RetryLaterException.class::isInstance)
                .map(e -> ((RetryLaterException) e).pause())
                .findFirst();
    }

    private static Answer.FailureKind kind(Throwable e) {
        if (e instanceof ContentFilteredException) {
            return Answer.FailureKind.CONTENT_FILTER;
        }
        Optional<Answer.FailureKind> connection = Answer.FailureKind.ofConnection(e);
        if (connection.isPresent()) {
            return connection.get();
        }
        if (e instanceof TimeoutException) {
            return Answer.FailureKind.TIMEOUT;
        }
        if (e instanceof RateLimitException) {
            return Answer.FailureKind.RATE_LIMIT;
        }
        if (isOverloaded(e)) {
            return Answer.FailureKind.OVERLOADED;
        }
        if (e instanceof AuthenticationException) {
            return Answer.FailureKind.AUTHENTICATION;
        }
        if (e instanceof ModelNotFoundException) {
            return Answer.FailureKind.NOT_FOUND;
        }
        return e instanceof InvalidRequestException ? Answer.FailureKind.INVALID_REQUEST : Answer.FailureKind.ERROR;
    }

    /** LangChain4j makes one exception of all 5xx; the status is in what caused it. */
    private static boolean isOverloaded(Throwable e) {
        return Throwables.getCausalChain(e).stream()
                .anyMatch(one -> one instanceof HttpException http
                        && (http.statusCode() == UNAVAILABLE || http.statusCode() == OVERLOADED));
    }
}
