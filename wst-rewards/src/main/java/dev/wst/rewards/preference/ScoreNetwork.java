package dev.wst.rewards.preference;

import dev.wst.engine.tensor.nd4j.ArraysInUse;
import java.util.Arrays;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The Deeplearning4j network: F features to one score, with or without a hidden layer. The head has no bias, which no
 * difference of scores could see. It is trained by external errors, since the loss is of two outputs at once, not of one.
 */
final class ScoreNetwork implements AutoCloseable {
    private final MultiLayerNetwork network;
    private final int layers;
    private int updates;

    ScoreNetwork(int width, PreferenceTraining training) {
        this.layers = training.hidden() > 0 ? 2 : 1;
        this.network = ArraysInUse.during(() -> network(width, training));
    }

    private static MultiLayerNetwork network(int width, PreferenceTraining training) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(training.seed())
                .optimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT)
                // Slopes come with their shares of the batch already in them.
                .miniBatch(false)
                .updater(new Adam(training.learningRate()))
                .l2(training.l2())
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list();
        if (training.hidden() > 0) {
            list.layer(new DenseLayer.Builder()
                    .nIn(width)
                    .nOut(training.hidden())
                    .activation(Activation.TANH)
                    .weightInit(WeightInit.XAVIER)
                    .build());
        }
        list.layer(new DenseLayer.Builder()
                .nIn(training.hidden() > 0 ? training.hidden() : width)
                .nOut(1)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.ZERO)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return network;
    }

    /** [N] scores of [N, F]. Forward passes share the network's state, so one at a time. */
    synchronized double[] scores(float[][] rows) {
        return rows.length == 0
                ? new double[0]
                : ArraysInUse.during(() -> network.output(Nd4j.createFromArray(rows), false)
                        .ravel()
                        .toDoubleVector());
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
        return ArraysInUse.during(() -> follow(rows, pairs));
    }

    /** @param rows [2 N, F] the chosen ones, then the rejected ones */
    private double follow(float[][] rows, int pairs) {
        network.setInput(Nd4j.createFromArray(rows));
        double[] scores = network.feedForward(true, false).get(layers).ravel().toDoubleVector();
        float[] slopes = new float[2 * pairs];
        double loss = 0;
        for (int i = 0; i < pairs; i++) {
            double margin = scores[i] - scores[pairs + i];
            loss += BradleyTerry.loss(margin) / pairs;
            slopes[i] = (float) (BradleyTerry.slope(margin) / pairs);
            slopes[pairs + i] = -slopes[i];
        }
        INDArray error = Nd4j.createFromArray(slopes).reshape(slopes.length, 1);
        Gradient gradient = network.backpropGradient(error, LayerWorkspaceMgr.noWorkspaces())
                .getFirst();
        network.getUpdater().update(network, gradient, updates++, 0, slopes.length, LayerWorkspaceMgr.noWorkspaces());
        network.params().subi(gradient.gradient());
        return loss;
    }

    float[] parameters() {
        return ArraysInUse.during(() -> network.params().ravel().toFloatVector());
    }

    /** Takes weights from elsewhere; as many as {@link #parameterCount} says. */
    void load(float[] parameters) {
        ArraysInUse.during(() -> {
            network.setParams(Nd4j.createFromArray(parameters).reshape(1, parameters.length));
            return true;
        });
    }

    /** How many weights a network of this form has. */
    static long parameterCount(long width, long hidden) {
        return hidden == 0 ? width : width * hidden + 2 * hidden;
    }

    @Override
    public void close() {
        network.close();
    }
}
