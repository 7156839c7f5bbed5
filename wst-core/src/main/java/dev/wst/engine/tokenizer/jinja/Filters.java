package dev.wst.engine.tokenizer.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Jinja's filters by their names. */
final class Filters {
    private static final Map<String, Filter> ALL = all();

    private static final Set<String> UNSUPPORTED =
            Set.of("filesizeformat", "pprint", "random", "striptags", "urlize", "wordwrap", "xmlattr");

    private Filters() {}

    private static Map<String, Filter> all() {
        Map<String, Filter> all = new HashMap<>();
        TextFilters.addTo(all);
        SequenceFilters.addTo(all);
        SelectingFilters.addTo(all);
        ValueFilters.addTo(all);
        return Map.copyOf(all);
    }

    static boolean knows(String name) {
        return ALL.containsKey(name) || UNSUPPORTED.contains(name);
    }

    static Object apply(Frame frame, String name, Object value, Arguments arguments) {
        Filter filter = ALL.get(name);
        if (filter == null) {
            throw UNSUPPORTED.contains(name)
                    ? TemplateException.unsupported("the filter " + name)
                    : TemplateException.failed("no filter named '" + name + "'");
        }
        Object result = filter.apply(frame, value, arguments);
        frame.budget().spendOn(result);
        return result;
    }
}
