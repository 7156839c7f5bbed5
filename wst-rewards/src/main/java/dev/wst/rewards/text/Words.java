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

    static List<String> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int start = -1;
        int i = 0;
        while (i < lower.length()) {
            int c = lower.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean ideograph = Character.isIdeographic(c);
            boolean inside = !ideograph && isPartOfWord(c);
            if (!inside && start >= 0) {
                words.add(lower.substring(start, i));
                start = -1;
            }
            if (ideograph) {
                words.add(lower.substring(i, next));
            } else if (inside && start < 0) {
                start = i;
            }
            i = next;
        }
        if (start >= 0) {
            words.add(lower.substring(start));
        }
        return words;
    }

    static boolean isPartOfWord(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> Character.isLetterOrDigit(codePoint);
        };
    }
}
