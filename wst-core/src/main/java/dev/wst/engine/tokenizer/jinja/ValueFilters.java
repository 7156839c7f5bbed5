package dev.wst.engine.tokenizer.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Filters on numbers and on single values. */
final class ValueFilters {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+(_[0-9]+)*");
    private static final Pattern REAL =
            Pattern.compile("[+-]?([0-9]+(_[0-9]+)*\\.?([0-9]+(_[0-9]+)*)?|\\.[0-9]+(_[0-9]+)*)([eE][+-]?[0-9]+)?");

    private ValueFilters() {}

    static void addTo(Map<String, Filter> all) {
        all.put("default", (frame, value, a) -> otherwise(value, a));
        all.put("d", (frame, value, a) -> otherwise(value, a));
        all.put(
                "attr",
                (frame, value, a) -> Attributes.only(
                        value, a.bind("attr", "name").text("name").toString()));
        all.put("abs", (frame, value, a) -> {
            a.bind("abs");
            return Arithmetic.real(value) < 0 ? Arithmetic.negative(value) : Arithmetic.positive(value);
        });
        all.put("int", (frame, value, a) -> whole(value, a));
        all.put("float", (frame, value, a) -> {
            Object otherwise = a.bind("float", "default").find("default").orElse(0.0);
            return Comparison.isNumber(value)
                    ? Arithmetic.real(value)
                    : number(value).map(Object.class::cast).orElse(otherwise);
        });
        all.put("round", (frame, value, a) -> round(value, a));
    }

    private static Object otherwise(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("default", "default_value", "boolean");
        boolean absent = value instanceof Undefined || (bound.flag("boolean", false) && !Values.isTrue(value));
        return absent ? bound.find("default_value").orElse(Text.EMPTY) : value;
    }

    private static Object whole(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("int", "default", "base");
        Object otherwise = bound.find("default").orElse(0L);
        if (bound.integer("base", 10) != 10) {
            throw TemplateException.unsupported("the filter int with a base");
        }
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (value instanceof Long || value instanceof Boolean) {
            return Values.integer(value, "int");
        }
        if (value instanceof Text text) {
            String trimmed = Trimming.strip(text, Optional.empty(), true, true).toString();
            if (WHOLE.matcher(trimmed).matches()) {
                try {
                    return Long.parseLong(trimmed.replace("_", ""));
                } catch (NumberFormatException e) {
                    throw TemplateException.unsupported("the whole number " + trimmed);
                }
            }
        }
        return number(value)
                .map(real -> {
                    if (!(Math.abs(real) < 1L << 62)) {
                        throw TemplateException.unsupported("the whole number of " + Printing.decimal(real));
                    }
                    return (Object) (long) (double) real;
                })
                .orElse(otherwise);
    }

    private static Optional<Double> number(Object value) {
        if (value instanceof Double real) {
            return Optional.of(real);
        }
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (!(value instanceof Text text)) {
            return Optional.empty();
        }
        String trimmed = Trimming.strip(text, Optional.empty(), true, true).toString();
        if (trimmed.toLowerCase(Locale.ROOT).matches("[+-]?(inf|infinity|nan)")
                || trimmed.chars().anyMatch(c -> c > 127 && Character.isDigit(c))) {
            throw TemplateException.unsupported("the number " + trimmed);
        }
        return REAL.matcher(trimmed).matches()
                ? Optional.of(Double.parseDouble(trimmed.replace("_", "")))
                : Optional.empty();
    }

    private static double power(long places) {
        return Math.pow(10, (double) places);
    }

    private static Object round(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("round", "precision", "method");
        long places = bound.integer("precision", 0);
        String method = bound.text("method", "common").toString();
        if (Math.abs(places) > 300) {
            throw TemplateException.unsupported("rounding to " + places + " places");
        }
        return switch (method) {
            case "common" -> {
                if (!(value instanceof Double real)) {
                    long number = Values.integer(value, "round");
                    yield places >= 0
                            ? (Object) number
                            : new BigDecimal(number)
                                    .setScale((int) places, RoundingMode.HALF_EVEN)
                                    .longValue();
                }
                yield Double.isFinite(real)
                        ? (Object) new BigDecimal(real)
                                .setScale((int) places, RoundingMode.HALF_EVEN)
                                .doubleValue()
                        : real;
            }
            case "ceil" -> Math.ceil(Arithmetic.real(value) * power(places)) / power(places);
            case "floor" -> Math.floor(Arithmetic.real(value) * power(places)) / power(places);
            default -> throw TemplateException.failed("method must be common, ceil or floor");
        };
    }
}
