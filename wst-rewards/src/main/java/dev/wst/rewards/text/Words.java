package dev.wst.rewards.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words of a text in lower case: runs of letters, marks and digits, and each ideograph by itself, since scripts that use them
 * put no spaces between words.
 */
final class Words {
    private Words() {}

    /** Where a word stands: from {@code start} up to {@code end}. */
    record Span(int start, int end) {}

    static List<String> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return spans(lower).stream()
                .map(span -> lower.substring(span.start, span.end))
                .toList();
    }

    /** The words of a text, in order. */
    static List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        int start = -1;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean ideograph = Character.isIdeographic(c);
            boolean inside = !ideograph && isPartOfWord(c);
            if (!inside && start >= 0) {
                spans.add(new Span(start, i));
                start = -1;
            }
            if (ideograph) {
                spans.add(new Span(i, next));
            } else if (inside && start < 0) {
                start = i;
            }
            i = next;
        }
        if (start >= 0) {
            spans.add(new Span(start, text.length()));
        }
        return spans;
    }

    static boolean isPartOfWord(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> Character.isLetterOrDigit(codePoint);
        };
    }
}
