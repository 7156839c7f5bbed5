package dev.wst;

import java.util.List;

/**
 * How a policy draws tokens. The filters apply in the order of the components: temperature, top-k, top-p, min-p; what is
 * left is renormalised. Log-probabilities are those of the tempered distribution before filtering, as in TRL.
 *
 * @param temperature divides the logits; 0 means greedy (log-probabilities are then those at temperature 1)
 * @param topK keep the k most likely tokens; 0 keeps all
 * @param topP keep the smallest set of most likely tokens with at least this probability; 1 keeps all
 * @param minP keep tokens with at least this share of the likeliest one's probability; 0 keeps all
 * @param maxTokens the longest text, the end token included
 * @param stopStrings end the text before the first of these appears
 */
public record Sampling(
        double temperature, int topK, double topP, double minP, int maxTokens, List<String> stopStrings) {

    public Sampling {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException(
                    "temperature must be 0 (greedy) or a positive number, got " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("topK must be 0 (off) or positive, got " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must lie in (0, 1], got " + topP);
        }
        if (!(minP >= 0 && minP < 1)) {
            throw new IllegalArgumentException("minP must lie in [0, 1), got " + minP);
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, got " + maxTokens);
        }
        stopStrings = List.copyOf(stopStrings);
        if (stopStrings.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop string must not be empty");
        }
    }

    /** Temperature 1, no filters, 64 tokens, no stop strings. */
    public static Sampling defaults() {
        return new Sampling(1.0, 0, 1.0, 0.0, 64, List.of());
    }

    /** The likeliest token each time, up to {@code maxTokens}. */
    public static Sampling greedy(int maxTokens) {
        return new Sampling(0.0, 0, 1.0, 0.0, maxTokens, List.of());
    }

    public boolean isGreedy() {
        return temperature == 0;
    }

    public Sampling withTemperature(double value) {
        return new Sampling(value, topK, topP, minP, maxTokens, stopStrings);
    }

    public Sampling withTopK(int value) {
        return new Sampling(temperature, value, topP, minP, maxTokens, stopStrings);
    }

    public Sampling withTopP(double value) {
        return new Sampling(temperature, topK, value, minP, maxTokens, stopStrings);
    }

    public Sampling withMinP(double value) {
        return new Sampling(temperature, topK, topP, value, maxTokens, stopStrings);
    }

    public Sampling withMaxTokens(int value) {
        return new Sampling(temperature, topK, topP, minP, value, stopStrings);
    }

    public Sampling withStopStrings(List<String> value) {
        return new Sampling(temperature, topK, topP, minP, maxTokens, value);
    }
}
