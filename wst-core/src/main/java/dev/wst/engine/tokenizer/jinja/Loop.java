package dev.wst.engine.tokenizer.jinja;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop} of one for. */
final class Loop {
    private final List<Object> items;
    private final int depth;
    private final @Nullable Function recursion;
    private int index = -1;
    private @Nullable List<Object> last;

    /** @param recursion what calling the loop does; null if it is not recursive */
    Loop(List<Object> items, int depth, @Nullable Function recursion) {
        this.items = items;
        this.depth = depth;
        this.recursion = recursion;
    }

    void advance() {
        index++;
    }

    int size() {
        return items.size();
    }

    Object again(Frame frame, Arguments arguments) {
        if (recursion == null) {
            throw TemplateException.failed("The loop must have the 'recursive' marker to be called recursively.");
        }
        return recursion.call(frame, arguments);
    }

    Optional<Object> attribute(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "index" -> (Object) (index + 1L);
                    case "index0" -> (long) index;
                    case "revindex" -> (long) size() - index;
                    case "revindex0" -> size() - index - 1L;
                    case "first" -> index == 0;
                    case "last" -> index == size() - 1;
                    case "length" -> (long) size();
                    case "depth" -> depth + 1L;
                    case "depth0" -> (long) depth;
                    case "previtem" -> index == 0 ? new Undefined("there is no previous item") : items.get(index - 1);
                    case "nextitem" ->
                        index == size() - 1 ? new Undefined("there is no next item") : items.get(index + 1);
                    case "cycle" -> (Function) this::cycle;
                    case "changed" -> (Function) this::changed;
                    default -> null;
                });
    }

    private Object cycle(Frame frame, Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            throw TemplateException.failed("no items for cycling given");
        }
        return arguments.positional().get(index % arguments.positional().size());
    }

    private Object changed(Frame frame, Arguments arguments) {
        boolean same = last != null && Comparison.equal(last, arguments.positional());
        last = arguments.positional();
        return !same;
    }
}
