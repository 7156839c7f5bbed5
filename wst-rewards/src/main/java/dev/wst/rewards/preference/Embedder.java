package dev.wst.rewards.preference;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.wst.rewards.text.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns contexts and replies into features; a text that occurs several times is embedded once. Of a long reply the beginning
 * is read, and of a long question.
 */
final class Embedder {
    private static final int BATCH = 64;
    private static final String HUMAN = "\n\nHuman:";
    private static final String ASSISTANT = "\n\nAssistant:";
    private static final String BLANK = ".";

    private final EmbeddingModel model;
    private final int dimension;

    Embedder(EmbeddingModel model) {
        this.model = model;
        this.dimension = model.dimension();
    }

    int dimension() {
        return dimension;
    }

    /** A context and a reply to it. */
    record Text(String context, String reply) {}

    /** [N, F]; throws what the embedding model throws. */
    float[][] features(List<Text> texts, Features features) {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        for (Text text : texts) {
            vectors.put(question(text.context()), new float[0]);
            vectors.put(words(text.reply()), new float[0]);
        }
        List<String> all = new ArrayList<>(vectors.keySet());
        for (int from = 0; from < all.size(); from += BATCH) {
            List<String> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            List<Embedding> found = model.embedAll(
                            batch.stream().map(TextSegment::from).toList())
                    .content();
            if (found.size() != batch.size()) {
                throw new IllegalStateException(
                        "asked for " + batch.size() + " embeddings, the model gave " + found.size());
            }
            for (int i = 0; i < batch.size(); i++) {
                vectors.put(batch.get(i), checked(found.get(i).vector()));
            }
        }
        return texts.stream()
                .map(text -> features.of(
                        vectors.getOrDefault(question(text.context()), new float[0]),
                        vectors.getOrDefault(words(text.reply()), new float[0])))
                .toArray(float[][]::new);
    }

    private float[] checked(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalStateException(
                    "the embedding has " + vector.length + " numbers where " + dimension + " were expected");
        }
        double square = 0;
        for (float number : vector) {
            square += (double) number * number;
        }
        if (!(square > 0) || Double.isInfinite(square)) {
            throw new IllegalStateException("the embedding is zero or not finite");
        }
        float[] unit = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            unit[i] = (float) (vector[i] / Math.sqrt(square));
        }
        return unit;
    }

    /**
     * What is asked last. Sentence models see little of a long dialogue: on HH-RLHF the whole of it measured no better and
     * took six times as long.
     */
    private static String question(String context) {
        String said =
                context.endsWith(ASSISTANT) ? context.substring(0, context.length() - ASSISTANT.length()) : context;
        int last = said.lastIndexOf(HUMAN);
        return words(last < 0 ? said : said.substring(last + HUMAN.length()));
    }

    private static String words(String text) {
        return text.isBlank() ? BLANK : Excerpt.of(text.strip(), Excerpt.LONGEST);
    }
}
