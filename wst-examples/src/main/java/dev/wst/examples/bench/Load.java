package dev.wst.examples.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The work of one measurement: S = prompts * samples texts of T tokens after prompts of P.
 *
 * @param threads that share it
 */
record Load(Shape shape, int prompts, int samples, int tokens, int promptTokens, int threads) {
    private static final double GIGA = 1e9;

    /** What writing takes: everything is read and written once. */
    Map<String, Double> ofWriting() {
        return terms(1, 1);
    }

    /** What a step of GRPO takes: texts are written, read by the reference, and followed forward and back twice as dear. */
    Map<String, Double> ofStep() {
        return terms(4, 5);
    }

    /**
     * Units of ten to the ninth operations, or numbers, for one thread.
     *
     * @param products how often a token goes through a weight
     * @param looks how often it looks at those before it; the way back is twice a way forward and once more
     */
    private Map<String, Double> terms(int products, int looks) {
        double texts = (double) prompts * samples;
        double written = texts * tokens;
        double read = (double) prompts * promptTokens;
        double head = (double) shape.vocabulary() * shape.width();
        double weights = (double) shape.layerWeights() * shape.layers();
        double pairs =
                prompts * (double) promptTokens * promptTokens / 2 + written * promptTokens + written * tokens / 2;
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("start", 1.0);
        terms.put("weights_gflop", products * 2 * weights * (written + read) / GIGA / threads);
        terms.put("attention_gflop", looks * 4 * (double) shape.width() * shape.layers() * pairs / GIGA / threads);
        terms.put("vocabulary_gflop", products * 2 * head * written / GIGA / threads);
        terms.put("weights_read_g", tokens * (weights + head) / GIGA);
        return terms;
    }
}
