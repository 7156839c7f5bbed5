package dev.wst.rewards.judge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.wst.Seed;
import dev.wst.WstException;
import dev.wst.calls.AskedOnce;
import dev.wst.calls.CallGate;
import dev.wst.rewards.Pending;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A chat model as a judge: asked in one exact form, by JSON schema where it supports that, again where its reply is no
 * verdict, and never twice about the same thing.
 *
 * <pre>{@code
 * Judge judge = Judge.of(chatModel, "gpt-4o-2024-08-06", executor).with(JudgeOptions.defaults().withVotes(3, 2));
 * RewardFunction reward = RubricReward.of(judge, Rubric.of("The answer is correct and polite."));
 * }</pre>
 *
 * <p>The model's own settings (temperature, limit of tokens) stay as they are: choose temperature 0 for one vote, more for
 * several. It must be safe for use by several threads. Build it without retries of its own, or the tries multiply.
 *
 * <p>The judged texts cannot pose as instructions by form: each stands in a fence whose word is drawn per call and which
 * it does not contain, thinking parts and invisible characters are taken out, and a verdict counts only with that word or
 * as the whole reply under a schema. Whether the model is talked over by content is measured by {@link JudgeCanaries}.
 */
public final class Judge {
    private static final int MOST_DOUBLINGS = 6;

    private final ChatModel model;
    private final String name;
    private final Executor executor;
    private final JudgeOptions options;
    private final CallGate calls;
    private final AskedOnce<Question, Ruling> verdicts;

    /** What a verdict is kept under: equal briefs of one model, for each vote its own. */
    private record Question(String model, Brief brief, int vote) {}

    private Judge(ChatModel model, String name, Executor executor, JudgeOptions options) {
        this.model = Objects.requireNonNull(model, "model");
        this.name = name;
        this.executor = Objects.requireNonNull(executor, "executor");
        this.options = options;
        this.calls = new CallGate(options.limits().concurrency());
        Cache<Question, CompletableFuture<Ruling>> cache = Caffeine.newBuilder()
                .maximumSize(options.cacheSize())
                .executor(Runnable::run)
                .build();
        this.verdicts = new AskedOnce<>(cache.asMap(), Ruling::came);
    }

    /**
     * A judge with default options.
     *
     * @param name of the model, version included: verdicts are kept and reported under it
     * @param executor runs the calls, which block while the model answers; {@link RubricReward#score score} waits for it,
     *     so do not call that on its threads
     */
    public static Judge of(ChatModel model, String name, Executor executor) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a judge needs the name of its model");
        }
        return new Judge(model, name, executor, JudgeOptions.defaults());
    }

    /** The same judge with other options and an empty cache. */
    public Judge with(JudgeOptions value) {
        return new Judge(model, name, executor, value);
    }

    public String name() {
        return name;
    }

    public JudgeOptions options() {
        return options;
    }

    /** One ruling for each vote. */
    CompletableFuture<List<Ruling>> rule(Brief brief) {
        return Pending.all(IntStream.range(0, options.votes())
                .mapToObj(vote -> cached(brief, vote))
                .toList());
    }

    private CompletableFuture<Ruling> cached(Brief brief, int vote) {
        Question question = new Question(name, brief, vote);
        return verdicts.one(question, () -> attempt(question, 0));
    }

    private CompletableFuture<Ruling> attempt(Question question, int tried) {
        Seed seed =
                new Seed(options.seed()).derive(name).derive(question.vote()).derive(tried);
        Fence fence = Fence.around(question.brief().exhibits(), seed);
        return calls.pass(() -> CompletableFuture.supplyAsync(() -> ask(question.brief(), fence), executor)
                        .orTimeout(options.limits().timeout().toNanos(), TimeUnit.NANOSECONDS))
                .handle(Judge::settled)
                .thenCompose(reply -> reply.ruling().came()
                                || reply.isFinal()
                                || tried == options.limits().retries()
                        ? CompletableFuture.completedFuture(reply.ruling())
                        : again(question, tried, reply.isFailure()));
    }

    private CompletableFuture<Ruling> again(Question question, int tried, boolean isFailure) {
        if (!isFailure) {
            return attempt(question, tried + 1);
        }
        long delay = options.retryDelay().toNanos() << Math.min(tried, MOST_DOUBLINGS);
        return CompletableFuture.supplyAsync(
                        () -> tried + 1, CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS))
                .thenCompose(next -> attempt(question, next));
    }

    private Ruling ask(Brief brief, Fence fence) {
        boolean schema = model.supportedCapabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        ChatRequest request = brief.request(fence, schema);
        ChatResponse response = model.chat(request);
        String text = response.aiMessage().text();
        if (text == null || text.isBlank()) {
            return Ruling.none("the judge sent no text (finish reason " + response.finishReason() + ")");
        }
        String reply = VisibleText.withoutThinking(text);
        return schema ? brief.form().readSchema(reply) : brief.form().readLine(reply, fence);
    }

    /**
     * A ruling, if there was one.
     *
     * @param isFailure whether the call failed rather than the reply
     * @param isFinal whether asking again is of no use
     */
    private record Reply(Ruling ruling, boolean isFailure, boolean isFinal) {}

    private static Reply settled(@Nullable Ruling ruling, @Nullable Throwable failure) {
        if (ruling != null) {
            return new Reply(ruling, false, false);
        }
        Throwable cause = WstException.causeOf(Objects.requireNonNull(failure));
        if (cause instanceof Error error) {
            throw error;
        }
        String reason =
                cause instanceof TimeoutException ? "the judge did not answer in time" : "the judge failed: " + cause;
        boolean isFinal = cause instanceof NonRetriableException;
        return new Reply(isFinal ? Ruling.none(reason) : Ruling.unavailable(reason), true, isFinal);
    }
}
