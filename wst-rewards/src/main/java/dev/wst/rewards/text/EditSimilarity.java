package dev.wst.rewards.text;

import dev.wst.Reward;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.commons.text.similarity.SimilarityInput;

/** See {@link SimilarityReward#edit()}. */
record EditSimilarity() implements Metric {

    /** A text by code points, so that a character outside the basic plane is one edit and not two. */
    private record CodePoints(int[] values) implements SimilarityInput<Integer> {
        @Override
        public Integer at(int index) {
            return values[index];
        }

        @Override
        public int length() {
            return values.length;
        }
    }

    @Override
    public Reward compare(String text, String reference) {
        CodePoints left = new CodePoints(text.codePoints().toArray());
        CodePoints right = new CodePoints(reference.codePoints().toArray());
        return Metric.bounded("characters", left.length(), right.length(), () -> {
            int longer = Math.max(left.length(), right.length());
            int distance = LevenshteinDistance.getDefaultInstance().apply(left, right);
            return Reward.of(longer == 0 ? 0 : 1 - (double) distance / longer);
        });
    }
}
