package dev.wst.engine.tokenizer.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** Python's str and repr. */
final class Printing {
    private static final int FIRST_EXPONENT = 16;
    private static final int LAST_EXPONENT = -5;

    private Printing() {}

    static Text str(Object value) {
        return value instanceof Text text ? text : value instanceof Undefined ? Text.EMPTY : repr(value);
    }

    static Text repr(Object value) {
        if (value instanceof Text text) {
            return quoted(text);
        }
        if (value instanceof Boolean flag) {
            return Text.of(flag ? "True" : "False");
        }
        if (value == None.NONE) {
            return Text.of("None");
        }
        if (value instanceof Long) {
            return Text.of(value.toString());
        }
        if (value instanceof Double number) {
            return Text.of(decimal(number));
        }
        if (value instanceof List<?> list) {
            return joined("[", list, "]");
        }
        if (value instanceof Tuple tuple) {
            return joined("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
        }
        if (value instanceof View view) {
            return joined(view.name() + "([", view.items(), "])");
        }
        if (value instanceof Range range) {
            return Text.of(range.shown());
        }
        if (value instanceof Map<?, ?> map) {
            TextBuilder out = new TextBuilder().append("{");
            map.forEach((key, item) -> out.append(out.length() > 1 ? ", " : "")
                    .append(repr(key))
                    .append(": ")
                    .append(repr(item)));
            return out.append("}").text();
        }
        if (value instanceof Undefined) {
            return Text.of("Undefined");
        }
        throw TemplateException.unsupported("printing a value of type " + Values.typeName(value));
    }

    private static Text joined(String open, List<?> items, String close) {
        TextBuilder out = new TextBuilder().append(open);
        for (int i = 0; i < items.size(); i++) {
            out.append(i > 0 ? ", " : "").append(repr(items.get(i)));
        }
        return out.append(close).text();
    }

    private static Text quoted(Text text) {
        if (text.isEscaped()) {
            throw TemplateException.unsupported("printing escaped text inside a list or dict");
        }
        String plain = text.toString();
        int quote = plain.indexOf('\'') >= 0 && plain.indexOf('"') < 0 ? '"' : '\'';
        String mark = Character.toString(quote);
        Text inner = text.map(point -> switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            default -> point == quote ? "\\" + mark : isPrintable(point) ? Character.toString(point) : hex(point);
        });
        return new TextBuilder().append(mark).append(inner).append(mark).text();
    }

    private static boolean isPrintable(int point) {
        return point == ' '
                || switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }

    private static String hex(int point) {
        return point < 0x100
                ? String.format("\\x%02x", point)
                : point < 0x10000 ? String.format("\\u%04x", point) : String.format("\\U%08x", point);
    }

    /** The shortest digits that give the number back. */
    static String decimal(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        String sign = number < 0 || 1 / number < 0 ? "-" : "";
        if (number == 0) {
            return sign + "0.0";
        }
        BigDecimal exact = new BigDecimal(Math.abs(number));
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shortest.doubleValue() == Math.abs(number)) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent <= LAST_EXPONENT || exponent >= FIRST_EXPONENT) {
            String digits = shortest.unscaledValue().toString();
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign
                    + digits.charAt(0)
                    + fraction
                    + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
        String plain = shortest.toPlainString();
        return sign + plain + (plain.indexOf('.') < 0 ? ".0" : "");
    }
}
