package dev.wst.engine.tokenizer.jinja;

import java.util.Locale;
import java.util.function.IntPredicate;

/** Python's classes of characters, where Java's differ. */
final class Characters {
    private Characters() {}

    static boolean isSpace(int point) {
        return (point >= 0x09 && point <= 0x0d)
                || (point >= 0x1c && point <= 0x1f)
                || point == 0x85
                || Character.isSpaceChar(point);
    }

    static boolean endsLine(int point) {
        return (point >= 0x0a && point <= 0x0d)
                || (point >= 0x1c && point <= 0x1e)
                || point == 0x85
                || point == 0x2028
                || point == 0x2029;
    }

    static boolean isCased(int point) {
        return Character.isUpperCase(point) || Character.isLowerCase(point) || Character.isTitleCase(point);
    }

    static boolean isDigit(int point) {
        if (Character.getType(point) == Character.OTHER_NUMBER) {
            throw TemplateException.unsupported("isdigit of the character " + Character.toString(point));
        }
        return Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER;
    }

    static boolean isNumeric(int point) {
        if (Character.isIdeographic(point)) {
            throw TemplateException.unsupported("isnumeric of the character " + Character.toString(point));
        }
        return switch (Character.getType(point)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    static boolean isLetter(int point) {
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> true;
            default -> false;
        };
    }

    static String upper(int point) {
        return Character.toString(point).toUpperCase(Locale.ROOT);
    }

    static String lower(int point) {
        return Character.toString(point).toLowerCase(Locale.ROOT);
    }

    static String title(int point) {
        if (point == 0xdf) {
            return "Ss";
        }
        String upper = upper(point);
        if (upper.codePointCount(0, upper.length()) > 1) {
            throw TemplateException.unsupported("title case of the character " + Character.toString(point));
        }
        return Character.toString(Character.toTitleCase(point));
    }

    /** Python's rule for isupper and islower: all cased characters are so, and there is one. */
    static boolean allCased(Text text, IntPredicate so) {
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            if (isCased(text.at(i))) {
                any = true;
                if (!so.test(text.at(i))) {
                    return false;
                }
            }
        }
        return any;
    }

    static boolean all(Text text, IntPredicate so) {
        for (int i = 0; i < text.length(); i++) {
            if (!so.test(text.at(i))) {
                return false;
            }
        }
        return text.length() > 0;
    }
}
