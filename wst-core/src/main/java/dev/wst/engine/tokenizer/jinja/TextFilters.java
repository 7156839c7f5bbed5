package dev.wst.engine.tokenizer.jinja;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Filters that give texts. */
final class TextFilters {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");
    private static final String WORD_BEGINNINGS = "-({[<";
    private static final String UNRESERVED = "_.-~/";

    private TextFilters() {}

    static void addTo(Map<String, Filter> all) {
        all.put("upper", (frame, value, a) -> Casing.upper(plain(value, a, "upper")));
        all.put("lower", (frame, value, a) -> Casing.lower(plain(value, a, "lower")));
        all.put("capitalize", (frame, value, a) -> Casing.capitalize(plain(value, a, "capitalize")));
        all.put("title", (frame, value, a) -> title(plain(value, a, "title")));
        all.put("string", (frame, value, a) -> plain(value, a, "string"));
        all.put("safe", (frame, value, a) -> plain(value, a, "safe").asEscaped());
        all.put("escape", (frame, value, a) -> Escaping.escape(plain(value, a, "escape")));
        all.put("e", (frame, value, a) -> Escaping.escape(plain(value, a, "e")));
        all.put("forceescape", (frame, value, a) -> Escaping.always(plain(value, a, "forceescape")));
        all.put(
                "trim",
                (frame, value, a) -> Trimming.strip(
                        Printing.str(value),
                        a.bind("trim", "chars").given("chars").map(chars -> Values.text(chars, "trim")),
                        true,
                        true));
        all.put("replace", (frame, value, a) -> {
            Arguments.Bound bound = a.bind("replace", "old", "new", "count");
            return Searching.replace(
                    Printing.str(value).plain(),
                    Printing.str(bound.get("old")).plain(),
                    Printing.str(bound.get("new")).plain(),
                    bound.given("count").map(n -> Values.integer(n, "replace")).orElse(-1L));
        });
        all.put(
                "center",
                (frame, value, a) -> Trimming.pad(
                        Printing.str(value), a.bind("center", "width").integer("width", 80), Text.of(" "), "center"));
        all.put("indent", (frame, value, a) -> indent(Values.text(value, "indent"), a));
        all.put("truncate", (frame, value, a) -> truncate(Values.text(value, "truncate"), a));
        all.put("format", (frame, value, a) -> format(Printing.str(value), a));
        all.put("tojson", (frame, value, a) -> JsonText.of(value, a));
        all.put("urlencode", (frame, value, a) -> urlEncode(value, a));
        all.put(
                "wordcount",
                (frame, value, a) -> WORD.matcher(plain(value, a, "wordcount").toString())
                        .results()
                        .count());
    }

    private static Text plain(Object value, Arguments arguments, String name) {
        arguments.bind(name);
        return Printing.str(value);
    }

    private static Text title(Text text) {
        TextBuilder out = new TextBuilder();
        boolean begins = true;
        for (int i = 0; i < text.length(); i++) {
            int point = text.at(i);
            Text one = text.slice(i, i + 1);
            boolean between = Characters.isSpace(point) || WORD_BEGINNINGS.indexOf(point) >= 0;
            out.append(begins ? one.map(Characters::upper) : one.map(Characters::lower));
            begins = between;
        }
        return out.text();
    }

    private static Text indent(Text text, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("indent", "width", "first", "blank");
        Object width = bound.find("width").orElse(4L);
        Text by = width instanceof Text given
                ? given
                : new TextBuilder()
                        .repeat(Text.of(" "), Values.integer(width, "indent"))
                        .text();
        boolean blank = bound.flag("blank", false);
        TextBuilder out = new TextBuilder().append(bound.flag("first", false) ? by : Text.EMPTY);
        List<Object> lines = Splitting.lines(text.plus(Text.of("\n")), false);
        for (int i = 0; i < lines.size(); i++) {
            Text line = Values.text(lines.get(i), "indent");
            out.append(i > 0 ? "\n" : "").append(i > 0 && (blank || line.length() > 0) ? by : Text.EMPTY);
            out.append(line);
        }
        return text.isEscaped() ? out.text().asEscaped() : out.text();
    }

    private static Text truncate(Text text, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("truncate", "length", "killwords", "end", "leeway");
        long length = bound.integer("length", 255);
        Text end = bound.text("end", "...");
        long leeway =
                bound.given("leeway").map(v -> Values.integer(v, "truncate")).orElse(5L);
        if (length < end.length() || leeway < 0) {
            throw TemplateException.failed("truncate: expected length >= " + end.length() + ", got " + length);
        }
        if (text.length() <= length + leeway) {
            return text;
        }
        Text head = text.slice(0, (int) length - end.length());
        int space = head.lastIndexOf(Text.of(" "), head.length());
        return (bound.flag("killwords", false) || space < 0 ? head : head.slice(0, space)).plus(end);
    }

    private static Text format(Text pattern, Arguments arguments) {
        if (!arguments.named().isEmpty() && !arguments.positional().isEmpty()) {
            throw TemplateException.failed("can't handle positional and keyword arguments at the same time");
        }
        return PercentFormat.format(
                pattern,
                arguments.named().isEmpty() ? new Tuple(arguments.positional()) : Values.of(arguments.named()));
    }

    private static Text urlEncode(Object value, Arguments arguments) {
        arguments.bind("urlencode");
        if (value instanceof Text || !Values.isIterable(value)) {
            return quoted(Printing.str(value), false);
        }
        List<Object> pairs =
                value instanceof Map ? ContainerMethods.pairs(Values.map(value, "urlencode")) : Values.iterate(value);
        TextBuilder out = new TextBuilder();
        for (Object pair : pairs) {
            List<Object> both = Values.iterate(pair);
            if (both.size() != 2) {
                throw TemplateException.failed("urlencode needs pairs, got " + both.size() + " elements");
            }
            out.append(out.length() > 0 ? "&" : "")
                    .append(quoted(Printing.str(both.get(0)), true))
                    .append("=")
                    .append(quoted(Printing.str(both.get(1)), true));
        }
        return out.text();
    }

    private static Text quoted(Text text, boolean inQuery) {
        return text.plain().map(point -> {
            if (point == ' ' && inQuery) {
                return "+";
            }
            boolean letter = point < 128 && Character.isLetterOrDigit(point);
            if (letter || (UNRESERVED.indexOf(point) >= 0 && !(inQuery && point == '/'))) {
                return Character.toString(point);
            }
            StringBuilder out = new StringBuilder();
            for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                out.append(String.format("%%%02X", b));
            }
            return out.toString();
        });
    }
}
