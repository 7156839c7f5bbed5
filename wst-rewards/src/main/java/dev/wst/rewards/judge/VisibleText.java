package dev.wst.rewards.judge;

import dev.wst.rewards.guard.Thinking;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a text a judge may see: no thinking, nothing invisible, no control words of a chat template.
 *
 * <p>Differs from the text it was made from in three ways. Thinking parts are cut out, together with everything after one
 * that never ends and everything before one that never begins (templates that open it themselves). Characters that show
 * nothing but can carry orders (controls, format characters such as direction marks and tags, variation selectors and the
 * rest of Unicode's default-ignorable ones, line and paragraph separators) are written as their code point in braces, but
 * for single joiners between visible characters, which are part of words and emoji, and for the two selectors of an emoji's
 * looks, which are left out. A vertical bar after an angle bracket, as in {@code <|im_end|>}, is set apart by a space, so
 * that a server that reads control words inside messages finds none.
 */
final class VisibleText {
    private static final Thinking THINKING =
            new Thinking(List.of("think", "thinking", "thought", "thoughts", "reasoning"));

    /**
     * Default-ignorable code points beside those of category Cf (DerivedCoreProperties.txt of Unicode 15): the grapheme
     * joiner, Hangul fillers, Khmer inherent vowels, Mongolian and other variation selectors, and the reserved ones.
     */
    private static final Pattern IGNORABLE = Pattern.compile(
            "[\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2065}\\x{3164}\\x{FE00}-\\x{FE0F}"
                    + "\\x{FFA0}\\x{FFF0}-\\x{FFF8}\\x{E0000}-\\x{E0FFF}]");

    private VisibleText() {}

    static String of(String text) {
        return shown(withoutThinking(text)).strip();
    }

    static String withoutThinking(String text) {
        return THINKING.removed(text);
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        int[] points = text.codePoints().filter(c -> !isPresentation(c)).toArray();
        for (int i = 0; i < points.length; i++) {
            if (isInvisible(points[i]) && !isJoint(points, i)) {
                shown.append("{U+%04X}".formatted(points[i]));
            } else {
                shown.appendCodePoint(points[i]);
            }
        }
        return shown.toString().replace("<|", "< |").replace("|>", "| >");
    }

    /** Whether it only asks for the plain or the coloured picture of the character before. */
    private static boolean isPresentation(int c) {
        return c == 0xFE0E || c == 0xFE0F;
    }

    /** Whether this is a joiner between two visible characters, as in words of some scripts and in emoji. */
    private static boolean isJoint(int[] points, int i) {
        return (points[i] == 0x200C || points[i] == 0x200D)
                && i > 0
                && i + 1 < points.length
                && !isInvisible(points[i - 1])
                && !isInvisible(points[i + 1]);
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t' && c != '\r';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> IGNORABLE.matcher(Character.toString(c)).matches();
        };
    }
}
