package dev.wst.rl;

import dev.wst.TokenScores;
import java.util.List;

/** Log-ratios of tokens: how far a policy moved from where a batch was sampled. */
final class LogRatios {
    private LogRatios() {}

    /** Half the mean over tokens of the squared log-ratio: TRL's approximate KL. */
    static double halfMeanSquare(List<Experience> experiences, int[] minibatch, List<TokenScores> scores) {
        double sum = 0;
        int tokens = 0;
        for (int m = 0; m < minibatch.length; m++) {
            Experience e = experiences.get(minibatch[m]);
            for (int t = 0; t < e.length(); t++) {
                double d = e.logRatio(scores.get(m), t);
                sum += d * d / 2;
                tokens++;
            }
        }
        return tokens == 0 ? 0 : sum / tokens;
    }
}
