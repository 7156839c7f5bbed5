package dev.wst.rewards.text;

import static dev.wst.rewards.text.Attempts.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EmbeddingRewardTest {
    private final List<List<String>> calls = new ArrayList<>();

    private EmbeddingModel model(Function<String, float[]> vector) {
        return new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                List<String> texts = segments.stream().map(TextSegment::text).toList();
                calls.add(texts);
                return Response.from(
                        texts.stream().map(vector).map(Embedding::from).toList());
            }
        };
    }

    private static List<Reward> verdicts(RewardFunction reward, Attempt... attempts) {
        return reward.scoreAll(List.of(attempts)).toCompletableFuture().join();
    }

    /** Angles of 0, 60, 90 and 180 degrees to the reference. */
    private static float[] angle(String text) {
        return switch (text) {
            case "same", "gold" -> new float[] {2, 0};
            case "near" -> new float[] {1, (float) Math.sqrt(3)};
            case "other" -> new float[] {0, 5};
            default -> new float[] {-1, 0};
        };
    }

    @Test
    void a_batch_is_one_call_and_the_value_is_the_cosine() {
        List<Reward> verdicts = verdicts(
                EmbeddingReward.of(model(EmbeddingRewardTest::angle)),
                attempt("", "same", "gold"),
                attempt("", "near", "gold"),
                attempt("", "other", "gold"),
                attempt("", "contrary", "gold"),
                attempt("", "near", "gold"));
        double[] expected = {1, 0.5, 0, -1, 0.5};
        for (int i = 0; i < expected.length; i++) {
            assertThat(verdicts.get(i).value()).isCloseTo(expected[i], within(1e-6));
        }
        assertThat(calls).containsExactly(List.of("same", "gold", "near", "other", "contrary"));
    }

    @Test
    void a_model_that_fails_leaves_the_batch_unscored_with_its_message() {
        RewardFunction reward = EmbeddingReward.of(model(text -> {
            throw new IllegalStateException("503 overloaded, Bearer sk-0123456789");
        }));
        assertThat(verdicts(reward, attempt("", "a", "gold"), attempt("", "b", "gold")))
                .extracting(Reward::reason)
                .allMatch(reason -> reason.contains("embedding model failed")
                        && reason.endsWith("503 overloaded, Bearer [secret]"));
        assertThat(reward.score(attempt("", "a", "gold")).isScored()).isFalse();
    }

    @Test
    void vectors_that_cannot_be_compared_are_no_verdict() {
        RewardFunction ragged = EmbeddingReward.of(model(text -> new float[text.length()]));
        assertThat(ragged.score(attempt("", "longer", "gold")).reason()).contains("6 numbers for the text and 4");
        RewardFunction broken = EmbeddingReward.of(model(text -> new float[] {Float.NaN, 1}));
        assertThat(broken.score(attempt("", "text", "gold")).reason()).contains("without a cosine");
        EmbeddingModel lossy = new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                return Response.from(List.of());
            }
        };
        assertThat(EmbeddingReward.of(lossy).score(attempt("", "a", "gold")).reason())
                .contains("0 embeddings of 2 texts");
    }

    @Test
    void a_blank_text_has_the_lowest_score_and_is_not_sent() {
        EmbeddingReward reward =
                EmbeddingReward.of(model(EmbeddingRewardTest::angle)).on(ScoredText.INSTRUCTION);
        List<Reward> verdicts = verdicts(
                reward, attempt("  ", "same", "gold"), attempt("near", "same", "gold"), attempt("near", "x", " "));
        assertThat(verdicts.get(0)).isEqualTo(Reward.of(-1, Map.of("blank", 1.0)));
        assertThat(verdicts.get(1).parts()).containsEntry("blank", 0.0);
        assertThat(verdicts.get(1).value()).isCloseTo(0.5, within(1e-6));
        assertThat(verdicts.get(2).reason()).isEqualTo("a blank reference has no embedding");
        assertThat(calls).containsExactly(List.of("near", "gold"));
        assertThat(reward.score(attempt("", "same", "gold")).value()).isEqualTo(-1);
        assertThat(calls).hasSize(1);
    }

    @Test
    void a_long_text_is_cut_before_the_model_can_refuse_it() {
        EmbeddingModel bounded = model(text -> {
            if (text.length() > 8000) {
                throw new IllegalArgumentException("more than 8192 tokens");
            }
            return text.startsWith("near") ? angle("near") : angle("gold");
        });
        Reward cut = EmbeddingReward.of(bounded).score(attempt("", "near" + " x".repeat(10_000), "gold".repeat(5000)));
        assertThat(cut.value()).isCloseTo(0.5, within(1e-6));
        calls.clear();
        EmbeddingReward.of(bounded).readingAtMost(6).on(ScoredText.ANSWER).score(attempt("", "  nearest", "golden"));
        assertThat(calls).containsExactly(List.of("neares", "golden"));
        assertThatThrownBy(() -> EmbeddingReward.of(bounded).readingAtMost(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 3");
    }

    @Test
    void an_executor_takes_the_call_off_the_thread_that_asks() {
        Deque<Runnable> work = new ArrayDeque<>();
        CompletableFuture<List<Reward>> pending = EmbeddingReward.of(model(EmbeddingRewardTest::angle), work::add)
                .scoreAll(List.of(attempt("", "same", "gold")))
                .toCompletableFuture();
        assertThat(pending).isNotDone();
        assertThat(calls).isEmpty();
        work.remove().run();
        assertThat(pending.join().get(0).value()).isCloseTo(1, within(1e-6));
    }

    @Test
    void a_real_model_puts_a_paraphrase_before_a_change_of_subject() {
        List<Reward> verdicts = verdicts(
                EmbeddingReward.of(new AllMiniLmL6V2QuantizedEmbeddingModel()),
                attempt("", "A cat is sitting on the rug.", "The cat sat on the mat."),
                attempt("", "Interest rates rose by a quarter point.", "The cat sat on the mat."));
        assertThat(verdicts.get(0).value())
                .isGreaterThan(0.5)
                .isGreaterThan(verdicts.get(1).value() + 0.3);
    }
}
