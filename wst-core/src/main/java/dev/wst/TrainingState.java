package dev.wst;

/**
 * Where a run stands between two steps: what a checkpoint holds beside what teacher and critic save themselves. Seeds and the
 * order of tasks follow from the step's number.
 *
 * @param step steps made; 0 at the start
 * @param klCoefficient weight of the divergence from the reference in the next step
 * @param tokens of prompts and instructions so far
 * @param episodes attempts so far, scored or not
 */
public record TrainingState(int step, double klCoefficient, long tokens, long episodes) {

    /** At the beginning. */
    public static TrainingState start(double klCoefficient) {
        return new TrainingState(0, klCoefficient, 0, 0);
    }

    /** With another weight of the divergence. */
    public TrainingState withKlCoefficient(double value) {
        return new TrainingState(step, value, tokens, episodes);
    }

    /** After one more step. */
    public TrainingState next(long moreTokens, long moreEpisodes) {
        return new TrainingState(step + 1, klCoefficient, tokens + moreTokens, episodes + moreEpisodes);
    }
}
