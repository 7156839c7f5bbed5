package dev.wst;

import java.util.List;

/**
 * How a policy draws tokens. The filters apply in the order of the components: temperature, top-k, top-p, min-p; what is
 * left is renormalised. Log-probabilities are those of the tempered distribution before filtering, as in TRL.
 *
 * <p>A text ends at the first of: a token that its model's files name as ending a text or a turn, which counts as one of its
 * tokens and is not in its text (Hugging Face: {@code eos_token_id} of config.json and generation_config.json; GGUF:
 * {@code tokenizer.ggml.eos_token_id}, {@code eot_token_id} and {@code eom_token_id}, and the added tokens that llama.cpp knows by
 * name, such as {@code <|eot_id|>}, {@code <|im_end|>} and {@code <|endoftext|>}); a stop string; {@code maxTokens}.
 *
 * <pre>{@code
 * Sampling sampling = Sampling.defaults().withTemperature(0.8).withTopP(0.95).withMaxTokens(32);
 * }</pre>
 *
 * @param temperature divides the logits; 0 or positive, finite, 0 means greedy (log-probabilities are then those at
 *     temperature 1)
 * @param topK keep the k most likely tokens; 0 or more, 0 keeps all
 * @param topP keep the smallest set of most likely tokens with at least this probability; above 0, at most 1, which keeps
 *     all
 * @param minP keep tokens with at least this share of the likeliest one's probability; at least 0, which keeps all, and
 *     below 1
 * @param maxTokens the longest text, the end token included; at least 1
 * @param stopStrings end the text before the first of these appears; none of them empty
 */
public record Sampling(
        double temperature, int topK, double topP, double minP, int maxTokens, List<String> stopStrings) {

    /** @throws IllegalArgumentException if a value is out of its range */
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

    /**
     * The likeliest token each time.
     *
     * @throws IllegalArgumentException if {@code maxTokens} is below 1
     */
    public static Sampling greedy(int maxTokens) {
        return new Sampling(0.0, 0, 1.0, 0.0, maxTokens, List.of());
    }

    /** Whether the likeliest token is taken each time, without a draw. */
    public boolean isGreedy() {
        return temperature == 0;
    }

    /**
     * What divides the logits; 1 by default, 0 for greedy.
     *
     * @throws IllegalArgumentException if it is negative or infinite
     */
    public Sampling withTemperature(double value) {
        return new Sampling(value, topK, topP, minP, maxTokens, stopStrings);
    }

    /**
     * Keeps the k most likely tokens; 0, all, by default.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Sampling withTopK(int value) {
        return new Sampling(temperature, value, topP, minP, maxTokens, stopStrings);
    }

    /**
     * Keeps the smallest set of most likely tokens with at least this probability; 1, all, by default.
     *
     * @throws IllegalArgumentException if it is not above 0 and at most 1
     */
    public Sampling withTopP(double value) {
        return new Sampling(temperature, topK, value, minP, maxTokens, stopStrings);
    }

    /**
     * Keeps tokens with at least this share of the likeliest one's probability; 0, all, by default.
     *
     * @throws IllegalArgumentException if it is not at least 0 and below 1
     */
    public Sampling withMinP(double value) {
        return new Sampling(temperature, topK, topP, value, maxTokens, stopStrings);
    }

    /**
     * The longest text in tokens, the end token included; 64 by default.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Sampling withMaxTokens(int value) {
        return new Sampling(temperature, topK, topP, minP, value, stopStrings);
    }

    /**
     * Ends texts before the first of these appears; none by default.
     *
     * @throws IllegalArgumentException if one of them is empty
     */
    public Sampling withStopStrings(List<String> value) {
        return new Sampling(temperature, topK, topP, minP, maxTokens, value);
    }
}
