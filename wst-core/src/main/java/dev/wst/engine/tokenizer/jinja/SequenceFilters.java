package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Filters that take a sequence apart or put one together. */
final class SequenceFilters {
    private SequenceFilters() {}

    static void addTo(Map<String, Filter> all) {
        all.put("length", (frame, value, a) -> length(value, a));
        all.put("count", (frame, value, a) -> length(value, a));
        all.put("list", (frame, value, a) -> {
            a.bind("list");
            return new ArrayList<>(Values.iterate(value));
        });
        all.put("first", (frame, value, a) -> first(value, a));
        all.put("last", (frame, value, a) -> last(value, a));
        all.put("join", (frame, value, a) -> join(value, a));
        all.put("reverse", (frame, value, a) -> reverse(value, a));
        all.put("batch", (frame, value, a) -> batch(value, a));
        all.put("slice", (frame, value, a) -> slice(value, a));
        all.put("items", (frame, value, a) -> {
            a.bind("items");
            return value instanceof Undefined
                    ? new Generator(List.of())
                    : new Generator(ContainerMethods.pairs(Values.map(value, "items")));
        });
    }

    private static Object length(Object value, Arguments arguments) {
        arguments.bind("length");
        return (long) Values.size(value)
                .orElseThrow(
                        () -> TemplateException.failed("object of type '" + Values.typeName(value) + "' has no len()"));
    }

    private static Object first(Object value, Arguments arguments) {
        arguments.bind("first");
        Iterator<Object> items = value instanceof Generator generator
                ? generator.iterator()
                : Values.iterate(value).iterator();
        return items.hasNext() ? items.next() : new Undefined("No first item, sequence was empty.");
    }

    private static Object last(Object value, Arguments arguments) {
        arguments.bind("last");
        if (value instanceof Generator) {
            throw TemplateException.failed("'" + Values.typeName(value) + "' object is not reversible");
        }
        List<Object> items = Values.iterate(value);
        return items.isEmpty() ? new Undefined("No last item, sequence was empty.") : items.get(items.size() - 1);
    }

    private static Text join(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("join", "d", "attribute");
        Text between = Printing.str(bound.find("d").orElse(Text.EMPTY)).plain();
        Keys keys = Keys.of(bound.find("attribute").orElse(None.NONE), None.NONE, true);
        TextBuilder out = new TextBuilder();
        boolean first = true;
        for (Object item : Values.iterate(value)) {
            out.append(first ? Text.EMPTY : between).append(Printing.str(keys.of(item)));
            first = false;
        }
        return out.text();
    }

    private static Object reverse(Object value, Arguments arguments) {
        arguments.bind("reverse");
        if (value instanceof Text text) {
            return new Slicing(None.NONE, None.NONE, -1L).of(text);
        }
        List<Object> items = new ArrayList<>(Values.iterate(value));
        Collections.reverse(items);
        return value instanceof Generator || value instanceof Undefined ? items : new Generator(items);
    }

    private static Object batch(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("batch", "linecount", "fill_with");
        long size = Values.integer(bound.get("linecount"), "batch");
        List<Object> batches = new ArrayList<>();
        List<Object> open = new ArrayList<>();
        for (Object item : Values.iterate(value)) {
            if (open.size() == size) {
                batches.add(open);
                open = new ArrayList<>();
            }
            open.add(item);
        }
        if (!open.isEmpty()) {
            TextBuilder.requireRoom(size);
            while (bound.given("fill_with").isPresent() && open.size() < size) {
                open.add(bound.get("fill_with"));
            }
            batches.add(open);
        }
        return new Generator(batches);
    }

    private static Object slice(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("slice", "slices", "fill_with");
        List<Object> items = Values.iterate(value);
        long slices = Values.integer(bound.get("slices"), "slice");
        TextBuilder.requireRoom(slices);
        if (slices == 0) {
            throw TemplateException.failed("division by zero");
        }
        int each = items.size() / (int) slices;
        int longer = items.size() % (int) slices;
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < slices; i++) {
            int to = from + each + (i < longer ? 1 : 0);
            List<Object> part = new ArrayList<>(items.subList(from, to));
            if (bound.given("fill_with").isPresent() && i >= longer) {
                part.add(bound.get("fill_with"));
            }
            parts.add(part);
            from = to;
        }
        return new Generator(parts);
    }
}
