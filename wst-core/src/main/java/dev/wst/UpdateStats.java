package dev.wst;

/**
 * What one update did.
 *
 * @param loss the objective's value over the batch, before the update
 * @param gradientNorm global 2-norm before clipping
 * @param scores what the policy said of each instruction before the update, in batch order
 */
public record UpdateStats(double loss, double gradientNorm, java.util.List<TokenScores> scores) {
    public UpdateStats {
        scores = java.util.List.copyOf(scores);
    }
}
