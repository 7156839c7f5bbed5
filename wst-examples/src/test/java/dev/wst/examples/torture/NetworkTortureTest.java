package dev.wst.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Seed;
import dev.wst.calls.CallLimits;
import dev.wst.rl.Grpo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short one of what {@code torture network} does with tens of thousands of requests. */
@Timeout(300)
class NetworkTortureTest {
    private static final CallLimits LIMITS = CallLimits.defaults()
            .withConcurrency(64)
            .withTimeout(Duration.ofSeconds(3))
            .withRetries(2);
    private static final Faults FAULTS = new Faults(new Seed(1), 60, Fault.values());

    @Test
    void every_question_ends_as_its_own_answer_or_as_what_the_server_did_to_it() throws IOException {
        NetworkCalls.Outcome outcome = new NetworkCalls(FAULTS, 300, LIMITS).run();
        assertThat(outcome.wrong()).isEmpty();
        assertThat(outcome.kinds())
                .containsOnlyKeys(
                        "BROKEN_OFF",
                        "CONTENT_FILTER",
                        "ERROR",
                        "NOT_FOUND",
                        "OVERLOADED",
                        "RATE_LIMIT",
                        "TIMEOUT",
                        "answered");
        assertThat(outcome.kinds().values().stream().mapToInt(i -> i).sum()).isEqualTo(300);
    }

    @Test
    void a_server_without_faults_answers_each_question_once() throws IOException {
        NetworkCalls.Outcome outcome = new NetworkCalls(Faults.none(), 300, LIMITS).run();
        assertThat(outcome.kinds()).isEqualTo(Map.of("answered", 300));
        assertThat(outcome.requests()).isEqualTo(300);
        assertThat(outcome.holds()).isTrue();
    }

    @Test
    void an_answer_to_another_question_is_found_out() throws IOException {
        NetworkCalls.Outcome outcome = new NetworkCalls(
                        Faults.none(),
                        20,
                        LIMITS,
                        (system, question) ->
                                NetworkCalls.answer(system, question.equals("Question 7") ? "Question 8" : question))
                .run();
        assertThat(outcome.wrong()).hasSize(1);
        assertThat(outcome.toString())
                .endsWith("1 wrong, such as [Question 7 got the answer " + NetworkCalls.answer("", "Question 8") + "]");
    }

    @Test
    void training_with_faults_comes_to_the_same_as_without(@TempDir Path directory) throws IOException {
        Faults passing = new Faults(new Seed(1), 30, Fault.passing());
        NetworkTraining.Outcome outcome = new NetworkTraining(
                        Grpo.defaults().withLearningRate(1e-3), 1, 1, LIMITS.withRetries(12))
                .compare(passing, directory);
        assertThat(outcome.different()).isEmpty();
        assertThat(outcome.rollouts()).isEqualTo(16);
        assertThat(outcome.unscored()).isZero();
        assertThat(outcome.requestsWith()).isGreaterThan(outcome.requestsWithout());
    }

    @Test
    void training_that_comes_to_something_else_is_found_out(@TempDir Path directory) throws IOException {
        Faults withheld = new Faults(new Seed(1), 30, Fault.FILTERED);
        NetworkTraining.Outcome outcome =
                new NetworkTraining(Grpo.defaults().withLearningRate(1e-3), 1, 1, LIMITS).compare(withheld, directory);
        assertThat(outcome.holds()).isFalse();
        assertThat(outcome.different()).containsExactly("rollouts.jsonl", "adapter/adapter_model.safetensors");
        assertThat(outcome.unscored()).isPositive();
    }

    @Test
    void a_footprint_within_its_margin_is_the_same_and_beyond_is_not() {
        Footprint before = new Footprint(10, 4, 100L << 20);
        assertThat(new Footprint(12, 6, 116L << 20).isWithin(before)).isTrue();
        assertThat(new Footprint(13, 6, 116L << 20).isWithin(before)).isFalse();
        assertThat(new Footprint(12, 7, 116L << 20).isWithin(before)).isFalse();
        assertThat(new Footprint(12, 6, 117L << 20).isWithin(before)).isFalse();
        assertThat(new Footprint(13, 3, 101L << 20).over(before)).isEqualTo("threads +3, sockets -1, heap +1.0 MB");
    }
}
