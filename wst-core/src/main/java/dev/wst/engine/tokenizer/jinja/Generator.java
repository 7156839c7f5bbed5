package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What filters such as map give: a sequence that can be gone through once. */
final class Generator {
    private final Iterator<Object> left;

    Generator(List<Object> items) {
        left = items.iterator();
    }

    Iterator<Object> iterator() {
        return left;
    }

    List<Object> drain() {
        List<Object> all = new ArrayList<>();
        left.forEachRemaining(all::add);
        return all;
    }
}
