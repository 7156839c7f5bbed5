package dev.wst.rewards.text;

import dev.wst.Reward;
import java.util.Map;

/** How much of a text is in the reference (precision) and how much of the reference in the text (recall). */
record Overlap(double precision, double recall) {

    static Overlap of(int common, int text, int reference) {
        return new Overlap(share(common, text), share(common, reference));
    }

    /** F<sub>beta</sub>: (1 + beta^2) P R / (beta^2 P + R); 0 where both are. */
    Reward fScore(double beta) {
        double squared = beta * beta;
        double denominator = squared * precision + recall;
        double f = denominator == 0 ? 0 : (1 + squared) * precision * recall / denominator;
        return Reward.of(f, Map.of("precision", precision, "recall", recall));
    }

    private static double share(int common, int all) {
        return all == 0 ? 0 : (double) common / all;
    }
}
