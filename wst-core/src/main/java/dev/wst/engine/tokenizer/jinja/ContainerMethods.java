package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Python's methods of lists, tuples and dicts that change nothing. */
final class ContainerMethods {
    private ContainerMethods() {}

    static Optional<Object> ofMap(Map<Object, Object> map, String name) {
        return function(
                switch (name) {
                    case "get" ->
                        (frame, arguments) -> {
                            Arguments.Bound bound = arguments.bind("get", "key", "default");
                            Object found = map.get(Values.key(bound.get("key")));
                            return found != null ? found : bound.find("default").orElse(None.NONE);
                        };
                    case "keys" -> plain(name, () -> new View("dict_keys", new ArrayList<>(map.keySet())));
                    case "values" -> plain(name, () -> new View("dict_values", new ArrayList<>(map.values())));
                    case "items" -> plain(name, () -> new View("dict_items", pairs(map)));
                    case "copy" -> plain(name, () -> new LinkedHashMap<>(map));
                    case "fromkeys" -> throw TemplateException.unsupported("dict.fromkeys");
                    default -> null;
                });
    }

    static Optional<Object> ofList(Object value, String name) {
        List<Object> items = Values.items(value).orElseThrow();
        return function(
                switch (name) {
                    case "count" ->
                        (frame, arguments) -> {
                            Object wanted = arguments.bind("count", "value").get("value");
                            return items.stream()
                                    .filter(item -> Comparison.equal(item, wanted))
                                    .count();
                        };
                    case "index" ->
                        (frame, arguments) -> {
                            Object wanted = arguments.bind("index", "value").get("value");
                            for (int i = 0; i < items.size(); i++) {
                                if (Comparison.equal(items.get(i), wanted)) {
                                    return (long) i;
                                }
                            }
                            throw TemplateException.failed(
                                    Printing.repr(wanted) + " is not in " + Values.typeName(value));
                        };
                    case "copy" -> value instanceof List ? plain(name, () -> new ArrayList<>(items)) : null;
                    case "start", "stop", "step" -> {
                        if (value instanceof Range) {
                            throw TemplateException.unsupported("the attribute " + name + " of a range");
                        }
                        yield null;
                    }
                    default -> null;
                });
    }

    static List<Object> pairs(Map<Object, Object> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(Tuple.of(key, value)));
        return pairs;
    }

    private static Optional<Object> function(@Nullable Function function) {
        return Optional.ofNullable(function);
    }

    private static Function plain(String name, Supplier<Object> result) {
        return (frame, arguments) -> {
            arguments.bind(name);
            return result.get();
        };
    }
}
