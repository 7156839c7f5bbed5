package dev.wst.rewards.judge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.model.chat.ChatModel;
import dev.wst.Answer;
import dev.wst.ModelCall;
import dev.wst.Seed;
import dev.wst.WstException;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.AskedOnce;
import dev.wst.calls.CallGate;
import dev.wst.rewards.Pending;
import dev.wst.student.ChatCall;
import java.util.Collections;
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
 * Judge judge = Judge.of(chatModel, "gpt-4o-2024-08-06", executor)
 *         .with(JudgeOptions.defaults().withVotes(3, 2))
 *         .keptIn(store).paidFrom(ledger);               // both optional
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

    private final JudgeModel model;
    private final Executor executor;
    private final JudgeOptions options;
    private final CallGate calls;
    private final AskedOnce<Question, Ruling> verdicts;

    /** What a verdict is remembered under: for each vote its own. */
    private record Question(Brief brief, int vote) {}

    private Judge(JudgeModel model, Executor executor, JudgeOptions options) {
        this.model = model;
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
        Objects.requireNonNull(model, "model");
        return new Judge(new JudgeModel(model, name, Accounts.none()), executor, JudgeOptions.defaults());
    }

    /** The same judge with other options and an empty cache. */
    public Judge with(JudgeOptions value) {
        return new Judge(model, executor, value);
    }

    /**
     * The same judge with its replies in a store, each before it is read: what was asked before, in this run or another, is not
     * asked again. Where the model has no name of its own, the judge's stands for it.
     */
    public Judge keptIn(AnswerStore store) {
        return new Judge(model.with(model.accounts().withAnswers(store)), executor, options);
    }

    /**
     * The same judge with every call paid from a ledger, tries included. Where the budget has no room for a call, the reward
     * fails with a {@link dev.wst.BudgetSpentException}.
     */
    public Judge paidFrom(Ledger ledger) {
        return new Judge(model.with(model.accounts().withLedger(ledger)), executor, options);
    }

    /**
     * The same judge with replies kept and calls paid for where these accounts say, such as those of a run:
     * {@link #keptIn} and {@link #paidFrom} in one.
     */
    public Judge with(Accounts value) {
        return new Judge(model.with(value), executor, options);
    }

    public String name() {
        return model.name();
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

    /** The calls for one ruling on each vote. */
    List<ModelCall> calls(Brief brief) {
        Fence fence = Fence.around(brief.exhibits(), new Seed(options.seed()));
        return Collections.nCopies(options.votes(), model.call(brief.request(fence, model.takesSchema())));
    }

    private CompletableFuture<Ruling> cached(Brief brief, int vote) {
        Question question = new Question(brief, vote);
        return verdicts.one(question, () -> attempt(question, 0, 0));
    }

    /**
     * One try.
     *
     * @param read replies that were no verdict; each draws another fence, so that the model is asked something else
     * @param failed calls that failed; the same is asked again, so that a bad network leaves no trace in the verdicts
     */
    private CompletableFuture<Ruling> attempt(Question question, int read, int failed) {
        Seed seed =
                new Seed(options.seed()).derive(name()).derive(question.vote()).derive(read);
        Fence fence = Fence.around(question.brief().exhibits(), seed);
        return calls.pass(() -> CompletableFuture.supplyAsync(
                                () -> ask(question.brief(), fence, question.vote()), executor)
                        .orTimeout(options.limits().timeout().toNanos(), TimeUnit.NANOSECONDS))
                .handle(Judge::settled)
                .thenCompose(reply -> next(question, read, failed, reply));
    }

    private CompletableFuture<Ruling> next(Question question, int read, int failed, Reply reply) {
        int tried = reply.isFailure() ? failed : read;
        if (reply.ruling().came()
                || reply.isFinal()
                || tried == options.limits().retries()) {
            return CompletableFuture.completedFuture(reply.ruling());
        }
        if (!reply.isFailure()) {
            return attempt(question, read + 1, failed);
        }
        long delay = options.retryDelay().toNanos() << Math.min(failed, MOST_DOUBLINGS);
        return CompletableFuture.supplyAsync(
                        () -> failed + 1, CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS))
                .thenCompose(more -> attempt(question, read, more));
    }

    private Reply ask(Brief brief, Fence fence, int vote) {
        boolean schema = model.takesSchema();
        Answer reply;
        try {
            reply = model.reply(brief.request(fence, schema), vote);
        } catch (JudgeModel.Failure e) {
            return Reply.failed(e.getCause());
        }
        if (reply.text().isBlank()) {
            return Reply.of(Ruling.none("the judge sent no text (it ended by " + reply.finish() + ")"));
        }
        String text = VisibleText.withoutThinking(reply.text());
        return Reply.of(schema ? brief.form().readSchema(text) : brief.form().readLine(text, fence));
    }

    /**
     * A ruling, if there was one.
     *
     * @param isFailure whether the call failed rather than the reply
     * @param isFinal whether asking again is of no use
     */
    private record Reply(Ruling ruling, boolean isFailure, boolean isFinal) {
        static Reply of(Ruling ruling) {
            return new Reply(ruling, false, false);
        }

        static Reply failed(@Nullable Throwable cause) {
            String reason = cause instanceof TimeoutException
                    ? "the judge did not answer in time"
                    : "the judge failed: " + (cause == null ? "without a reason" : ChatCall.failure(cause));
            boolean isFinal = cause instanceof NonRetriableException;
            return new Reply(isFinal ? Ruling.none(reason) : Ruling.unavailable(reason), true, isFinal);
        }
    }

    private static Reply settled(@Nullable Reply reply, @Nullable Throwable failure) {
        if (reply != null) {
            return reply;
        }
        Throwable cause = WstException.causeOf(Objects.requireNonNull(failure));
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof WstException fault) {
            // The store's or the ledger's: what the model throws has become a reply.
            throw fault;
        }
        return Reply.failed(cause);
    }

    @Override
    public String toString() {
        return "Judge[" + model.described() + ", " + options.votes() + " votes, at least " + options.minimumVotes()
                + ", " + options.tally() + ", seed " + options.seed() + "]";
    }
}
