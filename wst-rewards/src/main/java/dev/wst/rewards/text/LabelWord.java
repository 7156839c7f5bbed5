package dev.wst.rewards.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A word of a text that may name a label.
 *
 * @param text in lower case
 * @param written as it stands
 * @param gap what stands between the word before and this one
 * @param after what stands between this word and the next
 */
record LabelWord(String text, String written, String gap, String after) {
    private static final Pattern NOT = Pattern.compile("(?i)n['\u2019]t\\b");
    private static final Pattern SENTENCE = Pattern.compile("[.!?;\n]");
    private static final Pattern CLAUSE = Pattern.compile("[.!?;:,\n()]");
    private static final Pattern OPENS = Pattern.compile("(?s).*[(\\[{*_\"'`]\\s*");
    private static final Pattern CLOSES = Pattern.compile("(?s)\\s*[)\\]}*_\"'`.:;,!?\n].*");
    private static final Set<String> CUES =
            Set.of("answer", "option", "choice", "choose", "pick", "select", "say", "label", "letter", "or", "and");
    private static final Set<String> VERBS = Set.of("is", "because", "since", "or", "and");
    private static final Set<String> CONTRAST = Set.of("but", "rather", "yet", "so");

    static List<LabelWord> of(String text) {
        String plain = NOT.matcher(text).replaceAll(" not");
        List<Words.Span> spans = Words.spans(plain);
        List<LabelWord> words = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Words.Span span = spans.get(i);
            int before = i == 0 ? 0 : spans.get(i - 1).end();
            int after =
                    i + 1 == spans.size() ? plain.length() : spans.get(i + 1).start();
            String written = plain.substring(span.start(), span.end());
            words.add(new LabelWord(
                    written.toLowerCase(Locale.ROOT),
                    written,
                    plain.substring(before, span.start()),
                    plain.substring(span.end(), after)));
        }
        return words;
    }

    boolean beginsClause() {
        return CLAUSE.matcher(gap).find() || CONTRAST.contains(text);
    }

    boolean beginsSentence() {
        return SENTENCE.matcher(gap).find();
    }

    /**
     * Whether a single letter stands as the label of a choice and not as an article, a pronoun or a variable: alone in the
     * text, in brackets or quotes, in front of a bracket or a full stop, after a word such as "option", or, being a capital
     * that is no word of its own, anywhere.
     */
    boolean isChoice(List<LabelWord> words, int at) {
        if (words.size() == 1) {
            return true;
        }
        if (OPENS.matcher(gap).matches() && CLOSES.matcher(after).matches()) {
            return true;
        }
        if (!Character.isUpperCase(written.codePointAt(0)) && Character.isLetter(written.codePointAt(0))) {
            return false;
        }
        boolean isWord = text.equals("a") || text.equals("i") || text.equals("o");
        if (!isWord || CLOSES.matcher(after).matches() || at + 1 == words.size()) {
            return true;
        }
        return isCue(words, at - 1)
                || (text.equals("a") && VERBS.contains(words.get(at + 1).text()));
    }

    /** "the answer is A" and "answer A". */
    private static boolean isCue(List<LabelWord> words, int at) {
        if (at < 0) {
            return false;
        }
        String word = words.get(at).text();
        return CUES.contains(word)
                || (word.equals("is")
                        && at > 0
                        && CUES.contains(words.get(at - 1).text()));
    }
}
