package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Python's values are here: {@link None}, Boolean, Long, Double, {@link Text}, List, {@link Tuple}, Map and the types
 * of this package.
 */
final class Values {
    private Values() {}

    /** Python's value of what comes from JSON or a message: texts are said to come from the message. */
    @SuppressWarnings("NullAway") // null stands for None in what callers give
    static Object of(@Nullable Object value) {
        if (value == null) {
            return None.NONE;
        }
        if (value instanceof String string) {
            return Text.foreign(string);
        }
        if (value instanceof Integer number) {
            return (long) number;
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(of(item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> items = new LinkedHashMap<>();
            map.forEach((key, item) -> items.put(key instanceof String name ? Text.of(name) : of(key), of(item)));
            return items;
        }
        return value;
    }

    static String typeName(Object value) {
        if (value instanceof Text) {
            return "str";
        }
        if (value instanceof Long) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value == None.NONE) {
            return "NoneType";
        }
        if (value instanceof List) {
            return "list";
        }
        if (value instanceof Map) {
            return "dict";
        }
        if (value instanceof Function) {
            return "function";
        }
        return value instanceof View view
                ? view.name()
                : value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    static boolean isTrue(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value == None.NONE || value instanceof Undefined) {
            return false;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        return size(value).map(size -> size != 0).orElse(true);
    }

    /** What {@code len} gives; empty where Python has none. */
    static Optional<Integer> size(Object value) {
        if (value instanceof Text text) {
            return Optional.of(text.length());
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of(map.size());
        }
        if (value instanceof Undefined) {
            return Optional.of(0);
        }
        return value instanceof Loop loop
                ? Optional.of(loop.size())
                : items(value).map(List::size);
    }

    /** The elements of what is held as a list. */
    @SuppressWarnings("unchecked")
    static Optional<List<Object>> items(Object value) {
        if (value instanceof List<?> list) {
            return Optional.of((List<Object>) list);
        }
        if (value instanceof Tuple tuple) {
            return Optional.of(tuple.items());
        }
        if (value instanceof Range range) {
            return Optional.of(range.items());
        }
        if (value instanceof View view) {
            return Optional.of(view.items());
        }
        return value instanceof Bytes bytes ? Optional.of(bytes.items()) : Optional.empty();
    }

    static boolean isIterable(Object value) {
        return value instanceof Generator || size(value).isPresent();
    }

    /** Everything that going through a value gives. */
    static List<Object> iterate(Object value) {
        if (value instanceof Text text) {
            List<Object> characters = new ArrayList<>(text.length());
            for (int i = 0; i < text.length(); i++) {
                characters.add(text.slice(i, i + 1));
            }
            return characters;
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        if (value instanceof Generator generator) {
            return generator.drain();
        }
        return items(value)
                .orElseThrow(() -> TemplateException.failed("'" + typeName(value) + "' object is not iterable"));
    }

    static Text text(Object value, String who) {
        if (value instanceof Text text) {
            return text;
        }
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        throw TemplateException.failed(who + " needs a str, got " + typeName(value));
    }

    static long integer(Object value, String who) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        throw TemplateException.failed(who + " needs an int, got " + typeName(value));
    }

    @SuppressWarnings("unchecked")
    static Map<Object, Object> map(Object value, String who) {
        if (value instanceof Map<?, ?> map) {
            return (Map<Object, Object>) map;
        }
        throw TemplateException.failed(who + " needs a dict, got " + typeName(value));
    }

    /** What may be a dict's key, in the form under which it is found: 1, 1.0 and True are one key. */
    static Object key(Object value) {
        if (value instanceof Boolean flag) {
            throw TemplateException.unsupported("a dict with the key " + (flag ? "True" : "False"));
        }
        if (value instanceof Double number) {
            throw TemplateException.unsupported("a dict with the float key " + number);
        }
        if (value instanceof List || value instanceof Map || value instanceof View) {
            throw TemplateException.failed("unhashable type: '" + typeName(value) + "'");
        }
        return value instanceof Text text ? text.plain() : value;
    }
}
