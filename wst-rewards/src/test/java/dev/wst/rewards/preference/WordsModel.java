package dev.wst.rewards.preference;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.Random;

/** An embedding model of 16 numbers: the sum of a fixed random vector for each word. The word "fail" makes it fail. */
final class WordsModel implements EmbeddingModel {
    private final int dimension;
    private int texts;
    private int calls;

    WordsModel(int dimension) {
        this.dimension = dimension;
    }

    int texts() {
        return texts;
    }

    int calls() {
        return calls;
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        calls++;
        texts += segments.size();
        return Response.from(segments.stream()
                .map(segment -> Embedding.from(vector(segment.text())))
                .toList());
    }

    private float[] vector(String text) {
        float[] sum = new float[dimension];
        for (String word : text.split(" ", -1)) {
            if (word.equals("fail")) {
                throw new IllegalStateException("embedding service down");
            }
            Random random = new Random(word.hashCode());
            for (int i = 0; i < dimension; i++) {
                sum[i] += word.equals("nan") ? Float.NaN : (float) random.nextGaussian();
            }
        }
        return sum;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public String modelName() {
        return "words";
    }
}
