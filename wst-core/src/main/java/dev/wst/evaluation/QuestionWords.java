package dev.wst.evaluation;

import dev.wst.Task;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A question as the words that it is compared by: numbers, words, and the signs of formulas.
 *
 * @param words in order
 * @param data the numbers and the single letters beside other single letters, in order: what an exercise is asked about
 */
record QuestionWords(List<String> words, List<String> data) {
    /** Numbers whole, words, and any other sign but those of sentences. */
    private static final Pattern WORD =
            Pattern.compile("\\d+(?:[.,]\\d+)*|[\\p{L}\\p{M}]+|[^\\s\\p{L}\\p{M}\\d.,;:!?'\"`]");

    private static final int RUN = 8;
    private static final long PRIME = 0x100000001b3L;

    static QuestionWords of(Task task) {
        Matcher found = WORD.matcher(
                Normalizer.normalize(task.prompt(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
        List<String> words = new ArrayList<>();
        while (found.find()) {
            words.add(found.group());
        }
        List<String> data = IntStream.range(0, words.size())
                .filter(i -> isData(words, i))
                .mapToObj(words::get)
                .toList();
        return new QuestionWords(List.copyOf(words), data);
    }

    private static boolean isData(List<String> words, int i) {
        boolean isListed = isLetter(words, i) && (isLetter(words, i - 1) || isLetter(words, i + 1));
        return isListed || Character.isDigit(words.get(i).codePointAt(0));
    }

    private static boolean isLetter(List<String> words, int i) {
        return i >= 0
                && i < words.size()
                && words.get(i).length() == 1
                && Character.isLetter(words.get(i).charAt(0));
    }

    /** All runs of 8 words, each as a hash of the run and the data of the whole question. */
    Set<Long> runs() {
        long about = data.stream().mapToLong(QuestionWords::hash).reduce(0, QuestionWords::joined);
        long[] hashes = words.stream().mapToLong(QuestionWords::hash).toArray();
        Set<Long> runs = new LinkedHashSet<>();
        for (int i = 0; i + RUN <= hashes.length; i++) {
            runs.add(Arrays.stream(hashes, i, i + RUN).reduce(about, QuestionWords::joined));
        }
        return runs;
    }

    /** FNV-1a, 64 bits: two different words in millions hardly ever have the same. */
    private static long hash(String word) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * PRIME;
        }
        return hash;
    }

    private static long joined(long before, long next) {
        return (Long.rotateLeft(before, 23) ^ next) * PRIME;
    }
}
