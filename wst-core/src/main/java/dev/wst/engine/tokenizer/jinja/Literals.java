package dev.wst.engine.tokenizer.jinja;

/** What strings and numbers in a template stand for. */
final class Literals {
    private Literals() {}

    /** A string's inside, its escapes read as Python reads them. */
    static String string(String inside, int line) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char kind = inside.charAt(++i);
            switch (kind) {
                case '\n' -> {}
                case '\\', '\'', '"' -> out.append(kind);
                case 'a' -> out.append('\u0007');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'v' -> out.append('\u000b');
                case 'x', 'u', 'U' -> {
                    int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
                    out.appendCodePoint(code(inside, i + 1, digits, line));
                    i += digits;
                }
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    int value = 0;
                    int end = Math.min(inside.length(), i + 3);
                    while (i < end && inside.charAt(i) >= '0' && inside.charAt(i) <= '7') {
                        value = 8 * value + inside.charAt(i++) - '0';
                    }
                    i--;
                    out.appendCodePoint(value);
                }
                case 'N' ->
                    throw TemplateException.unsupported("the escape \\N in a string")
                            .at(line);
                default -> out.append('\\').append(kind);
            }
        }
        return out.toString();
    }

    private static int code(String inside, int from, int digits, int line) {
        int end = from + digits;
        if (end > inside.length() || !inside.substring(from, end).matches("[0-9a-fA-F]+")) {
            throw TemplateException.syntax(line, "a string holds a cut escape: " + inside);
        }
        long code = Long.parseLong(inside.substring(from, end), 16);
        if (code > Character.MAX_CODE_POINT) {
            throw TemplateException.syntax(line, "a string holds an illegal character: " + inside);
        }
        return (int) code;
    }

    static Object integer(String digits, int line) {
        int radix = digits.length() < 2
                ? 10
                : switch (digits.charAt(1)) {
                    case 'b', 'B' -> 2;
                    case 'o', 'O' -> 8;
                    case 'x', 'X' -> 16;
                    default -> 10;
                };
        try {
            return Long.parseLong(radix == 10 ? digits : digits.substring(2), radix);
        } catch (NumberFormatException e) {
            throw TemplateException.unsupported("the whole number " + digits).at(line);
        }
    }
}
