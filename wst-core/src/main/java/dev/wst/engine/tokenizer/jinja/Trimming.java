package dev.wst.engine.tokenizer.jinja;

import java.util.Optional;
import java.util.function.IntPredicate;

/** Python's methods of str that take from the ends of a text or add to them, such as strip and zfill. */
final class Trimming {
    private Trimming() {}

    /** @param chars white space if empty */
    static Text strip(Text text, Optional<Text> chars, boolean left, boolean right) {
        IntPredicate goes = chars.<IntPredicate>map(
                        set -> point -> set.indexOf(Text.of(Character.toString(point)), 0) >= 0)
                .orElse(Characters::isSpace);
        int from = 0;
        int to = text.length();
        while (left && from < to && goes.test(text.at(from))) {
            from++;
        }
        while (right && from < to && goes.test(text.at(to - 1))) {
            to--;
        }
        return text.slice(from, to);
    }

    static Text pad(Text text, Arguments arguments, String how) {
        Arguments.Bound bound = arguments.bind(how, "width", "fillchar");
        Text fill = bound.text("fillchar", " ");
        if (fill.length() != 1) {
            throw TemplateException.failed(how + ": the fill character must be exactly one character long");
        }
        return pad(text, Values.integer(bound.get("width"), how), fill, how);
    }

    static Text pad(Text text, long width, Text fill, String how) {
        long more = Math.max(0, width - text.length());
        // CPython puts the odd one to the left where the width is odd.
        long left = switch (how) {
            case "ljust" -> 0;
            case "rjust" -> more;
            default -> more / 2 + (more & width & 1);
        };
        return new TextBuilder()
                .repeat(fill, left)
                .append(text)
                .repeat(fill, more - left)
                .text();
    }

    static Text zeroFill(Text text, Arguments arguments) {
        long width = Values.integer(arguments.bind("zfill", "width").get("width"), "zfill");
        int sign = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        return new TextBuilder()
                .append(text.slice(0, sign))
                .repeat(Text.of("0"), width - text.length())
                .append(text.slice(sign))
                .text();
    }
}
