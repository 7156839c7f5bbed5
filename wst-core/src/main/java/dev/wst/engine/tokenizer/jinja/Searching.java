package dev.wst.engine.tokenizer.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's methods of str that look for a text in another, such as find and count. */
final class Searching {
    private Searching() {}

    /** @param how find, rfind, index or rindex */
    static Object find(Text text, Arguments arguments, String how) {
        Arguments.Bound bound = arguments.bind(how, "sub", "start", "end");
        Text wanted = bound.text("sub");
        Part part = part(text, bound);
        if (part == null) {
            return place(-1, wanted, how);
        }
        int at = how.startsWith("r") ? part.text.lastIndexOf(wanted, part.text.length()) : part.text.indexOf(wanted, 0);
        return place(at < 0 ? -1 : at + part.from, wanted, how);
    }

    private static long place(int at, Text wanted, String how) {
        if (at < 0 && how.endsWith("index")) {
            throw TemplateException.failed("substring not found: " + wanted);
        }
        return at;
    }

    static Object count(Text text, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("count", "sub", "start", "end");
        Text wanted = bound.text("sub");
        Part part = part(text, bound);
        if (part == null) {
            return 0L;
        }
        if (wanted.length() == 0) {
            return part.text.length() + 1L;
        }
        long count = 0;
        for (int at = part.text.indexOf(wanted, 0); at >= 0; at = part.text.indexOf(wanted, at + wanted.length())) {
            count++;
        }
        return count;
    }

    /** @param how startswith or endswith */
    static Object fixed(Text text, Arguments arguments, String how) {
        Arguments.Bound bound = arguments.bind(how, "prefix", "start", "end");
        Object wanted = bound.get("prefix");
        Part part = part(text, bound);
        List<Object> any = wanted instanceof Tuple tuple ? tuple.items() : List.of(Values.text(wanted, how));
        return part != null
                && any.stream()
                        .map(one -> Values.text(one, how))
                        .anyMatch(one -> how.equals("startswith")
                                ? part.text.startsWith(one, 0)
                                : part.text.startsWith(one, part.text.length() - one.length()));
    }

    private record Part(Text text, int from) {}

    /** The part of a text that start and end name; null if start lies behind the text, where Python finds not even "". */
    private static @Nullable Part part(Text text, Arguments.Bound bound) {
        long from = bound.given("start").map(v -> Values.integer(v, "start")).orElse(0L);
        long to = bound.given("end").map(v -> Values.integer(v, "end")).orElse((long) text.length());
        from = from < 0 ? Math.max(0, from + text.length()) : from;
        to = to < 0 ? Math.max(0, to + text.length()) : Math.min(to, text.length());
        return from > to ? null : new Part(text.slice((int) from, (int) to), (int) from);
    }

    /** @param most replacements; negative for all */
    static Text replace(Text text, Text old, Text by, long most) {
        TextBuilder out = new TextBuilder();
        long left = most < 0 ? Long.MAX_VALUE : most;
        int from = 0;
        int at = text.indexOf(old, 0);
        while (at >= 0 && left > 0) {
            out.append(text.slice(from, at)).append(by);
            left--;
            from = at + old.length();
            if (old.length() == 0) {
                if (at == text.length()) {
                    break;
                }
                out.append(text.slice(at, at + 1));
                from = at + 1;
            }
            at = text.indexOf(old, from);
        }
        return from < text.length() ? out.append(text.slice(from)).text() : out.text();
    }
}
