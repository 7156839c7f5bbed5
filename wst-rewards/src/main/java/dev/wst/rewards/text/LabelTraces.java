package dev.wst.rewards.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which of some labels a text holds in another form or in pieces: "positives", "positivity", "posi-tive", "posi tive". What
 * merely has the letters of a label in a row, as "what emotion" has those of hate, does not hold it.
 */
final class LabelTraces {
    /** A label of so many letters stands inside another word only if that is made of it. */
    private static final int LONG = 7;

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{M}\\d]+");
    private static final Pattern LAST_E = Pattern.compile("e$");

    private final List<String> labels;
    /** The words between white space, without what stands between their letters. */
    private final List<String> words;

    /** @param labels each as its words */
    LabelTraces(List<List<String>> labels, String text) {
        this.labels = labels.stream().map(words -> String.join("", words)).toList();
        this.words = SPACE.splitAsStream(text.toLowerCase(Locale.ROOT))
                .map(word -> NO_LETTER.matcher(word).replaceAll(""))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Whether it holds some of the labels and not all. */
    boolean tells() {
        long held = labels.stream().filter(this::holds).count();
        return held > 0 && held < labels.size();
    }

    private boolean holds(String label) {
        String stem = label.length() < LONG ? label : LAST_E.matcher(label).replaceFirst("");
        Pattern form = Pattern.compile(
                label.length() < LONG
                        ? "(?:" + Pattern.quote(label) + ")+(?:e?s)?"
                        : ".*" + Pattern.quote(stem) + ".*");
        for (int at = 0; at < words.size(); at++) {
            if (form.matcher(words.get(at)).matches() || isInPieces(label, at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the words from here on, put together, are the label. */
    private boolean isInPieces(String label, int from) {
        int length = 0;
        for (int at = from; at < words.size() && label.startsWith(words.get(at), length); at++) {
            length += words.get(at).length();
            if (length == label.length()) {
                return true;
            }
        }
        return false;
    }
}
