package dev.wst.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as words, so that texts which differ in case, white space and punctuation are told to be the same. A sign before a number
 * and the point or comma inside one belong to it.
 */
record Words(List<String> list) {
    private static final Pattern WORD =
            Pattern.compile("[-+]?\\d+(?:[.,/]\\d+)*|[\\p{L}\\p{M}\\p{N}]+|[^\\s\\p{Punct}]");
    /** Words in a row that two texts hardly have in common by chance. */
    private static final int ROW = 5;

    private static final double MOST = 0.8;

    static Words of(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return new Words(Collections.unmodifiableList(words));
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    /** Whether the other's words stand here in a row. */
    boolean contain(Words other) {
        return !other.isEmpty() && Collections.indexOfSubList(list, other.list) >= 0;
    }

    /**
     * Whether the other, a question, is repeated here: four fifths of its rows of five words, or all of it if it has three to five
     * words. Questions of fewer words cannot be told from words that any instruction uses.
     */
    boolean repeat(Words question) {
        int size = question.list.size();
        if (size <= ROW) {
            return size >= 3 && contain(question);
        }
        Set<List<String>> rows = rows();
        long there = question.rows().stream().filter(rows::contains).count();
        return there >= MOST * question.rows().size();
    }

    private Set<List<String>> rows() {
        Set<List<String>> rows = new HashSet<>();
        for (int i = 0; i + ROW <= list.size(); i++) {
            rows.add(list.subList(i, i + ROW));
        }
        return rows;
    }
}
