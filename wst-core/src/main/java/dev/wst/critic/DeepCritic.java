package dev.wst.critic;

import dev.wst.ClosedException;
import dev.wst.Objective;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
import dev.wst.UnavailableException;
import dev.wst.ValueFunction;
import dev.wst.engine.tensor.nd4j.ArraysInUse;
import dev.wst.engine.weights.StateFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A network with one hidden layer. Its last layer starts at zero, so that the first values are 0 and say nothing wrong.
 *
 * <p>Several threads may use one critic: calls take turns, and a call after {@link #close} is a {@link ClosedException}.
 *
 * <pre>{@code
 * ValueFunction critic = DeepCritic.of(teacher.width(), 17);
 * }</pre>
 */
public final class DeepCritic implements ValueFunction {
    private static final int HIDDEN = 128;
    private static final double LEARNING_RATE = 1e-3;
    private static final String PARAMETERS = "parameters";
    private static final String MOMENTS = "moments";

    private final MultiLayerNetwork network;
    private final AtomicBoolean inTraining = new AtomicBoolean();
    private int updates;
    private boolean closed;

    private DeepCritic(MultiLayerNetwork network) {
        this.network = network;
    }

    /**
     * 128 hidden units, Adam at a rate of 1e-3.
     *
     * @param width D, the length of a state
     */
    public static DeepCritic of(int width, long seed) {
        return of(width, HIDDEN, LEARNING_RATE, seed);
    }

    /** A critic of a given size and rate. */
    public static DeepCritic of(int width, int hidden, double learningRate, long seed) {
        if (width < 1 || hidden < 1 || !(learningRate > 0)) {
            throw new IllegalArgumentException(
                    "a critic needs positive widths and rate, got " + width + ", " + hidden + " and " + learningRate);
        }
        return ArraysInUse.during(() -> new DeepCritic(network(width, hidden, learningRate, seed)));
    }

    private static MultiLayerNetwork network(int width, int hidden, double learningRate, long seed) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .optimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT)
                // Slopes come with their shares of the batch already in them.
                .miniBatch(false)
                .updater(new Adam(learningRate))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(1)
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(width)
                        .nOut(hidden)
                        .activation(Activation.TANH)
                        .weightInit(WeightInit.XAVIER)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nIn(hidden)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .weightInit(WeightInit.ZERO)
                        .build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    @Override
    public List<double[]> values(List<float[][]> states) {
        return computing(() -> split(network.output(rows(states), false), states));
    }

    @Override
    public double update(List<float[][]> states, Objective objective) {
        return computing(() -> follow(states, objective));
    }

    private synchronized <T> T computing(Supplier<T> work) {
        if (closed) {
            throw new ClosedException("the critic is closed");
        }
        return ArraysInUse.during(() -> onOneThread(work));
    }

    @Override
    public void beginTraining() {
        if (inTraining.getAndSet(true)) {
            throw new UnavailableException(
                    "the critic is being trained by another run; wait for its end, or give each run one of its own");
        }
    }

    @Override
    public void endTraining() {
        inTraining.set(false);
    }

    /**
     * Sums have another last digit with another number of threads that add them up, and then so has all that comes after; a
     * network of this size gains nothing by a second thread. The number is one for the whole process; nobody else who keeps to
     * {@link ArraysInUse} computes meanwhile.
     */
    private static <T> T onOneThread(Supplier<T> work) {
        if (!Nd4j.getEnvironment().isCPU()) {
            return work.get();
        }
        Blas blas = Nd4j.factory().blas();
        int products = blas.getMaxThreads();
        int others = Nd4j.getEnvironment().maxMasterThreads();
        try {
            blas.setMaxThreads(1);
            Nd4j.getEnvironment().setMaxMasterThreads(1);
            return work.get();
        } finally {
            Nd4j.getEnvironment().setMaxMasterThreads(others);
            blas.setMaxThreads(products);
        }
    }

    private double follow(List<float[][]> states, Objective objective) {
        INDArray input = rows(states);
        network.setInput(input);
        List<double[]> values = split(network.feedForward(true, false).get(2), states);
        double loss = 0;
        float[] slopes = new float[input.rows()];
        int row = 0;
        for (int i = 0; i < values.size(); i++) {
            double[] zeros = new double[values.get(i).length];
            TokenSlopes share = objective.at(i, TokenScores.of(zeros, zeros).withValues(values.get(i)));
            loss += share.loss();
            for (double slope : share.value()) {
                slopes[row++] = (float) slope;
            }
        }
        INDArray error = Nd4j.createFromArray(slopes).reshape(slopes.length, 1);
        Gradient gradient = network.backpropGradient(error, LayerWorkspaceMgr.noWorkspaces())
                .getFirst();
        if (!Double.isFinite(loss)
                || !Double.isFinite(gradient.gradient().norm2Number().doubleValue())) {
            throw new TrainingDivergedException("the critic's loss is " + loss + " and its gradient is not finite in "
                    + nonFinite(gradient) + "; no weight was changed");
        }
        network.getUpdater().update(network, gradient, updates++, 0, slopes.length, LayerWorkspaceMgr.noWorkspaces());
        network.params().subi(gradient.gradient());
        return loss;
    }

    private static List<String> nonFinite(Gradient gradient) {
        return gradient.gradientForVariable().entrySet().stream()
                .filter(one -> !Double.isFinite(one.getValue().norm2Number().doubleValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void saveState(Path directory) {
        boolean unused = computing(() -> {
            INDArray moments = moments();
            StateFile.write(directory, updates, sink -> {
                sink.tensor(
                        PARAMETERS, shape(network.params()), network.params().toFloatVector());
                sink.tensor(MOMENTS, shape(moments), moments.toFloatVector());
            });
            return true;
        });
    }

    @Override
    public void restoreState(Path directory) {
        boolean unused = computing(() -> {
            INDArray moments = moments();
            try (StateFile file = StateFile.open(directory, Set.of(PARAMETERS, MOMENTS))) {
                float[] parameters = file.read(PARAMETERS, 1, (int) network.numParams());
                float[] both = file.read(MOMENTS, 1, (int) moments.length());
                network.params()
                        .assign(Nd4j.createFromArray(parameters)
                                .reshape(network.params().shape()));
                moments.assign(Nd4j.createFromArray(both).reshape(moments.shape()));
                updates = file.updates();
            }
            return true;
        });
    }

    /** Adam's, first and second together. */
    private INDArray moments() {
        return network.getUpdater().getStateViewArray();
    }

    private static int[] shape(INDArray row) {
        return new int[] {1, (int) row.length()};
    }

    @Override
    public String toString() {
        return "DeepCritic[hidden=" + network.layerSize(0) + ", learningRate=" + network.getLearningRate(0) + "]";
    }

    /** All tokens one below the other, [sum of T, D]. */
    private static INDArray rows(List<float[][]> states) {
        List<float[]> all = new ArrayList<>();
        states.forEach(instruction -> all.addAll(List.of(instruction)));
        return Nd4j.createFromArray(all.toArray(new float[0][]));
    }

    private static List<double[]> split(INDArray values, List<float[][]> states) {
        double[] all = values.ravel().toDoubleVector();
        List<double[]> split = new ArrayList<>();
        int from = 0;
        for (float[][] instruction : states) {
            split.add(Arrays.copyOfRange(all, from, from + instruction.length));
            from += instruction.length;
        }
        return split;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            network.close();
        }
    }
}
