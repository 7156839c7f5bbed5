package dev.wst.rewards.text;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.student.ChatCall;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The cosine between the embeddings of the text and of the task's reference, from -1 to 1. A batch is one call of
 * {@link EmbeddingModel#embedAll}, each different text once. Of a long text the beginning is read (see
 * {@link #readingAtMost}), so that a student cannot make the model fail by writing too much. A blank text has no embedding and is worth -1; the part
 * {@code blank} is 1 there and 0 elsewhere. Where the model fails the whole batch is unscored, with its message; a blank
 * reference makes its attempts unscored.
 *
 * <pre>{@code
 * RewardFunction meaning = EmbeddingReward.of(new AllMiniLmL6V2QuantizedEmbeddingModel());
 * }</pre>
 */
public final class EmbeddingReward implements RewardFunction {
    private static final double LOWEST = -1;

    private final EmbeddingModel model;
    private final Executor executor;
    private final ScoredText side;
    private final int bytes;

    private EmbeddingReward(EmbeddingModel model, Executor executor, ScoredText side, int bytes) {
        this.model = model;
        this.executor = executor;
        this.side = side;
        this.bytes = bytes;
    }

    /** Embeds on the thread that asks. */
    public static EmbeddingReward of(EmbeddingModel model) {
        return of(model, Runnable::run);
    }

    /** Embeds on the executor, so that other rewards of a combination can work meanwhile. */
    public static EmbeddingReward of(EmbeddingModel model, Executor executor) {
        return new EmbeddingReward(model, executor, ScoredText.ANSWER, Excerpt.LONGEST);
    }

    /** The same on another text of the attempt. */
    public EmbeddingReward on(ScoredText text) {
        return new EmbeddingReward(model, executor, text, bytes);
    }

    /**
     * The same with another bound on what is read of text and reference.
     *
     * @param utf8Bytes at least 4, which the longest character takes; 8000 unless set. No tokenizer makes more tokens than there are bytes, so the number of
     *     tokens that the model takes is always safe; four times as many suit ordinary English
     */
    public EmbeddingReward readingAtMost(int utf8Bytes) {
        if (utf8Bytes < 4) {
            throw new IllegalArgumentException("the bytes to read must be at least 4, got " + utf8Bytes);
        }
        return new EmbeddingReward(model, executor, side, utf8Bytes);
    }

    /** @throws IllegalArgumentException if the task has no reference */
    @Override
    public void check(Task task) {
        References.of(task);
    }

    @Override
    public Reward score(Attempt attempt) {
        return rewards(List.of(attempt)).get(0);
    }

    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        return CompletableFuture.supplyAsync(() -> rewards(attempts), executor);
    }

    private List<Reward> rewards(List<Attempt> attempts) {
        Set<String> texts = new LinkedHashSet<>();
        for (Attempt attempt : attempts) {
            if (comparable(attempt)) {
                texts.add(text(attempt));
                texts.add(reference(attempt));
            }
        }
        Map<String, Embedding> embeddings;
        try {
            embeddings = embed(List.copyOf(texts));
        } catch (RuntimeException e) {
            // The client may throw anything; what it says is the reason, and a reason is never a score.
            Reward unscored = Reward.unavailable("the embedding model failed: " + ChatCall.failure(e));
            return attempts.stream().map(attempt -> unscored).toList();
        }
        return attempts.stream().map(attempt -> reward(attempt, embeddings)).toList();
    }

    private boolean comparable(Attempt attempt) {
        return !side.of(attempt).isBlank() && !References.of(attempt.task()).isBlank();
    }

    private String text(Attempt attempt) {
        return Excerpt.of(side.of(attempt).strip(), bytes);
    }

    private String reference(Attempt attempt) {
        return Excerpt.of(References.of(attempt.task()).strip(), bytes);
    }

    private Reward reward(Attempt attempt, Map<String, Embedding> embeddings) {
        if (References.of(attempt.task()).isBlank()) {
            return Reward.unscored("a blank reference has no embedding");
        }
        if (side.of(attempt).isBlank()) {
            return Reward.of(LOWEST, Map.of("blank", 1.0));
        }
        Embedding text = Objects.requireNonNull(embeddings.get(text(attempt)));
        Embedding reference = Objects.requireNonNull(embeddings.get(reference(attempt)));
        if (text.dimension() != reference.dimension()) {
            return Reward.unscored("the embedding model gave " + text.dimension() + " numbers for the text and "
                    + reference.dimension() + " for the reference");
        }
        double cosine = CosineSimilarity.between(text, reference);
        return Double.isFinite(cosine)
                ? Reward.of(cosine, Map.of("blank", 0.0))
                : Reward.unscored("the embedding model gave numbers without a cosine: " + cosine);
    }

    private Map<String, Embedding> embed(List<String> texts) {
        if (texts.isEmpty()) {
            return Map.of();
        }
        List<Embedding> vectors =
                model.embedAll(texts.stream().map(TextSegment::from).toList()).content();
        if (vectors.size() != texts.size()) {
            throw new IllegalStateException("it gave " + vectors.size() + " embeddings of " + texts.size() + " texts");
        }
        Map<String, Embedding> byText = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            byText.put(texts.get(i), vectors.get(i));
        }
        return byText;
    }

    @Override
    public String toString() {
        return "EmbeddingReward[" + model.modelName() + " of " + RewardFunction.describe(model) + ", " + bytes
                + " bytes of " + side + "]";
    }
}
