package dev.wst.engine.tokenizer.jinja;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Python's methods of str. */
final class TextMethods {
    /** A method of a text. */
    @FunctionalInterface
    interface Method {
        Object call(Text text, Arguments arguments);
    }

    private static final Map<String, Method> METHODS = Map.ofEntries(
            Map.entry("strip", (text, a) -> Trimming.strip(text, chars(a, "strip"), true, true)),
            Map.entry("lstrip", (text, a) -> Trimming.strip(text, chars(a, "lstrip"), true, false)),
            Map.entry("rstrip", (text, a) -> Trimming.strip(text, chars(a, "rstrip"), false, true)),
            Map.entry("removeprefix", (text, a) -> {
                Text prefix = a.bind("removeprefix", "prefix").text("prefix");
                return text.startsWith(prefix, 0) ? text.slice(prefix.length()) : text;
            }),
            Map.entry("removesuffix", (text, a) -> {
                Text suffix = a.bind("removesuffix", "suffix").text("suffix");
                int at = text.length() - suffix.length();
                return suffix.length() > 0 && text.startsWith(suffix, at) ? text.slice(0, at) : text;
            }),
            Map.entry("upper", plain(Casing::upper)),
            Map.entry("lower", plain(Casing::lower)),
            Map.entry("title", plain(Casing::title)),
            Map.entry("capitalize", plain(Casing::capitalize)),
            Map.entry("swapcase", plain(Casing::swap)),
            Map.entry("casefold", plain(Casing::fold)),
            Map.entry("isspace", plain(text -> Characters.all(text, Characters::isSpace))),
            Map.entry("isdigit", plain(text -> Characters.all(text, Characters::isDigit))),
            Map.entry(
                    "isdecimal",
                    plain(text ->
                            Characters.all(text, point -> Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER))),
            Map.entry("isnumeric", plain(text -> Characters.all(text, Characters::isNumeric))),
            Map.entry("isalpha", plain(text -> Characters.all(text, Characters::isLetter))),
            Map.entry(
                    "isalnum",
                    plain(text ->
                            Characters.all(text, point -> Characters.isLetter(point) || Characters.isNumeric(point)))),
            Map.entry("isascii", plain(text -> text.length() == 0 || Characters.all(text, point -> point < 128))),
            Map.entry("isupper", plain(text -> Characters.allCased(text, Character::isUpperCase))),
            Map.entry("islower", plain(text -> Characters.allCased(text, Character::isLowerCase))),
            Map.entry("istitle", plain(Casing::isTitle)),
            Map.entry(
                    "join", (text, a) -> joined(text, a.bind("join", "iterable").get("iterable"))),
            Map.entry(
                    "splitlines",
                    (text, a) -> Splitting.lines(
                            text, a.bind("splitlines", "keepends").flag("keepends", false))),
            Map.entry("split", Splitting::split),
            Map.entry("rsplit", Splitting::splitFromEnd),
            Map.entry("partition", (text, a) -> Splitting.partition(text, a, false)),
            Map.entry("rpartition", (text, a) -> Splitting.partition(text, a, true)),
            Map.entry("replace", (text, a) -> {
                Arguments.Bound bound = a.bind("replace", "old", "new", "count");
                return Searching.replace(text, bound.text("old"), bound.text("new"), bound.integer("count", -1));
            }),
            Map.entry("find", (text, a) -> Searching.find(text, a, "find")),
            Map.entry("rfind", (text, a) -> Searching.find(text, a, "rfind")),
            Map.entry("index", (text, a) -> Searching.find(text, a, "index")),
            Map.entry("rindex", (text, a) -> Searching.find(text, a, "rindex")),
            Map.entry("count", Searching::count),
            Map.entry("startswith", (text, a) -> Searching.fixed(text, a, "startswith")),
            Map.entry("endswith", (text, a) -> Searching.fixed(text, a, "endswith")),
            Map.entry("ljust", (text, a) -> Trimming.pad(text, a, "ljust")),
            Map.entry("rjust", (text, a) -> Trimming.pad(text, a, "rjust")),
            Map.entry("center", (text, a) -> Trimming.pad(text, a, "center")),
            Map.entry("zfill", Trimming::zeroFill),
            Map.entry("encode", TextMethods::encoded),
            Map.entry("format", BraceFormat::format));

    private static final Set<String> UNSUPPORTED =
            Set.of("expandtabs", "format_map", "isidentifier", "isprintable", "maketrans", "translate");

    private TextMethods() {}

    static Optional<Object> find(Text text, String name) {
        if (UNSUPPORTED.contains(name)) {
            throw TemplateException.unsupported("the method " + name + " of a str");
        }
        return Optional.ofNullable(METHODS.get(name)).map(method -> {
            Function bound = (frame, arguments) -> {
                if (text.isEscaped() && arguments.count() > 0) {
                    throw TemplateException.unsupported("the method " + name + " of escaped text");
                }
                Object result = method.call(text, arguments);
                frame.budget().spend(text.length() + Values.size(result).orElse(0));
                return result;
            };
            return bound;
        });
    }

    private static Method plain(java.util.function.Function<Text, Object> result) {
        return (text, arguments) -> {
            arguments.bind("a method");
            return result.apply(text);
        };
    }

    private static Optional<Text> chars(Arguments arguments, String name) {
        return arguments.bind(name, "chars").given("chars").map(chars -> Values.text(chars, name));
    }

    static Text joined(Text between, Object parts) {
        TextBuilder out = new TextBuilder();
        boolean first = true;
        for (Object part : Values.iterate(parts)) {
            if (!first) {
                out.append(between);
            }
            first = false;
            out.append(Values.text(part, "join"));
        }
        return out.text();
    }

    private static Object encoded(Text text, Arguments arguments) {
        String name =
                arguments.bind("encode", "encoding").text("encoding", "utf-8").toString();
        if (!name.toLowerCase(Locale.ROOT).replace("-", "").equals("utf8")) {
            throw TemplateException.unsupported("encode to " + name);
        }
        List<Object> bytes = new ArrayList<>();
        for (byte b : text.toString().getBytes(StandardCharsets.UTF_8)) {
            bytes.add((long) (b & 0xff));
        }
        return new Bytes(bytes);
    }
}
