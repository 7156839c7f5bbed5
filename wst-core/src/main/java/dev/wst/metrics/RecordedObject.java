package dev.wst.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wst.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object in a file of a run: a line, or all of it. A field that is not of the kind that a run writes is refused, and the message
 * says where.
 *
 * @param place the file, or a line of it
 */
record RecordedObject(JsonNode json, String place) {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
    private static final int SHOWN = 100;

    /** @throws InvalidInputException if it is something else */
    RecordedObject {
        if (!json.isObject()) {
            throw damaged(place, "it should be an object in braces, but is " + shown(json), null);
        }
    }

    /**
     * Reads a text.
     *
     * @throws InvalidInputException if it is not one whole object
     */
    static RecordedObject parse(byte[] text, String place) {
        try {
            return new RecordedObject(READER.readTree(text), place);
        } catch (JsonProcessingException e) {
            throw damaged(place, e.getOriginalMessage(), e);
        } catch (IOException e) {
            // Nothing is read here but memory: it is in no encoding of texts.
            throw damaged(place, String.valueOf(e.getMessage()), e);
        }
    }

    /** How a line of a file is named in messages. */
    static String line(int number, Object file) {
        return "line " + number + " of " + file;
    }

    static InvalidInputException damaged(String place, String why, @Nullable Throwable cause) {
        return new InvalidInputException(
                place + " is damaged: " + why + "; put the file back as it was written", cause);
    }

    /** What is made of it; what cannot be made is refused as the rest is. */
    <T> T made(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw damaged(place, String.valueOf(e.getMessage()), e);
        }
    }

    boolean has(String name) {
        return json.has(name);
    }

    /** The number of the file's form, as text. */
    String format() {
        return json.path("format").asText("none");
    }

    String text(String name) {
        return text(name, json.path(name));
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** At least 0. */
    int count(String name) {
        return count(name, json.path(name));
    }

    OptionalInt optionalCount(String name) {
        return has(name) ? OptionalInt.of(count(name)) : OptionalInt.empty();
    }

    /** At least 0. */
    long longCount(String name) {
        JsonNode value = json.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw refused(name, "a whole number from 0 to " + Long.MAX_VALUE, value);
        }
        return value.longValue();
    }

    double number(String name) {
        return number(name, json.path(name));
    }

    /** One of the values of an enum, by its name. */
    <E extends Enum<E>> E one(String name, Class<E> values) {
        return one(name, text(name), values);
    }

    /** The same of a text that is a part of the field. */
    <E extends Enum<E>> E one(String name, String value, Class<E> values) {
        return Arrays.stream(values.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(
                        () -> refused(name, "one of " + Arrays.toString(values.getEnumConstants()), json.path(name)));
    }

    /** The texts of an object; none where it is not there. */
    Map<String, String> texts(String name) {
        return fields(name, this::text);
    }

    /** The numbers of an object; none where it is not there. */
    Map<String, Double> numbers(String name) {
        return fields(name, this::number);
    }

    /** The numbers of this object but one. */
    Map<String, Double> numbersWithout(String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        json.properties().stream()
                .filter(field -> !field.getKey().equals(name))
                .forEach(field -> numbers.put(field.getKey(), number(field.getKey(), field.getValue())));
        return numbers;
    }

    private <T> Map<String, T> fields(String name, Reading<T> reading) {
        Map<String, T> fields = new LinkedHashMap<>();
        JsonNode object = json.path(name);
        if (!object.isMissingNode() && !object.isObject()) {
            throw refused(name, "an object in braces", object);
        }
        object.properties()
                .forEach(field ->
                        fields.put(field.getKey(), reading.read(name + "." + field.getKey(), field.getValue())));
        return fields;
    }

    /** How the value of a field is read. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(String name, JsonNode value);
    }

    /** The object that a field is; nothing where it is not there. */
    Optional<RecordedObject> object(String name) {
        return has(name) ? Optional.of(inner(name, json.path(name))) : Optional.empty();
    }

    /** The objects of a list; none where it is not there. */
    List<RecordedObject> objects(String name) {
        return list(name, one -> inner(name, one));
    }

    /** The texts of a list; none where it is not there. */
    List<String> listOfTexts(String name) {
        return list(name, one -> text(name, one));
    }

    /** The counts of a list; none where it is not there. */
    int[] listOfCounts(String name) {
        return list(name, one -> count(name, one)).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The numbers of a list; none where it is not there. */
    double[] listOfNumbers(String name) {
        return list(name, one -> number(name, one)).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private <T> List<T> list(String name, Function<JsonNode, T> reading) {
        JsonNode list = json.path(name);
        if (!list.isMissingNode() && !list.isArray()) {
            throw refused(name, "a list in brackets", list);
        }
        List<T> all = new ArrayList<>();
        list.forEach(one -> all.add(reading.apply(one)));
        return all;
    }

    private RecordedObject inner(String name, JsonNode value) {
        if (!value.isObject()) {
            throw refused(name, "an object in braces", value);
        }
        return new RecordedObject(value, place);
    }

    private String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw refused(name, "a text", value);
        }
        return value.textValue();
    }

    private int count(String name, JsonNode value) {
        if (!value.isInt() || value.intValue() < 0) {
            throw refused(name, "a whole number from 0 to " + Integer.MAX_VALUE, value);
        }
        return value.intValue();
    }

    private double number(String name, JsonNode value) {
        if (value.isTextual()) {
            // Where JSON has no number, Jackson writes a name.
            return switch (value.textValue()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw refused(name, "a number", value);
            };
        }
        if (!value.isNumber()) {
            throw refused(name, "a number", value);
        }
        return value.doubleValue();
    }

    private InvalidInputException refused(String name, String expected, JsonNode value) {
        return damaged(place, name + " should be " + expected + ", but is " + shown(value), null);
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "missing" : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " ...";
    }
}
