package dev.wst.examples.bench;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The sizes of a published model, to be filled with random numbers.
 *
 * @param name as the command line has it
 * @param family llama or qwen2
 * @param keyValueHeads K
 * @param ffnWidth F
 * @param ropeTheta base of the rotary frequencies
 */
record Shape(
        String name,
        String family,
        int width,
        int layers,
        int heads,
        int keyValueHeads,
        int ffnWidth,
        int vocabulary,
        double ropeTheta) {
    private static final List<Shape> KNOWN = List.of(
            new Shape("smollm2-135m", "llama", 576, 30, 9, 3, 1536, 49_152, 1e5),
            new Shape("qwen2.5-0.5b", "qwen2", 896, 24, 14, 2, 4864, 151_936, 1e6),
            new Shape("qwen2.5-1.5b", "qwen2", 1536, 28, 12, 2, 8960, 151_936, 1e6));

    static Shape named(String name) {
        return KNOWN.stream()
                .filter(shape -> shape.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "shapes are " + KNOWN.stream().map(Shape::name).collect(Collectors.joining(", ")) + "; got \""
                                + name + "\""));
    }

    Shape withLayers(int count) {
        return new Shape(name, family, width, count, heads, keyValueHeads, ffnWidth, vocabulary, ropeTheta);
    }

    int headWidth() {
        return width / heads;
    }

    /** Whether queries, keys and values add a bias. */
    boolean hasBias() {
        return family.equals("qwen2");
    }

    /** Outputs of queries, keys and values together. */
    int projections() {
        return (heads + 2 * keyValueHeads) * headWidth();
    }

    /** Numbers of the matrices of one layer. */
    long layerWeights() {
        return (long) width * (projections() + width + 3L * ffnWidth);
    }
}
