package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Filters that look at each element of a sequence. */
final class SelectingFilters {
    private SelectingFilters() {}

    static void addTo(Map<String, Filter> all) {
        all.put("map", SelectingFilters::map);
        all.put("select", (frame, value, a) -> select(frame, value, a, false, true));
        all.put("reject", (frame, value, a) -> select(frame, value, a, false, false));
        all.put("selectattr", (frame, value, a) -> select(frame, value, a, true, true));
        all.put("rejectattr", (frame, value, a) -> select(frame, value, a, true, false));
        all.put("sort", (frame, value, a) -> sort(value, a));
        all.put("unique", (frame, value, a) -> unique(value, a));
        all.put("groupby", (frame, value, a) -> groupBy(value, a));
        all.put("dictsort", (frame, value, a) -> sortMap(Values.map(value, "dictsort"), a));
        all.put("min", (frame, value, a) -> extreme(value, a.bind("min", "case_sensitive", "attribute"), -1));
        all.put("max", (frame, value, a) -> extreme(value, a.bind("max", "case_sensitive", "attribute"), 1));
        all.put("sum", (frame, value, a) -> {
            Arguments.Bound bound = a.bind("sum", "attribute", "start");
            Keys keys = Keys.of(bound.find("attribute").orElse(None.NONE), None.NONE, true);
            Object sum = bound.find("start").orElse(0L);
            if (sum instanceof Text) {
                throw TemplateException.failed("sum() can't sum strings");
            }
            for (Object item : Values.iterate(value)) {
                sum = Arithmetic.apply("+", sum, keys.of(item));
            }
            return sum;
        });
    }

    private static Object map(Frame frame, Object value, Arguments arguments) {
        List<Object> mapped = new ArrayList<>();
        if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
            Arguments.Bound bound = arguments.bind("map", "attribute", "default");
            Keys keys = Keys.of(bound.get("attribute"), bound.find("default").orElse(None.NONE), true);
            Values.iterate(value).forEach(item -> mapped.add(keys.of(item)));
            return new Generator(mapped);
        }
        String name = first(arguments, "map");
        Arguments rest = rest(arguments, 1);
        Values.iterate(value).forEach(item -> mapped.add(Filters.apply(frame, name, item, rest)));
        return new Generator(mapped);
    }

    private static Object select(Frame frame, Object value, Arguments arguments, boolean byAttribute, boolean wanted) {
        int from = byAttribute ? 1 : 0;
        if (byAttribute && arguments.positional().isEmpty()) {
            throw TemplateException.failed("Missing parameter for attribute name");
        }
        Keys keys = Keys.of(byAttribute ? arguments.positional().get(0) : None.NONE, None.NONE, true);
        Arguments test = rest(arguments, from);
        boolean named = !test.positional().isEmpty();
        String name = named ? first(test, "select") : "";
        Arguments given = rest(test, 1);
        List<Object> selected = new ArrayList<>();
        for (Object item : Values.iterate(value)) {
            Object key = keys.of(item);
            if ((named ? Tests.test(name, key, given) : Values.isTrue(key)) == wanted) {
                selected.add(item);
            }
        }
        frame.budget().spend(selected.size());
        return new Generator(selected);
    }

    private static String first(Arguments arguments, String who) {
        if (arguments.positional().isEmpty()) {
            throw TemplateException.failed(who + " requires a filter or test argument");
        }
        return Values.text(arguments.positional().get(0), who).toString();
    }

    private static Arguments rest(Arguments arguments, int from) {
        List<Object> positional = arguments.positional();
        return new Arguments(
                positional.subList(Math.min(from, positional.size()), positional.size()), arguments.named());
    }

    private static Object sort(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
        boolean caseMatters = bound.flag("case_sensitive", false);
        List<Keys> keys = new ArrayList<>();
        Object attribute = bound.find("attribute").orElse(None.NONE);
        if (attribute instanceof Text text) {
            for (String one : text.toString().split(",", -1)) {
                keys.add(Keys.of(Text.of(one), None.NONE, caseMatters));
            }
        } else {
            keys.add(Keys.of(attribute, None.NONE, caseMatters));
        }
        Comparator<Object> order = Comparator.comparing(
                item -> keys.stream().map(key -> key.of(item)).toList(), (a, b) -> Comparison.compare(a, b));
        return sorted(Values.iterate(value), bound.flag("reverse", false) ? order.reversed() : order);
    }

    private static List<Object> sorted(List<Object> items, Comparator<Object> order) {
        List<Object> sorted = new ArrayList<>(items);
        sorted.sort(order);
        return sorted;
    }

    private static Object unique(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("unique", "case_sensitive", "attribute");
        Keys keys = Keys.of(bound.find("attribute").orElse(None.NONE), None.NONE, bound.flag("case_sensitive", false));
        List<Object> seen = new ArrayList<>();
        List<Object> unique = new ArrayList<>();
        for (Object item : Values.iterate(value)) {
            Object key = keys.of(item);
            if (seen.stream().noneMatch(one -> Comparison.equal(one, key))) {
                seen.add(key);
                unique.add(item);
            }
        }
        return new Generator(unique);
    }

    private static Object groupBy(Object value, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("groupby", "attribute", "default", "case_sensitive");
        Object otherwise = bound.find("default").orElse(None.NONE);
        Keys keys = Keys.of(bound.get("attribute"), otherwise, bound.flag("case_sensitive", false));
        Keys shown = Keys.of(bound.get("attribute"), otherwise, true);
        List<Object> groups = new ArrayList<>();
        List<Object> open = new ArrayList<>();
        for (Object item : sorted(Values.iterate(value), (a, b) -> Comparison.compare(keys.of(a), keys.of(b)))) {
            if (!open.isEmpty() && !Comparison.equal(keys.of(open.get(0)), keys.of(item))) {
                groups.add(group(shown, open));
                open = new ArrayList<>();
            }
            open.add(item);
        }
        if (!open.isEmpty()) {
            groups.add(group(shown, open));
        }
        return groups;
    }

    private static Tuple group(Keys shown, List<Object> items) {
        return new Tuple(List.of(shown.of(items.get(0)), items), true);
    }

    private static Object sortMap(Map<Object, Object> map, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
        String by = bound.text("by", "key").toString();
        if (!by.equals("key") && !by.equals("value")) {
            throw TemplateException.failed("You can only sort by either \"key\" or \"value\"");
        }
        Keys keys = Keys.of(by.equals("key") ? 0L : 1L, None.NONE, bound.flag("case_sensitive", false));
        Comparator<Object> order = (a, b) -> Comparison.compare(keys.of(a), keys.of(b));
        return sorted(ContainerMethods.pairs(map), bound.flag("reverse", false) ? order.reversed() : order);
    }

    private static Object extreme(Object value, Arguments.Bound bound, int sign) {
        Keys keys = Keys.of(bound.find("attribute").orElse(None.NONE), None.NONE, bound.flag("case_sensitive", false));
        List<Object> items = Values.iterate(value);
        if (items.isEmpty()) {
            return new Undefined("No aggregated item, sequence was empty.");
        }
        Object best = items.get(0);
        for (Object item : items) {
            if (sign * Comparison.compare(keys.of(item), keys.of(best)) > 0) {
                best = item;
            }
        }
        return best;
    }
}
