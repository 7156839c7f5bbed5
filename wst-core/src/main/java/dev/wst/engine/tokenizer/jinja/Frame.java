package dev.wst.engine.tokenizer.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names in force at a place of a template. */
final class Frame {
    private final @Nullable Frame outer;
    private final Map<String, Object> names = new HashMap<>();
    private final Budget budget;

    private Frame(@Nullable Frame outer, Budget budget) {
        this.outer = outer;
        this.budget = budget;
    }

    static Frame root(Map<String, Object> names, Budget budget) {
        Frame frame = new Frame(null, budget);
        frame.names.putAll(names);
        return frame;
    }

    Frame inner() {
        return new Frame(this, budget);
    }

    Budget budget() {
        return budget;
    }

    void set(String name, Object value) {
        names.put(name, value);
    }

    Object get(String name) {
        for (Frame frame = this; frame != null; frame = frame.outer) {
            Object value = frame.names.get(name);
            if (value != null) {
                return value;
            }
        }
        if (name.equals("self")) {
            throw TemplateException.unsupported("the name self, which stands for the template's blocks");
        }
        return new Undefined("'" + name + "' is undefined");
    }
}
