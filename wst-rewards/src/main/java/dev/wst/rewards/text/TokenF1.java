package dev.wst.rewards.text;

import dev.wst.Reward;
import java.util.List;

/** See {@link SimilarityReward#tokenF1()}. */
record TokenF1() implements Metric {
    @Override
    public Reward compare(String text, String reference) {
        List<String> words = SquadText.words(text);
        List<String> wanted = SquadText.words(reference);
        return Overlap.of(NGrams.common(words, wanted, 1), words.size(), wanted.size())
                .fScore(1);
    }
}
