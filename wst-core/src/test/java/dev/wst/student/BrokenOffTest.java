package dev.wst.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Answer.FailureKind;
import dev.wst.Instruction;
import dev.wst.Task;
import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.student.BreakingServer.Break;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that dies while it answers. */
@Timeout(60)
class BrokenOffTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final Ledger ledger = Ledger.of(Budget.unlimited(), Journal.none());

    static Stream<Arguments> breaksAndClients() {
        return Stream.of(Break.values())
                .flatMap(one -> Stream.of(
                        Arguments.of(one, new RetryAfterHttpClientBuilder()),
                        Arguments.of(one, new JdkHttpClientBuilder())));
    }

    private static LangChain4jStudent student(BreakingServer server, HttpClientBuilder client) {
        return LangChain4jStudent.of(OpenAiChatModel.builder()
                .baseUrl(server.url())
                .apiKey("none")
                .modelName("small")
                .maxRetries(0)
                .httpClientBuilder(client)
                .timeout(Duration.ofSeconds(20))
                .build());
    }

    private static List<Advice> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Advice.of(Task.of("t" + i, "Question " + i), Instruction.fixed("Multiply.")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("breaksAndClients")
    void an_answer_that_did_not_come_whole_is_a_failure_of_its_connection(Break how, HttpClientBuilder client)
            throws IOException {
        try (BreakingServer server = new BreakingServer(request -> Optional.of(how))) {
            Answer.Failure failure = student(server, client)
                    .answer(questions(1).get(0))
                    .failure()
                    .orElseThrow();
            assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.BROKEN_OFF);
        }
    }

    @ParameterizedTest
    @EnumSource(Break.class)
    void questions_that_were_cut_off_are_asked_again_when_the_others_have_ended(Break how) throws IOException {
        try (BreakingServer server =
                new BreakingServer(request -> request % 2 == 1 ? Optional.of(how) : Optional.empty())) {
            List<Answer> answers = calls(server).answer(questions(6), Duration.ofHours(1), "step 1");
            assertThat(answers).extracting(Answer::text).containsOnly("42");
            Cost cost = ledger.spent().cost();
            assertThat(cost.calls()).as("what broke off may have been charged").isEqualTo(server.requests());
            assertThat(pauses).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Break.class)
    void a_server_that_always_breaks_off_is_left_within_the_bound_with_failures(Break how) throws IOException {
        try (BreakingServer server = new BreakingServer(request -> Optional.of(how))) {
            List<Answer> answers = calls(server).answer(questions(3), Duration.ofMinutes(1), "step 1");
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.failure().orElseThrow().kind()).isEqualTo(FailureKind.BROKEN_OFF));
            assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                    .isBetween(Duration.ofSeconds(10), Duration.ofMinutes(1));
        }
    }

    private StudentCalls calls(BreakingServer server) {
        return new StudentCalls(
                student(server, new RetryAfterHttpClientBuilder()),
                CallLimits.defaults().withConcurrency(1),
                Accounts.none().withLedger(ledger),
                pauses::add);
    }
}
