package dev.wst.report;

import java.util.Locale;
import java.util.function.IntFunction;

/**
 * What in a text is not seen and changes how it is read or shown: control characters, those that turn the direction of writing,
 * those without width, and halves of characters. They are shown by their numbers.
 */
final class Hidden {
    private Hidden() {}

    /**
     * A text without them.
     *
     * @param written what stands for a character that is seen, and for a line break
     * @param marked what stands for the name of one that is not, such as U+202E
     */
    static String shown(String text, IntFunction<String> written, IntFunction<String> marked) {
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> shown.append(isHidden(c) ? marked.apply(c) : written.apply(c)));
        return shown.toString();
    }

    static String name(int character) {
        return String.format(Locale.ROOT, "U+%04X", character);
    }

    private static boolean isHidden(int c) {
        if (c == '\n' || c == '\t') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
