package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Streams;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

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
    /** Each names the number of a layer in a path; the first that matches tells it. */
    private final List<Pattern> numbers;

    PeftModules(Path config, JsonNode json) {
        this.config = config;
        JsonNode targetModules = json.path("target_modules");
        this.targets = targetModules.asText().equals("all-linear") ? path -> true : matcher(targetModules);
        this.exceptions = matcher(json.path("exclude_modules"));
        this.layers = json.path("layers_to_transform");
        this.numbers = containers(json.path("layers_pattern"))
                .map(container -> pattern(".*\\.(?:" + container + ")\\.(?<layer>\\d+)\\..*"))
                .toList();
    }

    /** What the numbered layers lie in: any module, unless it says more. */
    private static Stream<String> containers(JsonNode named) {
        if (named.isArray() && !named.isEmpty()) {
            return Streams.stream(named).map(JsonNode::asText);
        }
        return Stream.of(named.isTextual() && !named.asText().isEmpty() ? named.asText() : "[^.]*");
    }

    /** @param path of a linear layer, such as {@code model.layers.0.self_attn.q_proj} */
    boolean adapts(String path) {
        return targets.test(path) && !exceptions.test(path) && isChosenLayer(path);
    }

    private boolean isChosenLayer(String path) {
        if (layers.isMissingNode() || layers.isNull() || (layers.isArray() && layers.isEmpty())) {
            return true;
        }
        return numbers.stream()
                .map(pattern -> pattern.matcher(path))
                .filter(Matcher::matches)
                .findFirst()
                .map(matcher -> Integer.parseInt(matcher.group("layer")))
                .filter(this::isChosen)
                .isPresent();
    }

    private boolean isChosen(int number) {
        return layers.isInt()
                ? layers.asInt() == number
                : Streams.stream(layers).anyMatch(one -> one.asInt() == number);
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
