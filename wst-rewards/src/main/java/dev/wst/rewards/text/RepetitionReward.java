package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.Deflater;

/**
 * 0 for a text that does not repeat itself, falling towards -1 the more it does.
 *
 * <pre>{@code
 * RewardFunction varied = RepetitionReward.nGrams(3).on(ScoredText.INSTRUCTION);
 * }</pre>
 */
public final class RepetitionReward implements RewardFunction {
    private final String measure;
    private final Function<String, Reward> worth;
    private final ScoredText side;

    private RepetitionReward(String measure, Function<String, Reward> worth, ScoredText side) {
        this.measure = measure;
        this.worth = worth;
        this.side = side;
    }

    /**
     * Less the share of word n-grams that stood before: distinct / all - 1 (Yeo et al., arXiv 2502.03373, as TRL has it). 0
     * for texts of fewer words.
     *
     * @param n words in a row, at least 1
     */
    public static RepetitionReward nGrams(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, got " + n);
        }
        return new RepetitionReward(
                n + "-grams", text -> Reward.of(distinctShare(Words.of(text), n) - 1), ScoredText.ANSWER);
    }

    /**
     * 0 while the text's UTF-8 bytes are at most {@code ratio} times their size after zlib's compression, then
     * {@code ratio / actual - 1}. Whisper takes 2.4 for the ratio at which a text loops (Radford et al., arXiv 2212.04356,
     * section 4.5). The part {@code compression_ratio} keeps the actual ratio, which may differ a little where the Java runtime
     * uses another build of zlib.
     *
     * @param ratio what is allowed, at least 1
     */
    public static RepetitionReward compression(double ratio) {
        if (!(ratio >= 1) || !Double.isFinite(ratio)) {
            throw new IllegalArgumentException("ratio must be at least 1, got " + ratio);
        }
        return new RepetitionReward(
                "compression " + ratio,
                text -> {
                    double actual = compressionRatio(text);
                    return Reward.of(Math.min(0, ratio / Math.max(actual, 1) - 1), Map.of("compression_ratio", actual));
                },
                ScoredText.ANSWER);
    }

    /** The same on another text of the attempt. */
    public RepetitionReward on(ScoredText text) {
        return new RepetitionReward(measure, worth, text);
    }

    @Override
    public Reward score(Attempt attempt) {
        return worth.apply(side.of(attempt));
    }

    private static double distinctShare(List<String> words, int n) {
        int all = NGrams.count(words.size(), n);
        if (all == 0) {
            return 1;
        }
        Set<List<String>> distinct = new HashSet<>();
        for (int i = 0; i < all; i++) {
            distinct.add(words.subList(i, i + n));
        }
        return (double) distinct.size() / all;
    }

    private static double compressionRatio(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                deflater.deflate(buffer);
            }
            return (double) bytes.length / deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }

    @Override
    public String toString() {
        return "RepetitionReward[" + measure + " on " + side + "]";
    }
}
