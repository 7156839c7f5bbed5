package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;

/**
 * How alike a text and the task's reference are, from 0 to 1. Two texts without anything to compare are worth 0, so that
 * saying nothing never pays.
 *
 * <pre>{@code
 * RewardFunction reward = SimilarityReward.rougeL();
 * }</pre>
 */
public final class SimilarityReward implements RewardFunction {
    private final Metric metric;
    private final ScoredText side;

    private SimilarityReward(Metric metric, ScoredText side) {
        this.metric = metric;
        this.side = side;
    }

    private static SimilarityReward of(Metric metric) {
        return new SimilarityReward(metric, ScoredText.ANSWER);
    }

    /**
     * Harmonic mean of precision and recall of the words, counted with repetitions, after SQuAD's normalisation
     * ({@link MatchReward#normalised()}); Rajpurkar et al., arXiv 1606.05250, section 6.1. Parts: {@code precision},
     * {@code recall}.
     */
    public static SimilarityReward tokenF1() {
        return of(new TokenF1());
    }

    /**
     * ROUGE-L: the same mean over the longest common subsequence of words (Lin, ROUGE, 2004, section 3.1, with beta = 1). No
     * stemming. Differs from Google's rouge-score in that letters outside ASCII are kept and that each ideograph is a word.
     * Bounded as {@link #edit()} is, in words. Parts: {@code precision}, {@code recall}, {@code too_long}.
     */
    public static SimilarityReward rougeL() {
        return of(new RougeL());
    }

    /** Sentence BLEU with {@link BleuSmoothing#EXPONENTIAL}, the default of sacreBLEU. */
    public static SimilarityReward bleu() {
        return bleu(BleuSmoothing.EXPONENTIAL);
    }

    /**
     * Sentence BLEU of word n-grams up to 4 (Papineni et al., ACL 2002), as sacreBLEU's {@code sentence_bleu} has it: WMT's
     * tokenisation 13a, case counts, and only as many orders as the text has words (effective order; for {@code ADD_ONE} too,
     * where sacreBLEU counts the orders a short text lacks as fully right). Part: {@code brevity_penalty}.
     */
    public static SimilarityReward bleu(BleuSmoothing smoothing) {
        return of(new Bleu(smoothing));
    }

    /**
     * chrF2: the F-score with beta = 2 of character n-grams up to 6, white space left out, case counts (Popovic, WMT 2015,
     * eq. 1), as sacreBLEU has it. Parts: {@code precision}, {@code recall}.
     */
    public static SimilarityReward chrF() {
        return of(new ChrF());
    }

    /**
     * 1 less the Levenshtein distance over the longer length, in code points; case and white space count. A text is worth 0,
     * and the part {@code too_long} is 1, where the product of its length and the reference's is above 10<sup>8</sup>; a
     * reference longer than 10,000 is compared with nothing, and the attempt unscored.
     */
    public static SimilarityReward edit() {
        return of(new EditSimilarity());
    }

    /** The same on another text of the attempt. */
    public SimilarityReward on(ScoredText text) {
        return new SimilarityReward(metric, text);
    }

    /** @throws IllegalArgumentException if the task has no reference */
    /** @throws IllegalArgumentException if the task has no reference */
    @Override
    public void check(Task task) {
        References.of(task);
    }

    @Override
    public Reward score(Attempt attempt) {
        return metric.compare(side.of(attempt), References.of(attempt.task()));
    }

    @Override
    public String toString() {
        return "SimilarityReward[" + RewardFunction.describe(metric) + " on " + side + "]";
    }
}
