package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads fields that must be there. */
record JsonFields(JsonNode json, String origin) {
    int positive(String name) {
        JsonNode value = json.path(name);
        if (!value.isInt() || value.asInt() < 1) {
            throw new ModelFileException(origin + ": " + name + " should be a positive whole number, but is "
                    + (value.isMissingNode() ? "missing" : value.toString()));
        }
        return value.asInt();
    }

    double positiveNumber(String name) {
        JsonNode value = json.path(name);
        // Computed with as FP32.
        float rounded = (float) value.asDouble();
        if (!value.isNumber() || !(rounded > 0) || Float.isInfinite(rounded)) {
            throw new ModelFileException(origin + ": " + name + " should be a positive number, but is "
                    + (value.isMissingNode() ? "missing" : value.toString()));
        }
        return value.asDouble();
    }
}
