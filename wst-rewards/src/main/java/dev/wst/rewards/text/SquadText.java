package dev.wst.rewards.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * SQuAD's normalisation (Rajpurkar et al., arXiv 1606.05250, section 6.1): lower case, punctuation removed, then the articles
 * a, an, the, and white space at single blanks. Differs from the published script in that punctuation and white space are
 * those of Unicode, not of ASCII.
 */
final class SquadText {
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");

    private SquadText() {}

    static String normalise(String text) {
        return String.join(" ", words(text));
    }

    static List<String> words(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                kept.append(' ');
            } else if (!isPunctuation(c)) {
                kept.appendCodePoint(c);
            }
        });
        List<String> words = new ArrayList<>();
        for (String word : kept.toString().split(" ", -1)) {
            if (!word.isEmpty() && !ARTICLES.contains(word)) {
                words.add(word);
            }
        }
        return words;
    }

    /** Python's string.punctuation is all of ASCII's punctuation and symbols; beyond ASCII the Unicode categories P. */
    private static boolean isPunctuation(int c) {
        if (c < 128) {
            return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
        }
        int type = Character.getType(c);
        return IntStream.of(
                        Character.CONNECTOR_PUNCTUATION,
                        Character.DASH_PUNCTUATION,
                        Character.START_PUNCTUATION,
                        Character.END_PUNCTUATION,
                        Character.INITIAL_QUOTE_PUNCTUATION,
                        Character.FINAL_QUOTE_PUNCTUATION,
                        Character.OTHER_PUNCTUATION)
                .anyMatch(p -> p == type);
    }
}
