package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A piece of template with parameters.
 *
 * @param defaults of the last parameters
 */
record Macro(String name, List<String> parameters, List<Expression> defaults, Body body) {

    /**
     * What a macro writes.
     *
     * @param used names that it mentions: caller, varargs and kwargs are there only for bodies that do
     */
    record Body(Statement statement, Set<String> used) {}

    /** The macro as a value; it sees the names of the place where it was written. */
    Function in(Frame home) {
        return (frame, arguments) -> {
            frame.budget().enter();
            TextBuilder out = new TextBuilder();
            body.statement.run(bind(home.inner(), arguments), out);
            frame.budget().leave();
            frame.budget().spend(out.length());
            return out.text();
        };
    }

    private Frame bind(Frame frame, Arguments arguments) {
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        List<Object> positional = arguments.positional();
        for (int i = 0; i < parameters.size(); i++) {
            String parameter = parameters.get(i);
            Object byName = named.remove(parameter);
            if (i < positional.size() && byName != null) {
                throw TemplateException.failed("macro " + name + " got two values for " + parameter);
            }
            int fromEnd = i - (parameters.size() - defaults.size());
            if (i < positional.size()) {
                frame.set(parameter, positional.get(i));
            } else if (byName != null) {
                frame.set(parameter, byName);
            } else if (fromEnd >= 0) {
                frame.set(parameter, defaults.get(fromEnd).value(frame));
            } else {
                frame.set(parameter, new Undefined("parameter '" + parameter + "' was not provided"));
            }
        }
        if (body.used.contains("caller") && !parameters.contains("caller")) {
            Object caller = named.remove("caller");
            frame.set("caller", caller != null ? caller : new Undefined("No caller defined"));
        }
        if (body.used.contains("kwargs")) {
            Map<Object, Object> rest = new LinkedHashMap<>();
            named.forEach((key, value) -> rest.put(Text.of(key), value));
            frame.set("kwargs", rest);
        } else if (!named.isEmpty()) {
            throw TemplateException.failed("macro " + name + " takes no argument named "
                    + named.keySet().iterator().next());
        }
        int most = Math.min(parameters.size(), positional.size());
        if (body.used.contains("varargs")) {
            frame.set("varargs", new Tuple(new ArrayList<>(positional.subList(most, positional.size()))));
        } else if (positional.size() > most) {
            throw TemplateException.failed(
                    "macro " + name + " takes not more than " + parameters.size() + " arguments");
        }
        return frame;
    }
}
