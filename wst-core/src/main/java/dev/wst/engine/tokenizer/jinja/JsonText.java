package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** JSON as Python's json.dumps writes it, which is what transformers puts in the place of Jinja's own tojson. */
final class JsonText {
    private final boolean ascii;
    private final Optional<Text> indent;
    private final Text betweenItems;
    private final Text betweenKeyAndValue;
    private final boolean sorted;

    private JsonText(boolean ascii, Optional<Text> indent, Text items, Text keys, boolean sorted) {
        this.ascii = ascii;
        this.indent = indent;
        this.betweenItems = items;
        this.betweenKeyAndValue = keys;
        this.sorted = sorted;
    }

    static Text of(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
        Optional<Text> indent = bound.given("indent")
                .map(by -> by instanceof Text text
                        ? text
                        : new TextBuilder()
                                .repeat(Text.of(" "), Values.integer(by, "indent"))
                                .text());
        List<Object> separators = bound.given("separators")
                .map(Values::iterate)
                .orElseGet(() -> List.of(Text.of(indent.isPresent() ? "," : ", "), Text.of(": ")));
        if (separators.size() != 2) {
            throw TemplateException.failed("tojson needs two separators, got " + separators.size());
        }
        TextBuilder out = new TextBuilder();
        new JsonText(
                        bound.flag("ensure_ascii", false),
                        indent,
                        Values.text(separators.get(0), "tojson"),
                        Values.text(separators.get(1), "tojson"),
                        bound.flag("sort_keys", false))
                .write(value, 0, out);
        return out.text();
    }

    private void write(Object value, int depth, TextBuilder out) {
        if (value instanceof Text text) {
            out.append("\"").append(text.plain().map(this::escaped)).append("\"");
        } else if (value == None.NONE) {
            out.append("null");
        } else if (value instanceof Boolean || value instanceof Long) {
            out.append(value.toString());
        } else if (value instanceof Double number) {
            out.append(real(number));
        } else if (value instanceof List || value instanceof Tuple) {
            writeItems(Values.iterate(value), depth, out);
        } else if (value instanceof Map) {
            writeMap(Values.map(value, "tojson"), depth, out);
        } else {
            throw TemplateException.failed("Object of type " + Values.typeName(value) + " is not JSON serializable");
        }
    }

    private void writeItems(List<Object> items, int depth, TextBuilder out) {
        out.append("[");
        for (int i = 0; i < items.size(); i++) {
            out.append(i > 0 ? betweenItems : Text.EMPTY);
            newLine(depth + 1, out);
            write(items.get(i), depth + 1, out);
        }
        if (!items.isEmpty()) {
            newLine(depth, out);
        }
        out.append("]");
    }

    private void writeMap(Map<Object, Object> map, int depth, TextBuilder out) {
        List<Object> keys = new ArrayList<>(map.keySet());
        if (sorted) {
            keys.sort(Comparison::compare);
        }
        out.append("{");
        for (int i = 0; i < keys.size(); i++) {
            out.append(i > 0 ? betweenItems : Text.EMPTY);
            newLine(depth + 1, out);
            Object key = keys.get(i);
            write(key instanceof Text ? key : Text.of(key(key)), depth + 1, out);
            out.append(betweenKeyAndValue);
            write(Objects.requireNonNull(map.get(key)), depth + 1, out);
        }
        if (!keys.isEmpty()) {
            newLine(depth, out);
        }
        out.append("}");
    }

    private static String key(Object key) {
        if (key == None.NONE) {
            return "null";
        }
        if (key instanceof Long) {
            return key.toString();
        }
        throw TemplateException.failed("keys must be str, int, float, bool or None, not " + Values.typeName(key));
    }

    private void newLine(int depth, TextBuilder out) {
        indent.ifPresent(by -> out.append("\n").repeat(by, depth));
    }

    private static String real(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        return Double.isInfinite(number) ? (number > 0 ? "Infinity" : "-Infinity") : Printing.decimal(number);
    }

    private String escaped(int point) {
        return switch (point) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> point < 0x20 || (ascii && point > 0x7e) ? units(point) : Character.toString(point);
        };
    }

    private static String units(int point) {
        StringBuilder out = new StringBuilder();
        for (char unit : Character.toChars(point)) {
            out.append(String.format("\\u%04x", (int) unit));
        }
        return out.toString();
    }
}
