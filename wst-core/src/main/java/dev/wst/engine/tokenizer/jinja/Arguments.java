package dev.wst.engine.tokenizer.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a call, by position and by name. */
record Arguments(List<Object> positional, Map<String, Object> named) {
    static final Arguments NONE = of();

    static Arguments of(Object... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    int count() {
        return positional.size() + named.size();
    }

    /** Gives the arguments the names of a function's parameters. */
    Bound bind(String function, String... parameters) {
        if (positional.size() > parameters.length) {
            throw TemplateException.failed(
                    function + " takes at most " + parameters.length + " arguments, got " + positional.size());
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < positional.size(); i++) {
            values.put(parameters[i], positional.get(i));
        }
        List<String> known = List.of(parameters);
        named.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw TemplateException.failed(function + " takes no argument named " + name);
            }
            if (values.put(name, value) != null) {
                throw TemplateException.failed(function + " got two values for " + name);
            }
        });
        return new Bound(function, values);
    }

    /** Arguments by their names. */
    record Bound(String function, Map<String, Object> values) {
        Optional<Object> find(String name) {
            return Optional.ofNullable(values.get(name));
        }

        /** Empty if absent or None. */
        Optional<Object> given(String name) {
            return find(name).filter(value -> value != None.NONE);
        }

        Object get(String name) {
            return find(name).orElseThrow(() -> TemplateException.failed(function + " needs the argument " + name));
        }

        Text text(String name) {
            return Values.text(get(name), function);
        }

        long integer(String name, long otherwise) {
            return find(name).map(value -> Values.integer(value, function)).orElse(otherwise);
        }

        boolean flag(String name, boolean otherwise) {
            return find(name).map(Values::isTrue).orElse(otherwise);
        }

        Text text(String name, String otherwise) {
            return find(name).map(value -> Values.text(value, function)).orElseGet(() -> Text.of(otherwise));
        }
    }
}
