package dev.wst.rewards.text;

import dev.wst.Reward;
import java.util.List;

/** See {@link SimilarityReward#chrF()}. */
record ChrF() implements Metric {
    private static final int ORDERS = 6;
    private static final double BETA = 2;

    @Override
    public Reward compare(String text, String reference) {
        List<Integer> characters = characters(text);
        List<Integer> wanted = characters(reference);
        int orders = Math.min(ORDERS, Math.min(characters.size(), wanted.size()));
        double precision = 0;
        double recall = 0;
        for (int n = 1; n <= orders; n++) {
            Overlap overlap = Overlap.of(
                    NGrams.common(characters, wanted, n),
                    NGrams.count(characters.size(), n),
                    NGrams.count(wanted.size(), n));
            precision += overlap.precision() / orders;
            recall += overlap.recall() / orders;
        }
        return new Overlap(precision, recall).fScore(BETA);
    }

    private static List<Integer> characters(String text) {
        return text.codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .boxed()
                .toList();
    }
}
