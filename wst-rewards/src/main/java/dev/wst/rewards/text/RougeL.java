package dev.wst.rewards.text;

import dev.wst.Reward;
import java.util.List;

/** See {@link SimilarityReward#rougeL()}. */
record RougeL() implements Metric {
    @Override
    public Reward compare(String text, String reference) {
        List<String> words = Words.of(text);
        List<String> wanted = Words.of(reference);
        return Metric.bounded(
                "words",
                words.size(),
                wanted.size(),
                () -> Overlap.of(commonSubsequence(words, wanted), words.size(), wanted.size())
                        .fScore(1));
    }

    /** The length of the longest common subsequence, one row of the table at a time. */
    private static int commonSubsequence(List<String> text, List<String> reference) {
        int[] above = new int[reference.size() + 1];
        for (String word : text) {
            int[] row = new int[above.length];
            for (int j = 1; j < row.length; j++) {
                row[j] = word.equals(reference.get(j - 1)) ? above[j - 1] + 1 : Math.max(above[j], row[j - 1]);
            }
            above = row;
        }
        return above[above.length - 1];
    }
}
