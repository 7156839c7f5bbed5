package dev.wst.rewards.preference;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.BudgetSpentException;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Task;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.CallLimits;
import dev.wst.calls.Verdicts;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RemoteRewardTest {
    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private RemoteReward reward(RemoteForm form) {
        return RemoteReward.of(
                HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + server.port() + "/reward"), form);
    }

    private void answer(ResponseDefinitionBuilder response) {
        server.stubFor(post("/reward").willReturn(response));
    }

    private static Attempt attempt(String reply) {
        return Attempt.of(Task.of("t1", "Say \"hi\".", "hi"), Instruction.fixed("i"), Answer.of(reply));
    }

    private void sent(String json) {
        received(postRequestedFor(urlEqualTo("/reward"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson(json)));
    }

    /** The server notes a request after it has answered it, so it may take a moment. */
    private void received(RequestPatternBuilder request) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (server.countRequestsMatching(request.build()).getCount() == 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        server.verify(request);
    }

    @Test
    void openrlhf_is_asked_with_lists_of_one() {
        answer(ok("{\"rewards\": [-1.25], \"scores\": [-1.25], \"extra_logs\": {}}"));
        assertThat(reward(RemoteForm.OPENRLHF).score(attempt("hi")).value()).isEqualTo(-1.25);
        sent("{\"query\": [\"Say \\\"hi\\\".\\n\\nhi\"], \"prompts\": [\"Say \\\"hi\\\".\"], \"labels\": [\"hi\"]}");
    }

    @Test
    void verl_is_asked_as_its_engines_want_it() {
        answer(ok("{\"data\": [{\"probs\": [7.5]}]}"));
        RemoteReward vllm = reward(RemoteForm.VERL_VLLM)
                .withModel("rm-7b")
                .withTemplate((prompt, reply) -> "P:" + prompt + " R:" + reply);
        assertThat(vllm.score(attempt("hi")).value()).isEqualTo(7.5);
        sent("{\"model\": \"rm-7b\", \"input\": \"P:Say \\\"hi\\\". R:hi\", \"use_activation\": false}");
        answer(ok("{\"data\": [{\"embedding\": [1, 2, 3]}]}"));
        assertThat(reward(RemoteForm.VERL_SGLANG).score(attempt("ho")).value()).isEqualTo(3);
        sent("{\"model\": \"reward\", \"input\": \"Say \\\"hi\\\".\\n\\nho\"}");
    }

    @Test
    void headers_are_sent() {
        answer(ok("{\"rewards\": [1]}"));
        reward(RemoteForm.OPENRLHF).withHeader("Authorization", "Bearer x").score(attempt("hi"));
        received(postRequestedFor(urlEqualTo("/reward")).withHeader("Authorization", equalTo("Bearer x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Bad gateway</body></html>",
                "1.5",
                "[1.5]",
                "{\"rewards\": 1.5}",
                "{\"rewards\": []}",
                "{\"rewards\": [1, 2]}",
                "{\"rewards\": [[1]]}",
                "{\"rewards\": [\"1\"]}",
                "{\"rewards\": [null]}",
                "{\"rewards\": [NaN]}",
                "{\"rewards\": [1e999]}",
                "{\"rewards\": {\"0\": 1}}",
                "{\"reward\": [1]}",
            })
    void anything_else_is_no_verdict(String body) {
        answer(ok(body));
        Reward reward = reward(RemoteForm.OPENRLHF).score(attempt("hi"));
        assertThat(reward.isScored()).isFalse();
        assertThat(reward.reason()).startsWith("the reward service gave no ");
    }

    @Test
    void an_error_a_redirect_and_a_broken_connection_are_no_verdict() {
        answer(serverError().withBody("{\"rewards\": [1]}"));
        assertThat(reward(RemoteForm.OPENRLHF).score(attempt("hi")).reason()).contains("status 500");
        answer(aResponse().withStatus(302).withHeader("Location", "/elsewhere"));
        assertThat(reward(RemoteForm.OPENRLHF).score(attempt("hi")).reason()).contains("status 302");
        answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        assertThat(reward(RemoteForm.OPENRLHF).score(attempt("hi")).reason()).contains("cannot be asked");
    }

    @Test
    void a_service_that_is_not_there_is_no_verdict() {
        RemoteReward reward = reward(RemoteForm.OPENRLHF);
        server.stop();
        assertThat(reward.score(attempt("hi")).reason()).contains("cannot be asked");
    }

    @Test
    void a_slow_answer_is_no_verdict_whether_its_head_or_its_body_is_slow() {
        RemoteReward reward = reward(RemoteForm.OPENRLHF).withLimits(new CallLimits(8, Duration.ofMillis(300), 0));
        answer(ok("{\"rewards\": [1]}").withFixedDelay(60_000));
        assertThat(reward.score(attempt("hi")).reason()).contains("did not answer within PT0.3S");
        answer(ok("{\"rewards\": [1]}").withChunkedDribbleDelay(5, 60_000));
        assertThat(reward.score(attempt("ho")).reason()).contains("did not answer within PT0.3S");
    }

    @Test
    void an_endless_answer_is_no_verdict() {
        answer(ok("x".repeat(2 << 20)));
        assertThat(reward(RemoteForm.OPENRLHF).score(attempt("hi")).reason()).contains("more than 1048576 bytes");
    }

    @Test
    void a_batch_keeps_its_order_and_one_failure_costs_no_other() {
        answer(ok("{\"rewards\": [1]}"));
        server.stubFor(post("/reward")
                .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.containing("bad"))
                .willReturn(serverError()));
        List<Attempt> attempts = new ArrayList<>(Collections.nCopies(40, attempt("hi")));
        attempts.set(7, attempt("bad"));
        var rollouts = reward(RemoteForm.OPENRLHF)
                .withLimits(CallLimits.defaults().withConcurrency(2))
                .scoreAll(attempts)
                .toCompletableFuture()
                .join();
        assertThat(rollouts).hasSize(40);
        for (int i = 0; i < 40; i++) {
            assertThat(rollouts.get(i).isScored()).isEqualTo(i != 7);
        }
    }

    @Test
    void mistakes_of_the_caller_are_told_at_once() {
        assertThatThrownBy(() -> RemoteReward.of(
                        HttpClient.newHttpClient(), URI.create("file:/etc/passwd"), RemoteForm.OPENRLHF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file:/etc/passwd");
        assertThatThrownBy(() -> reward(RemoteForm.OPENRLHF)
                        .withLimits(CallLimits.defaults().withTimeout(Duration.ZERO)))
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> reward(RemoteForm.OPENRLHF)
                        .withLimits(CallLimits.defaults().withConcurrency(0)))
                .hasMessageContaining("got 0");
    }

    private int requests() {
        return server.countRequestsMatching(
                        postRequestedFor(urlEqualTo("/reward")).build())
                .getCount();
    }

    @Test
    void a_score_that_is_kept_is_not_asked_for_again(@TempDir Path directory) {
        try (AnswerStore store = AnswerStore.open(directory.resolve("answers.sqlite"))) {
            RemoteReward kept = reward(RemoteForm.OPENRLHF).keptIn(store);
            answer(serverError());
            assertThat(kept.score(attempt("hi")).isScored()).isFalse();
            answer(ok("{\"rewards\": [0.5]}"));
            assertThat(kept.score(attempt("hi"))).isEqualTo(Reward.of(0.5));
            answer(ok("{\"rewards\": [0.75]}"));
            assertThat(kept.score(attempt("hi"))).isEqualTo(Reward.of(0.5));
            assertThat(kept.score(attempt("ho"))).isEqualTo(Reward.of(0.75));
            assertThat(kept.withModel("other").score(attempt("hi"))).isEqualTo(Reward.of(0.75));
        }
    }

    @Test
    void every_request_is_paid() {
        Ledger ledger = Ledger.of(Budget.unlimited().withCalls(2), Journal.none());
        RemoteReward paid = reward(RemoteForm.OPENRLHF).paidFrom(ledger);
        answer(aResponse().withStatus(400));
        assertThat(paid.score(attempt("hi")).isScored()).isFalse();
        assertThat(ledger.spent().cost().tokens()).isZero();
        answer(ok("{\"rewards\": [0.5]}"));
        assertThat(paid.score(attempt("hi")).value()).isEqualTo(0.5);
        // {"query":["Say \"hi\".\n\nhi"],"prompts":["Say \"hi\"."],"labels":["hi"]}
        assertThat(ledger.spent().cost()).isEqualTo(new Cost(2, 73, 1, BigDecimal.ZERO, 0));
        assertThatThrownBy(() -> new Verdicts(paid, Duration.ofMinutes(1)).of(List.of(attempt("hi"))))
                .isInstanceOf(BudgetSpentException.class)
                .hasMessage(
                        "the budget of 2 calls has no room for another call: 2 are spent or reserved, and the call may"
                                + " take 1");
        assertThat(requests()).isEqualTo(2);
    }
}
