package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.JsonNode;

/** How fast each pair of a head turns: the plain law of arXiv 2104.09864 and what stretches it over longer texts. */
interface RotaryScaling {

    /** Angle by which one position turns each pair, [headWidth / 2]. */
    double[] inverseFrequencies(int headWidth);

    /** {@code base ^ (-2 i / headWidth)}. */
    static double[] plain(double base, int headWidth) {
        double[] frequencies = new double[headWidth / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = Math.pow(base, -2.0 * i / headWidth);
        }
        return frequencies;
    }

    /** From config.json, in its form before (rope_theta, rope_scaling) and since transformers 5 (rope_parameters). */
    static RotaryScaling ofConfig(JsonNode json, String origin) {
        double base = base(json);
        JsonFields fields = new JsonFields(scaling(json), origin);
        return switch (type(json)) {
            case "default" -> width -> plain(base, width);
            case "linear" -> {
                double factor = fields.positiveNumber("factor");
                yield width -> divided(plain(base, width), factor);
            }
            case "llama3" -> llama3(base, fields);
            default ->
                throw new UnsupportedModelException(origin + " asks for rotary scaling \"" + type(json)
                        + "\"; default, linear and llama3 are computed here");
        };
    }

    /** The base of the plain law in a config.json. */
    static double base(JsonNode json) {
        return json.path("rope_parameters")
                .path("rope_theta")
                .asDouble(json.path("rope_theta").asDouble(10_000));
    }

    /** What a config.json stretches it by: default for nothing. */
    static String type(JsonNode json) {
        JsonNode scaling = scaling(json);
        return scaling.path("rope_type").asText(scaling.path("type").asText("default"));
    }

    /** The settings of that. */
    static JsonNode scaling(JsonNode json) {
        JsonNode parameters = json.path("rope_parameters");
        return parameters.isObject() ? parameters : json.path("rope_scaling");
    }

    /** From a GGUF file; llama3's factors are a tensor there. */
    static RotaryScaling of(Gguf gguf, String family) {
        double base = base(gguf, family);
        String type = gguf.string(family + ".rope.scaling.type").orElse("none");
        double factor = factor(gguf, family);
        if (!type.equals("none") && !type.equals("linear")) {
            throw new UnsupportedModelException(gguf.origin() + " asks for rotary scaling \"" + type
                    + "\"; none, linear and llama3's factors are computed here");
        }
        return width -> {
            double[] frequencies = divided(plain(base, width), factor);
            if (gguf.names().contains("rope_freqs.weight")) {
                float[] factors = gguf.read("rope_freqs.weight", width / 2);
                for (int i = 0; i < frequencies.length; i++) {
                    frequencies[i] /= factors[i];
                }
            }
            return frequencies;
        };
    }

    static double base(Gguf gguf, String family) {
        return gguf.number(family + ".rope.freq_base").orElse(10_000.0);
    }

    static double factor(Gguf gguf, String family) {
        return gguf.number(family + ".rope.scaling.factor").orElse(1.0);
    }

    private static double[] divided(double[] frequencies, double factor) {
        double[] slower = new double[frequencies.length];
        for (int i = 0; i < slower.length; i++) {
            slower[i] = frequencies[i] / factor;
        }
        return slower;
    }

    /** Long waves are stretched by the factor, short ones kept, those between interpolated, as transformers has it. */
    private static RotaryScaling llama3(double base, JsonFields fields) {
        double factor = fields.positiveNumber("factor");
        double low = fields.positiveNumber("low_freq_factor");
        double high = fields.positiveNumber("high_freq_factor");
        double context = fields.positiveNumber("original_max_position_embeddings");
        return width -> {
            double[] frequencies = plain(base, width);
            for (int i = 0; i < frequencies.length; i++) {
                double turns = context * frequencies[i] / (2 * Math.PI);
                double kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
                frequencies[i] = (1 - kept) * frequencies[i] / factor + kept * frequencies[i];
            }
            return frequencies;
        };
    }
}
