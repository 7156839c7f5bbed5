package dev.wst.student;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.InterruptedRunException;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A student that is any LangChain4j chat model.
 *
 * <pre>{@code
 * StudentClient student = LangChain4jStudent.of(chatModel).withPlacement(Placement.BEFORE_QUESTION);
 * }</pre>
 *
 * <p>A failed call is told apart by LangChain4j's exceptions; retries are the chat model's own affair. With several turns
 * the student sees its earlier answers. Sampling is that of the chat model's {@code defaultRequestParameters()}.
 */
public final class LangChain4jStudent implements StudentClient {
    private final ChatModel model;
    private final Placement placement;

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

    @Override
    public Answer answer(Task task, Instruction instruction) {
        return ask(new Advice(Attempt.at(task, 0), instruction));
    }

    @Override
    public CompletionStage<Answer> answerAsync(Advice advice, Executor executor) {
        return CompletableFuture.supplyAsync(() -> ask(advice), executor);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A {@link BatchChatModel} gets the whole batch at once, so that concurrency and time-out are its own affair; of
     * {@link TransformerChatModel} neither applies.
     */
    @Override
    public List<Answer> answerAll(List<Advice> batch, int concurrency, Duration timeout) {
        if (!(model instanceof BatchChatModel together)) {
            return StudentClient.super.answerAll(batch, concurrency, timeout);
        }
        try {
            return together.chatAll(batch.stream().map(this::request).toList()).stream()
                    .map(LangChain4jStudent::answer)
                    .toList();
        } catch (InterruptedRunException e) {
            throw e;
        } catch (RuntimeException e) {
            // One request that cannot be answered must not cost the others their answers.
            return batch.stream().map(this::ask).toList();
        }
    }

    private Answer ask(Advice advice) {
        try {
            return answer(model.chat(request(advice)));
        } catch (InterruptedRunException e) {
            throw e;
        } catch (RuntimeException e) {
            return failure(e);
        }
    }

    private ChatRequest request(Advice advice) {
        List<ChatMessage> messages = new ArrayList<>();
        List<Turn> turns = advice.soFar().turns();
        Instruction first =
                turns.isEmpty() ? advice.instruction() : turns.get(0).instruction();
        messages.addAll(
                first.isEmpty()
                        ? List.of(UserMessage.from(advice.task().prompt()))
                        : placement.messages(first.text(), advice.task().prompt()));
        for (int i = 0; i < turns.size(); i++) {
            messages.add(AiMessage.from(turns.get(i).answer().text()));
            Instruction next = i + 1 < turns.size() ? turns.get(i + 1).instruction() : advice.instruction();
            messages.add(UserMessage.from(next.isEmpty() ? "Try again." : next.text()));
        }
        return ChatRequest.builder().messages(messages).build();
    }

    private static Answer answer(ChatResponse response) {
        String text = response.aiMessage().text();
        if (text == null || text.isBlank()) {
            return Answer.failed(
                    Answer.FailureKind.EMPTY, "the model sent no text (finish reason " + response.finishReason() + ")");
        }
        TokenUsage usage = response.tokenUsage();
        return Answer.of(
                text,
                finish(response.finishReason()),
                count(usage == null ? null : usage.inputTokenCount()),
                count(usage == null ? null : usage.outputTokenCount()));
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
            case CONTENT_FILTER -> Answer.Finish.CONTENT_FILTER;
            default -> Answer.Finish.UNKNOWN;
        };
    }

    private static Answer failure(RuntimeException e) {
        return Answer.failed(kind(e), e.toString());
    }

    private static Answer.FailureKind kind(RuntimeException e) {
        if (e instanceof TimeoutException) {
            return Answer.FailureKind.TIMEOUT;
        }
        if (e instanceof RateLimitException) {
            return Answer.FailureKind.RATE_LIMIT;
        }
        if (e instanceof AuthenticationException) {
            return Answer.FailureKind.AUTHENTICATION;
        }
        return e instanceof InvalidRequestException || e instanceof ModelNotFoundException
                ? Answer.FailureKind.INVALID_REQUEST
                : Answer.FailureKind.ERROR;
    }
}
