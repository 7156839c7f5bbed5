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
        if (!value.isNumber() || !(value.asDouble() > 0)) {
            throw new ModelFileException(origin + ": " + name + " should be a positive number, but is "
                    + (value.isMissingNode() ? "missing" : value.toString()));
        }
        return value.asDouble();
    }
}
