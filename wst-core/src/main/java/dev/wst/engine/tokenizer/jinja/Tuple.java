package dev.wst.engine.tokenizer.jinja;

import java.util.List;

/**
 * Python's tuple: as a list, but printed in parentheses and equal to tuples only.
 *
 * @param isGroup whether groupby made it: then its elements have the names grouper and list
 */
record Tuple(List<Object> items, boolean isGroup) {
    Tuple(List<Object> items) {
        this(items, false);
    }

    static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }
}
