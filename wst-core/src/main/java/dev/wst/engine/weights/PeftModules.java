package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which modules peft's configuration adapts: {@code target_modules} less {@code exclude_modules}, in the layers of
 * {@code layers_to_transform}. A list holds paths or ends of paths; a text is a regular expression over the whole path, or
 * {@code all-linear}.
 */
final class PeftModules {
    private final Path config;
    private final Predicate<String> targets;
    private final Predicate<String> exceptions;
    private final JsonNode layers;
    private final Pattern layer;

    PeftModules(Path config, JsonNode json) {
        this.config = config;
        JsonNode targetModules = json.path("target_modules");
        this.targets = targetModules.asText().equals("all-linear") ? path -> true : matcher(targetModules);
        this.exceptions = matcher(json.path("exclude_modules"));
        this.layers = json.path("layers_to_transform");
        JsonNode named = json.path("layers_pattern");
        String container = named.isArray() ? named.path(0).asText() : named.isNull() ? "" : named.asText();
        this.layer = pattern(".*\\." + (container.isEmpty() ? "[^.]*" : container) + "\\.(?<layer>\\d+)\\..*");
    }

    /** @param path of a linear layer, such as {@code model.layers.0.self_attn.q_proj} */
    boolean adapts(String path) {
        return targets.test(path) && !exceptions.test(path) && isChosenLayer(path);
    }

    private boolean isChosenLayer(String path) {
        if (layers.isMissingNode() || layers.isNull() || (layers.isArray() && layers.isEmpty())) {
            return true;
        }
        Matcher matcher = layer.matcher(path);
        if (!matcher.matches()) {
            return false;
        }
        int number = Integer.parseInt(matcher.group("layer"));
        if (layers.isInt()) {
            return layers.asInt() == number;
        }
        for (JsonNode one : layers) {
            if (one.asInt() == number) {
                return true;
            }
        }
        return false;
    }

    private Predicate<String> matcher(JsonNode named) {
        if (named.isTextual()) {
            return pattern(named.asText()).asMatchPredicate();
        }
        return path -> {
            for (JsonNode one : named) {
                if (path.equals(one.asText()) || path.endsWith("." + one.asText())) {
                    return true;
                }
            }
            return false;
        };
    }

    /** The first key that is the module's path, or the end of it, as a regular expression. */
    Optional<String> ownKey(JsonNode values, String path) {
        return values.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key ->
                        pattern("(?:.*\\.)?(?:" + key + ")").matcher(path).matches())
                .findFirst();
    }

    private Pattern pattern(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new ModelFileException(
                    config + ": \"" + expression + "\" is no regular expression here: " + e.getDescription(), e);
        }
    }
}
