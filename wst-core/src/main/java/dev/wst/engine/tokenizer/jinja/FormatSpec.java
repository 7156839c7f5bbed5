package dev.wst.engine.tokenizer.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a value is written by {@code format}, and by the filters made of it.
 *
 * @param align &lt;, &gt;, ^, = or 0 for what the type has
 * @param sign +, space or 0
 * @param precision negative if there is none
 * @param type s, d, f, x, X, o, b or 0
 */
record FormatSpec(String fill, char align, char sign, long width, boolean commas, int precision, char type) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<fill>.)?(?<align>[<>^=]))?(?<sign>[-+ ])?(?<zero>0)?(?<width>\\d{1,9})?(?<commas>,)?"
                    + "(?:\\.(?<precision>\\d{1,4}))?(?<type>[sdfxXob%])?",
            Pattern.DOTALL);

    static FormatSpec parse(String spec) {
        Matcher m = FORM.matcher(spec);
        if (!m.matches() || "%".equals(m.group("type"))) {
            throw TemplateException.unsupported("the format \"" + spec + "\"");
        }
        boolean zero = m.group("zero") != null;
        String align = m.group("align");
        String fill = m.group("fill");
        return new FormatSpec(
                fill != null ? fill : zero ? "0" : " ",
                align != null ? align.charAt(0) : zero ? '=' : 0,
                m.group("sign") == null || m.group("sign").equals("-")
                        ? 0
                        : m.group("sign").charAt(0),
                m.group("width") == null ? 0 : Long.parseLong(m.group("width")),
                m.group("commas") != null,
                m.group("precision") == null ? -1 : Integer.parseInt(m.group("precision")),
                m.group("type") == null ? 0 : m.group("type").charAt(0));
    }

    Text format(Object value) {
        boolean number = Comparison.isNumber(value) && !(value instanceof Boolean && type == 0);
        if (!number) {
            return formatText(value);
        }
        if (type == 's') {
            throw TemplateException.failed("unknown format code 's' for " + Values.typeName(value));
        }
        String digits = value instanceof Double || type == 'f' ? real(value) : whole(Values.integer(value, "format"));
        boolean negative = digits.startsWith("-");
        String mark = negative ? "-" : sign == 0 ? "" : Character.toString(sign);
        String body = negative ? digits.substring(1) : digits;
        if (commas) {
            if (align == '=') {
                throw TemplateException.unsupported("a format with commas and leading zeros");
            }
            body = grouped(body);
        }
        if (align == '=') {
            Text padded = Trimming.pad(Text.of(body), width - mark.length(), Text.of(fill), "rjust");
            return Text.of(mark).plus(padded);
        }
        return aligned(Text.of(mark + body), '>');
    }

    private Text formatText(Object value) {
        boolean plain = value instanceof Text || value instanceof Boolean || value == None.NONE;
        boolean bare = width == 0 && precision < 0 && align == 0 && type == 0;
        if (value == None.NONE && !bare) {
            throw TemplateException.failed("unsupported format string passed to NoneType.__format__");
        }
        if (!plain && !bare) {
            throw TemplateException.failed("unsupported format string passed to " + Values.typeName(value));
        }
        if ((type != 0 && type != 's') || sign != 0 || commas || align == '=' || (value instanceof Boolean && !bare)) {
            throw TemplateException.unsupported("formatting a " + Values.typeName(value) + " in this way");
        }
        Text text = Printing.str(value).plain();
        return aligned(precision >= 0 && precision < text.length() ? text.slice(0, precision) : text, '<');
    }

    private Text aligned(Text text, char usual) {
        String how = switch (align == 0 ? usual : align) {
            case '<' -> "ljust";
            case '>' -> "rjust";
            default -> "^";
        };
        if (how.equals("^")) {
            long more = Math.max(0, width - text.length());
            return new TextBuilder()
                    .repeat(Text.of(fill), more / 2)
                    .append(text)
                    .repeat(Text.of(fill), more - more / 2)
                    .text();
        }
        return Trimming.pad(text, width, Text.of(fill), how);
    }

    private String whole(long value) {
        if (precision >= 0) {
            throw TemplateException.failed("precision not allowed in integer format");
        }
        return switch (type) {
            case 'x' -> Long.toString(value, 16);
            case 'X' -> Long.toString(value, 16).toUpperCase(Locale.ROOT);
            case 'o' -> Long.toString(value, 8);
            case 'b' -> Long.toString(value, 2);
            default -> Long.toString(value);
        };
    }

    private String real(Object value) {
        double number = Arithmetic.real(value);
        if (!Double.isFinite(number) || (type != 'f' && type != 0)) {
            throw TemplateException.unsupported("formatting the number " + number + " in this way");
        }
        if (type == 0) {
            if (precision >= 0) {
                throw TemplateException.unsupported("a precision without the type f");
            }
            return Printing.decimal(number);
        }
        return fixed(number, precision < 0 ? 6 : precision);
    }

    static String fixed(double number, int places) {
        String digits = new BigDecimal(Math.abs(number))
                .setScale(places, RoundingMode.HALF_EVEN)
                .toPlainString();
        return number < 0 || 1 / number < 0 ? "-" + digits : digits;
    }

    private String grouped(String digits) {
        if (type == 'x' || type == 'X' || type == 'o' || type == 'b') {
            throw TemplateException.failed("cannot specify ',' with '" + type + "'");
        }
        int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
        StringBuilder out = new StringBuilder(digits);
        for (int i = point - 3; i > 0; i -= 3) {
            out.insert(i, ',');
        }
        return out.toString();
    }
}
