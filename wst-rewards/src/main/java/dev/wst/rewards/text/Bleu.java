package dev.wst.rewards.text;

import dev.wst.Reward;
import java.util.List;
import java.util.Map;

/** See {@link SimilarityReward#bleu(BleuSmoothing)}. */
record Bleu(BleuSmoothing smoothing) implements Metric {
    private static final int ORDERS = 4;

    @Override
    public Reward compare(String text, String reference) {
        List<String> words = Tokens13a.of(text);
        List<String> wanted = Tokens13a.of(reference);
        double brevity = brevityPenalty(words.size(), wanted.size());
        return Reward.of(brevity * precision(words, wanted), Map.of("brevity_penalty", brevity));
    }

    /** The geometric mean of the orders that the text has; 0 where not one of its n-grams is right. */
    private double precision(List<String> words, List<String> wanted) {
        double logarithms = 0;
        int orders = Math.min(ORDERS, words.size());
        int emptyOrders = 0;
        for (int n = 1; n <= orders; n++) {
            int matches = NGrams.common(words, wanted, n);
            emptyOrders += matches == 0 ? 1 : 0;
            logarithms += Math.log(smoothing.precision(matches, NGrams.count(words.size(), n), n, emptyOrders));
        }
        return orders == emptyOrders ? 0 : Math.exp(logarithms / orders);
    }

    private static double brevityPenalty(int words, int wanted) {
        if (words >= wanted) {
            return 1;
        }
        return words == 0 ? 0 : Math.exp(1 - (double) wanted / words);
    }
}
