package dev.wst.engine.tokenizer.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a dot or brackets after a value find, as Jinja's sandbox has it. */
final class Attributes {
    private static final Set<String> NUMBERS = Set.of(
            "as_integer_ratio",
            "bit_count",
            "bit_length",
            "conjugate",
            "denominator",
            "from_bytes",
            "fromhex",
            "hex",
            "imag",
            "is_integer",
            "numerator",
            "real",
            "to_bytes");

    /** What changes a list or dict: the sandbox refuses it, too. */
    private static final Set<String> CHANGES = Set.of(
            "append",
            "clear",
            "extend",
            "insert",
            "pop",
            "popitem",
            "remove",
            "reverse",
            "setdefault",
            "sort",
            "update");

    private Attributes() {}

    /** {@code value.name}. */
    static Object dot(Object value, String name) {
        return attribute(value, name).or(() -> element(value, Text.of(name))).orElseGet(() -> undefined(value, name));
    }

    /** What the filter {@code attr} finds: no element of a dict. */
    static Object only(Object value, String name) {
        return attribute(value, name).orElseGet(() -> undefined(value, name));
    }

    /** {@code value[key]}. */
    static Object brackets(Object value, Object key) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (key instanceof Slicing slicing) {
            return sliced(value, slicing);
        }
        return element(value, key)
                .or(() -> key instanceof Text name ? attribute(value, name.toString()) : Optional.empty())
                .orElseGet(() -> undefined(value, Printing.str(key).toString()));
    }

    private static Undefined undefined(Object value, String name) {
        return new Undefined("'" + Values.typeName(value) + " object' has no attribute '" + name + "'");
    }

    private static Optional<Object> attribute(Object value, String name) {
        if (name.startsWith("__")) {
            throw TemplateException.unsupported("the attribute " + name);
        }
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (value instanceof Text text) {
            return TextMethods.find(text, name);
        }
        if (value instanceof Map<?, ?> map) {
            return changing(value, name).or(() -> ContainerMethods.ofMap(Values.map(map, "."), name));
        }
        if (value instanceof Tuple tuple && tuple.isGroup() && (name.equals("grouper") || name.equals("list"))) {
            return Optional.of(tuple.items().get(name.equals("list") ? 1 : 0));
        }
        if (value instanceof List<?> || value instanceof Tuple || value instanceof Range) {
            return changing(value, name).or(() -> ContainerMethods.ofList(value, name));
        }
        if (value instanceof Loop loop) {
            return loop.attribute(name);
        }
        if (value instanceof Namespace namespace) {
            return Optional.ofNullable(namespace.values.get(name));
        }
        if (value instanceof Globals.Joined known) {
            return known.attribute(name);
        }
        if ((Comparison.isNumber(value) && !NUMBERS.contains(name)) || value == None.NONE) {
            return Optional.empty();
        }
        throw TemplateException.unsupported("the attribute " + name + " of a value of type " + Values.typeName(value));
    }

    private static Optional<Object> changing(Object value, String name) {
        if (CHANGES.contains(name) && !(value instanceof Tuple)) {
            Function refused = (frame, arguments) -> {
                throw TemplateException.failed(
                        "access to attribute '" + name + "' of '" + Values.typeName(value) + "' object is unsafe");
            };
            return Optional.of(refused);
        }
        return Optional.empty();
    }

    private static Optional<Object> element(Object value, Object key) {
        if (value instanceof Map<?, ?> map) {
            return key instanceof List || key instanceof Map
                    ? Optional.empty()
                    : Optional.ofNullable(map.get(Values.key(key)));
        }
        boolean ordered = value instanceof List || value instanceof Tuple || value instanceof Range;
        if (!(key instanceof Long || key instanceof Boolean) || !(ordered || value instanceof Text)) {
            return Optional.empty();
        }
        long index = Values.integer(key, "an index");
        int size = Values.size(value).orElseThrow();
        long at = index < 0 ? index + size : index;
        if (at < 0 || at >= size) {
            return Optional.empty();
        }
        return Optional.of(
                value instanceof Text text
                        ? text.slice((int) at, (int) at + 1)
                        : Values.items(value).orElseThrow().get((int) at));
    }

    private static Object sliced(Object value, Slicing slicing) {
        if (value instanceof Text text) {
            return slicing.of(text);
        }
        if (value instanceof List || value instanceof Range) {
            if (value instanceof Range) {
                throw TemplateException.unsupported("a slice of a range");
            }
            return slicing.of(Values.iterate(value));
        }
        if (value instanceof Tuple tuple) {
            return new Tuple(slicing.of(tuple.items()));
        }
        if (value instanceof Map) {
            throw TemplateException.failed("unhashable type: 'slice'");
        }
        return undefined(value, "slice");
    }
}
