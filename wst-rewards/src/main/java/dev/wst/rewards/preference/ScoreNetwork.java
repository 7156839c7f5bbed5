package dev.wst.rewards.preference;

import dev.wst.engine.dense.DenseNetwork;
import java.util.Arrays;

/**
 * The network that gives a reply its score: F features to one number, with or without a hidden layer. The last layer has no bias, which
 * no difference of scores could see.
 */
final class ScoreNetwork implements AutoCloseable {
    private final DenseNetwork network;

    ScoreNetwork(int width, PreferenceTraining training) {
        this.network = DenseNetwork.of(
                "preference model",
                shape(width, training.hidden()),
                new DenseNetwork.Learning(training.learningRate(), training.l2(), Double.POSITIVE_INFINITY),
                training.seed());
    }

    private static DenseNetwork.Shape shape(int width, int hidden) {
        return new DenseNetwork.Shape(width, hidden, false);
    }

    /** [N] scores of [N, F]. */
    double[] scores(float[][] rows) {
        return network.outputs(rows);
    }

    /**
     * One update along the slope of -log sigmoid(chosen - rejected), the loss of arXiv 2203.02155, equation 1, with one
     * pair for each prompt.
     *
     * @return the mean loss before the update
     */
    double step(float[][] chosen, float[][] rejected) {
        int pairs = chosen.length;
        float[][] rows = Arrays.copyOf(chosen, 2 * pairs);
        System.arraycopy(rejected, 0, rows, pairs, pairs);
        return network.update(rows, (scores, slopes) -> {
            double loss = 0;
            for (int i = 0; i < pairs; i++) {
                double margin = scores[i] - scores[pairs + i];
                loss += BradleyTerry.loss(margin) / pairs;
                slopes[i] = (float) (BradleyTerry.slope(margin) / pairs);
                slopes[pairs + i] = -slopes[i];
            }
            return loss;
        });
    }

    float[] parameters() {
        return network.state().parameters();
    }

    /** Takes weights from elsewhere; as many as {@link #parameterCount} says. */
    void load(float[] parameters) {
        network.load(parameters);
    }

    /** How many weights a network of this form has. */
    static long parameterCount(int width, int hidden) {
        return shape(width, hidden).parameters();
    }

    @Override
    public void close() {
        network.close();
    }
}
