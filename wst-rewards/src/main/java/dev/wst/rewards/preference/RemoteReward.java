package dev.wst.rewards.preference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wst.Answer.FailureKind;
import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.WstException;
import dev.wst.answers.AnswerKey;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Ledger;
import dev.wst.budget.Reservation;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallGate;
import dev.wst.calls.CallLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The score that a reward service gives, as it stands: such scores have no bounds and only their differences count.
 *
 * <pre>{@code
 * RewardFunction reward = RemoteReward.of(HttpClient.newHttpClient(), URI.create("http://localhost:5000/get_reward"),
 *         RemoteForm.OPENRLHF);
 * }</pre>
 *
 * <p>Unscored, with the reason, where the service is not there, is slow, answers with another status than 200, with HTML,
 * with more than a megabyte, or with anything that does not hold a finite number in the form's place. It is asked once:
 * retries are the affair of the service's front.
 */
public final class RemoteReward implements RewardFunction {
    private static final CallLimits LIMITS = CallLimits.defaults().withTimeout(Duration.ofMinutes(1));
    private static final int OK = 200;
    private static final int BUSY = 429;
    private static final int SERVER_ERROR = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client;
    private final URI url;
    private final RemoteForm form;
    private final Settings settings;
    private final CallGate gate;

    /** What can be set, each with its default in {@link #of}. */
    private record Settings(
            String model,
            BinaryOperator<String> template,
            Map<String, String> headers,
            CallLimits limits,
            Accounts accounts) {}

    private RemoteReward(HttpClient client, URI url, RemoteForm form, Settings settings) {
        this.client = Objects.requireNonNull(client, "client");
        this.url = url;
        this.form = Objects.requireNonNull(form, "form");
        this.settings = settings;
        this.gate = new CallGate(settings.limits().concurrency());
    }

    /**
     * A service that is given a minute for each answer and eight requests at once, and reads the prompt, a blank line and
     * the reply.
     *
     * @param url http or https, the path included
     */
    public static RemoteReward of(HttpClient client, URI url, RemoteForm form) {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("a reward service is reached by http or https, got " + url);
        }
        BinaryOperator<String> template = (prompt, reply) -> prompt + "\n\n" + reply;
        return new RemoteReward(client, url, form, new Settings("reward", template, Map.of(), LIMITS, Accounts.none()));
    }

    /** The name of the model, for the forms that send one; scores are kept and requests priced under it. "reward" by default. */
    public RemoteReward withModel(String value) {
        return with(
                new Settings(value, settings.template(), settings.headers(), settings.limits(), settings.accounts()));
    }

    /** How prompt and reply become the text that the model reads; reward models want the chat template they learned. */
    public RemoteReward withTemplate(BinaryOperator<String> value) {
        return with(new Settings(
                settings.model(),
                Objects.requireNonNull(value, "template"),
                settings.headers(),
                settings.limits(),
                settings.accounts()));
    }

    /** One more header, such as Authorization. */
    public RemoteReward withHeader(String name, String value) {
        Map<String, String> headers = new TreeMap<>(settings.headers());
        headers.put(name, value);
        return with(
                new Settings(settings.model(), settings.template(), headers, settings.limits(), settings.accounts()));
    }

    /**
     * Requests under way at once, and the time for the whole of an answer, from when its request is sent.
     *
     * @throws IllegalArgumentException if it asks for retries
     */
    public RemoteReward withLimits(CallLimits value) {
        if (value.retries() > 0) {
            throw new IllegalArgumentException(
                    "a reward service is asked once, got " + value.retries() + " retries; its front may try again");
        }
        return with(
                new Settings(settings.model(), settings.template(), settings.headers(), value, settings.accounts()));
    }

    /** With its answers in a store, each before it is read: what was asked before is not asked again. */
    public RemoteReward keptIn(AnswerStore store) {
        return with(settings.accounts().withAnswers(store));
    }

    /**
     * With every request paid from a ledger, as a call that reads the request's body and writes one token at most. Where the
     * budget has no room for one, the reward fails with a {@link dev.wst.BudgetSpentException}.
     */
    public RemoteReward paidFrom(Ledger ledger) {
        return with(settings.accounts().withLedger(ledger));
    }

    /** With answers kept and requests paid for where these accounts say, such as those of a run. */
    public RemoteReward with(Accounts value) {
        return with(new Settings(settings.model(), settings.template(), settings.headers(), settings.limits(), value));
    }

    private RemoteReward with(Settings value) {
        return new RemoteReward(client, url, form, value);
    }

    @Override
    public Reward score(Attempt attempt) {
        return WstException.resultOf(begin(attempt));
    }

    /** All attempts are under way at once, as far as the concurrency allows. */
    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        return RewardFunction.async(this::begin).scoreAll(attempts);
    }

    @Override
    public List<ModelCall> calls(Attempt attempt) {
        return List.of(call(body(attempt)));
    }

    private String body(Attempt attempt) {
        String text = settings.template()
                .apply(attempt.task().prompt(), attempt.answer().text());
        return form.body(settings.model(), text, attempt).toString();
    }

    private ModelCall call(String body) {
        return new ModelCall(
                settings.model(),
                ModelCall.joined(List.of(url.toString(), form.name(), body)),
                (int) Math.min(ModelCall.tokens(body), Integer.MAX_VALUE),
                OptionalInt.of(1));
    }

    private CompletableFuture<Reward> begin(Attempt attempt) {
        String body = body(attempt);
        ModelCall call = call(body);
        AnswerKey key = AnswerKey.of("reward", call, 0);
        return settings.accounts()
                .answers()
                .flatMap(store -> store.find(key))
                .map(known -> CompletableFuture.completedFuture(score(known)))
                .orElseGet(() -> gate.pass(() -> paid(call, request(body)))
                        .handle((response, failure) -> reward(key, response, failure)));
    }

    private CompletableFuture<HttpResponse<String>> paid(ModelCall call, HttpRequest request) {
        Optional<Reservation> reservation = settings.accounts().ledger().map(ledger -> ledger.reserve(call));
        return send(request)
                .whenComplete((response, failure) -> reservation.ifPresent(paid -> settle(paid, response, failure)));
    }

    private static void settle(Reservation paid, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response != null && response.statusCode() == OK) {
            paid.settle(OptionalInt.empty(), OptionalInt.empty());
        } else if (failure != null
                && FailureKind.ofConnection(failure)
                        .filter(FailureKind.UNREACHABLE::equals)
                        .isPresent()) {
            paid.cancel();
        } else {
            paid.failed(response == null || response.statusCode() >= SERVER_ERROR);
        }
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> sent =
                client.sendAsync(request, info -> new LimitedBody(info.statusCode()));
        // The request's own time-out ends with the headers; a body may trickle for ever.
        return sent.copy()
                .orTimeout(settings.limits().timeout().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((response, failure) -> sent.cancel(true));
    }

    private HttpRequest request(String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        settings.headers().forEach(request::setHeader);
        return request.build();
    }

    private Reward reward(AnswerKey key, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null) {
            Throwable cause = WstException.causeOf(Objects.requireNonNull(failure));
            if (cause instanceof WstException fault) {
                // The ledger's, not the service's.
                throw fault;
            }
            return Reward.unavailable(
                    cause instanceof TimeoutException
                            ? "the reward service did not answer within "
                                    + settings.limits().timeout()
                            : "the reward service cannot be asked: " + cause);
        }
        if (response.statusCode() != OK) {
            String status = "the reward service answered with status " + response.statusCode();
            return response.statusCode() == BUSY || response.statusCode() >= SERVER_ERROR
                    ? Reward.unavailable(status)
                    : Reward.unscored(status);
        }
        Reward reward = score(response.body());
        if (reward.isScored()) {
            settings.accounts().answers().ifPresent(store -> store.keep(key, response.body()));
        }
        return reward;
    }

    private Reward score(String body) {
        try {
            JsonNode score = form.score(JSON.readTree(body));
            if (score.isNumber() && Double.isFinite(score.doubleValue())) {
                return Reward.of(score.doubleValue());
            }
            return Reward.unscored("the reward service gave no score: " + head(body));
        } catch (JsonProcessingException e) {
            return Reward.unscored("the reward service gave no JSON: " + head(body));
        }
    }

    private static String head(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= 80 ? line : line.substring(0, 80) + "...";
    }

    @Override
    public String toString() {
        // What stands around host and path may be a key.
        String place = url.getScheme() + "://" + url.getHost() + ":" + url.getPort() + url.getRawPath();
        return "RemoteReward[" + form + " " + settings.model() + " at " + place + ", "
                + RewardFunction.describe(settings.template()) + "]";
    }
}
