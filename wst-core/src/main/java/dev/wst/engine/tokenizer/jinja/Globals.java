package dev.wst.engine.tokenizer.jinja;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions that every template has. */
final class Globals {
    /** As Jinja's sandbox has it. */
    private static final long LONGEST_RANGE = 100_000;

    private Globals() {}

    /** A value of several functions, such as a cycler. */
    record Joined(Map<String, Function> functions) {
        Optional<Object> attribute(String name) {
            if (name.equals("current")) {
                throw TemplateException.unsupported("the attribute current of a cycler");
            }
            return Optional.ofNullable(functions.get(name));
        }
    }

    static Map<String, Object> all(LocalDateTime now) {
        Map<String, Object> all = new LinkedHashMap<>();
        put(all, "range", (frame, arguments) -> range(arguments));
        put(all, "dict", (frame, arguments) -> dict(arguments));
        put(all, "namespace", (frame, arguments) -> {
            Namespace made = new Namespace();
            dict(arguments).forEach((key, value) -> made.values.put(key.toString(), value));
            return made;
        });
        put(
                all,
                "joiner",
                (frame, arguments) -> joiner(arguments.bind("joiner", "sep").text("sep", ", ")));
        put(all, "cycler", (frame, arguments) -> cycler(arguments.positional()));
        put(all, "lipsum", (frame, arguments) -> {
            throw TemplateException.unsupported("the function lipsum");
        });
        put(all, "raise_exception", (frame, arguments) -> {
            String message = Printing.str(
                            arguments.bind("raise_exception", "message").get("message"))
                    .toString();
            throw new TemplateException(TemplateException.Kind.REFUSED, message);
        });
        put(
                all,
                "strftime_now",
                (frame, arguments) -> Text.of(Dates.format(
                        now,
                        arguments.bind("strftime_now", "format").text("format").toString())));
        return all;
    }

    private static void put(Map<String, Object> all, String name, Function function) {
        all.put(name, function);
    }

    private static Range range(Arguments arguments) {
        List<Object> given = arguments.bind("range", "start", "stop", "step").values().values().stream()
                .toList();
        if (given.isEmpty() || !arguments.named().isEmpty()) {
            throw TemplateException.failed("range needs 1 to 3 numbers");
        }
        long first = Values.integer(given.get(0), "range");
        long start = given.size() == 1 ? 0 : first;
        long stop = given.size() == 1 ? first : Values.integer(given.get(1), "range");
        long step = given.size() < 3 ? 1 : Values.integer(given.get(2), "range");
        if (step == 0) {
            throw TemplateException.failed("range: the step must not be zero");
        }
        List<Object> items = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
            if (items.size() == LONGEST_RANGE) {
                throw TemplateException.failed("Range too big. The sandbox blocks ranges larger than " + LONGEST_RANGE);
            }
            items.add(i);
        }
        return new Range("range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")", items);
    }

    private static Map<Object, Object> dict(Arguments arguments) {
        Map<Object, Object> all = new LinkedHashMap<>();
        for (Object from : arguments.positional()) {
            if (from instanceof Map) {
                all.putAll(Values.map(from, "dict"));
            } else {
                for (Object pair : Values.iterate(from)) {
                    List<Object> both = Values.iterate(pair);
                    if (both.size() != 2) {
                        throw TemplateException.failed("dict needs pairs, got " + both.size() + " elements");
                    }
                    all.put(Values.key(both.get(0)), both.get(1));
                }
            }
        }
        arguments.named().forEach((name, value) -> all.put(Text.of(name), value));
        return all;
    }

    private static Function joiner(Text separator) {
        boolean[] used = {false};
        return (frame, arguments) -> {
            Text result = used[0] ? separator : Text.EMPTY;
            used[0] = true;
            return result;
        };
    }

    private static Joined cycler(List<Object> items) {
        if (items.isEmpty()) {
            throw TemplateException.failed("at least one item has to be provided");
        }
        int[] at = {0};
        return new Joined(Map.of(
                "next",
                        (frame, arguments) -> {
                            Object item = items.get(at[0]);
                            at[0] = (at[0] + 1) % items.size();
                            return item;
                        },
                "reset",
                        (frame, arguments) -> {
                            at[0] = 0;
                            return None.NONE;
                        }));
    }
}
