package dev.wst.engine.tokenizer.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code '%s' % value}. */
final class PercentFormat {
    private static final Pattern FORM =
            Pattern.compile("%(?:\\(([^()]*)\\))?([-+ 0#]*)(\\d{1,9})?(?:\\.(\\d{1,4}))?(.)", Pattern.DOTALL);

    private PercentFormat() {}

    static Text format(Text pattern, Object values) {
        if (pattern.isEscaped()) {
            throw TemplateException.unsupported("formatting escaped text");
        }
        List<Object> all = values instanceof Tuple tuple ? tuple.items() : List.of(values);
        Iterator<Object> next = all.iterator();
        TextBuilder out = new TextBuilder();
        boolean byName = false;
        int at = 0;
        while (at < pattern.length()) {
            if (pattern.at(at) != '%') {
                out.append(pattern.marked()[at++]);
                continue;
            }
            Matcher m = FORM.matcher(pattern.slice(at).toString());
            if (!m.lookingAt()) {
                throw TemplateException.failed("incomplete format");
            }
            at += m.group().codePointCount(0, m.end());
            if (m.group(5).equals("%")) {
                out.append("%");
                continue;
            }
            Object value;
            if (m.group(1) != null) {
                byName = true;
                value = Attributes.brackets(Values.map(values, "format"), Text.of(m.group(1)));
                if (value instanceof Undefined undefined) {
                    throw undefined.error();
                }
            } else if (next.hasNext()) {
                value = next.next();
            } else {
                throw TemplateException.failed("not enough arguments for format string");
            }
            out.append(one(m, value));
        }
        if (next.hasNext()
                && !byName
                && !(values instanceof Map || values instanceof List || values instanceof Undefined)) {
            throw TemplateException.failed("not all arguments converted during string formatting");
        }
        return out.text();
    }

    private static Text one(Matcher m, Object value) {
        String flags = m.group(2);
        long width = m.group(3) == null ? 0 : Long.parseLong(m.group(3));
        int precision = m.group(4) == null ? -1 : Integer.parseInt(m.group(4));
        char type = m.group(5).charAt(0);
        if (flags.contains("#")) {
            throw TemplateException.unsupported("the format " + m.group());
        }
        Text body;
        boolean number = false;
        switch (type) {
            case 's', 'r' -> {
                Text text = type == 's' ? Printing.str(value).plain() : Printing.repr(value);
                body = precision >= 0 && precision < text.length() ? text.slice(0, precision) : text;
            }
            case 'd', 'i', 'u' -> {
                if (precision >= 0) {
                    throw TemplateException.unsupported("the format " + m.group());
                }
                number = true;
                body = Text.of(
                        Long.toString(value instanceof Double real ? truncated(real) : Values.integer(value, "%d")));
            }
            case 'f', 'F' -> {
                double real = Arithmetic.real(value);
                if (!Double.isFinite(real)) {
                    throw TemplateException.unsupported("formatting " + real);
                }
                number = true;
                body = Text.of(FormatSpec.fixed(real, precision < 0 ? 6 : precision));
            }
            case 'x' -> {
                number = true;
                body = Text.of(Long.toString(Values.integer(value, "%x"), 16));
            }
            default -> throw TemplateException.unsupported("the format " + m.group());
        }
        if (number && !body.startsWith("-")) {
            body = Text.of(flags.contains("+") ? "+" : flags.contains(" ") ? " " : "")
                    .plus(body);
        }
        if (flags.contains("-")) {
            return Trimming.pad(body, width, Text.of(" "), "ljust");
        }
        if (number && flags.contains("0")) {
            int sign = body.startsWith("-") || body.startsWith("+") || body.startsWith(" ") ? 1 : 0;
            return body.slice(0, sign).plus(Trimming.pad(body.slice(sign), width - sign, Text.of("0"), "rjust"));
        }
        return Trimming.pad(body, width, Text.of(" "), "rjust");
    }

    private static long truncated(double value) {
        if (!(Math.abs(value) < 1L << 62)) {
            throw TemplateException.unsupported("the whole number " + value);
        }
        return (long) value;
    }
}
