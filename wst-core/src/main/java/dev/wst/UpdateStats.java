package dev.wst;

import java.util.List;

/**
 * Loss, gradient norm and scores of one update of a policy.
 *
 * @param loss the objective's value over the batch, before the update
 * @param gradientNorm global 2-norm before clipping
 * @param scores what the policy said of each instruction before the update, in batch order
 */
public record UpdateStats(double loss, double gradientNorm, List<TokenScores> scores) {
    public UpdateStats {
        scores = List.copyOf(scores);
    }
}
