package dev.wst.engine.dense;

import dev.wst.ClosedException;
import dev.wst.TrainingDivergedException;
import dev.wst.engine.tensor.nd4j.ArraysInUse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
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
 * F numbers to one, with or without a hidden layer of tanh. The last layer starts at zero, so that the first outputs are 0 and say
 * nothing wrong. It learns by Adam, along slopes that the caller gives, since a loss may be of several outputs at once.
 *
 * <p>Several threads may use one: calls take turns. It computes on one thread, so equal calls give equal numbers whatever the machine
 * has.
 */
public final class DenseNetwork implements AutoCloseable {
    private final String name;
    private final MultiLayerNetwork network;
    private int updates;
    private boolean closed;

    private DenseNetwork(String name, MultiLayerNetwork network) {
        this.name = name;
        this.network = network;
    }

    /**
     * How large it is.
     *
     * @param inputs F, the length of a row
     * @param hidden units of the hidden layer; 0 for none
     * @param bias whether the last layer has one
     */
    public record Shape(int inputs, int hidden, boolean bias) {
        /** How many numbers are learned. */
        public long parameters() {
            long last = (hidden > 0 ? hidden : inputs) + (bias ? 1L : 0L);
            return hidden > 0 ? (inputs + 1L) * hidden + last : last;
        }
    }

    /**
     * How it learns.
     *
     * @param rate of Adam
     * @param l2 half of it times the squared weights is added to the loss
     * @param longestGradient a layer's gradient is cut to this length
     */
    public record Learning(double rate, double l2, double longestGradient) {}

    /** What is learned from outputs. */
    public interface Loss {
        /**
         * The loss of outputs.
         *
         * @param outputs [N]
         * @param slopes [N], to be filled: the derivative of the loss with respect to each output
         */
        double of(double[] outputs, float[] slopes);
    }

    /**
     * All that an update depends on, beside what it learns from.
     *
     * @param parameters the weights and biases, layer by layer
     * @param moments Adam's, first and second together
     * @param updates how many were made
     */
    @SuppressWarnings("ArrayRecordComponent") // read from and written to files, and compared nowhere
    public record State(float[] parameters, float[] moments, int updates) {}

    /**
     * A network that has learned nothing.
     *
     * @param name what it is called in messages
     * @param seed of the first weights of a hidden layer
     * @throws dev.wst.engine.tensor.BackendException if ND4J has no backend here
     */
    public static DenseNetwork of(String name, Shape shape, Learning learning, long seed) {
        return ArraysInUse.during(() -> new DenseNetwork(name, network(shape, learning, seed)));
    }

    private static MultiLayerNetwork network(Shape shape, Learning learning, long seed) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .optimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT)
                // Slopes come with their shares of the batch already in them.
                .miniBatch(false)
                .updater(new Adam(learning.rate()))
                .l2(learning.l2())
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(learning.longestGradient())
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list();
        if (shape.hidden() > 0) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(shape.inputs())
                    .nOut(shape.hidden())
                    .activation(Activation.TANH)
                    .weightInit(WeightInit.XAVIER)
                    .build());
        }
        layers.layer(new DenseLayer.Builder()
                .nIn(shape.hidden() > 0 ? shape.hidden() : shape.inputs())
                .nOut(1)
                .hasBias(shape.bias())
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.ZERO)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    /**
     * Its outputs, [N].
     *
     * @param rows [N, F]
     * @throws ClosedException if it is closed
     */
    public double[] outputs(float[][] rows) {
        return computing(() -> rows.length == 0 ? new double[0] : numbers(network.output(Nd4j.createFromArray(rows))));
    }

    /**
     * One update: forward, backward, and a step of Adam.
     *
     * @param rows [N, F], at least one
     * @return the loss before it
     * @throws TrainingDivergedException if the loss or a gradient is not finite; nothing was changed
     * @throws ClosedException if it is closed
     */
    public double update(float[][] rows, Loss loss) {
        return computing(() -> {
            network.setInput(Nd4j.createFromArray(rows));
            List<INDArray> activations = network.feedForward(true, false);
            float[] slopes = new float[rows.length];
            double before = loss.of(numbers(activations.get(activations.size() - 1)), slopes);
            Gradient gradient = network.backpropGradient(
                            Nd4j.createFromArray(slopes).reshape(slopes.length, 1), LayerWorkspaceMgr.noWorkspaces())
                    .getFirst();
            if (!Double.isFinite(before) || !isFinite(gradient.gradient())) {
                throw new TrainingDivergedException("the " + name + "'s loss is " + before
                        + " and its gradient is not finite in " + nonFinite(gradient) + "; no weight was changed");
            }
            network.getUpdater()
                    .update(network, gradient, updates++, 0, slopes.length, LayerWorkspaceMgr.noWorkspaces());
            network.params().subi(gradient.gradient());
            return before;
        });
    }

    private static boolean isFinite(INDArray numbers) {
        return Double.isFinite(numbers.norm2Number().doubleValue());
    }

    private static List<String> nonFinite(Gradient gradient) {
        return gradient.gradientForVariable().entrySet().stream()
                .filter(one -> !isFinite(one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static double[] numbers(INDArray column) {
        return column.ravel().toDoubleVector();
    }

    /**
     * What it has learned.
     *
     * @throws ClosedException if it is closed
     */
    public State state() {
        return computing(() -> new State(
                network.params().ravel().toFloatVector(), moments().ravel().toFloatVector(), updates));
    }

    /**
     * Takes what another of this shape has learned.
     *
     * @throws ClosedException if it is closed
     */
    public void restore(State state) {
        boolean unused = computing(() -> {
            put(state.parameters(), network.params());
            put(state.moments(), moments());
            updates = state.updates();
            return true;
        });
    }

    /**
     * Takes weights and biases from elsewhere; what Adam knew stays.
     *
     * @throws ClosedException if it is closed
     */
    public void load(float[] parameters) {
        boolean unused = computing(() -> {
            put(parameters, network.params());
            return true;
        });
    }

    private static void put(float[] from, INDArray to) {
        to.assign(Nd4j.createFromArray(from).reshape(to.shape()));
    }

    private INDArray moments() {
        return network.getUpdater().getStateViewArray();
    }

    private synchronized <T> T computing(Supplier<T> work) {
        if (closed) {
            throw new ClosedException("the " + name + " is closed");
        }
        return ArraysInUse.during(() -> onOneThread(work));
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

    /** Frees it; does nothing a second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            network.close();
        }
    }
}
