package dev.wst.rewards.judge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a text a judge may see: no thinking, nothing invisible, no control words of a chat template.
 *
 * <p>Differs from the text it was made from in three ways. Thinking parts are cut out, together with everything after one
 * that never ends and everything before one that never begins (templates that open it themselves). Characters that show
 * nothing but can carry orders (controls, direction marks, the tag block of Unicode) are written as their code point in
 * braces. A vertical bar after an angle bracket, as in {@code <|im_end|>}, is set apart by a space, so that a server that
 * reads control words inside messages finds none.
 */
final class VisibleText {
    private static final Pattern TAG =
            Pattern.compile("<(/?)(?:think|thinking|thought|thoughts|reasoning)>", Pattern.CASE_INSENSITIVE);

    private VisibleText() {}

    static String of(String text) {
        return shown(withoutThinking(text)).strip();
    }

    static String withoutThinking(String text) {
        StringBuilder kept = new StringBuilder();
        Matcher tag = TAG.matcher(text);
        int depth = 0;
        int from = 0;
        while (tag.find()) {
            boolean opens = tag.group(1).isEmpty();
            if (depth == 0 && opens) {
                kept.append(text, from, tag.start());
            } else if (depth == 0) {
                kept.setLength(0);
            }
            depth = opens ? depth + 1 : Math.max(0, depth - 1);
            from = tag.end();
        }
        return depth == 0 ? kept.append(text, from, text.length()).toString() : kept.toString();
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isInvisible(c)) {
                shown.append("{U+%04X}".formatted(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString().replace("<|", "< |").replace("|>", "| >");
    }

    private static boolean isInvisible(int c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r';
        boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        boolean tag = c >= 0xE0000 && c <= 0xE007F;
        boolean blank = c == 0x200B || c == 0x2060 || c == 0xFEFF;
        return control || direction || tag || blank;
    }
}
