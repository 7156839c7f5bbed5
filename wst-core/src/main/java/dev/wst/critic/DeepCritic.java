package dev.wst.critic;

import dev.wst.Objective;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import dev.wst.UnavailableException;
import dev.wst.ValueFunction;
import dev.wst.engine.dense.DenseNetwork;
import dev.wst.engine.weights.StateFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Deeplearning4j network with one hidden layer. Its last layer starts at zero, so that the first values are 0 and say nothing wrong.
 *
 * <p>Several threads may use one critic: calls take turns, and a call after {@link #close} is a {@link dev.wst.ClosedException}.
 *
 * <pre>{@code
 * ValueFunction critic = DeepCritic.of(teacher.width(), 17);
 * }</pre>
 */
public final class DeepCritic implements ValueFunction {
    private static final int HIDDEN = 128;
    private static final double LEARNING_RATE = 1e-3;
    private static final double LONGEST_GRADIENT = 1;
    private static final String PARAMETERS = "parameters";
    private static final String MOMENTS = "moments";

    private final DenseNetwork network;
    private final DenseNetwork.Shape shape;
    private final double learningRate;
    private final AtomicBoolean inTraining = new AtomicBoolean();

    private DeepCritic(DenseNetwork network, DenseNetwork.Shape shape, double learningRate) {
        this.network = network;
        this.shape = shape;
        this.learningRate = learningRate;
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
        DenseNetwork.Shape shape = new DenseNetwork.Shape(width, hidden, true);
        DenseNetwork.Learning learning = new DenseNetwork.Learning(learningRate, 0, LONGEST_GRADIENT);
        return new DeepCritic(DenseNetwork.of("critic", shape, learning, seed), shape, learningRate);
    }

    @Override
    public List<double[]> values(List<float[][]> states) {
        return split(network.outputs(rows(states)), states);
    }

    @Override
    public double update(List<float[][]> states, Objective objective) {
        return network.update(rows(states), (outputs, slopes) -> {
            double loss = 0;
            int row = 0;
            List<double[]> values = split(outputs, states);
            for (int i = 0; i < values.size(); i++) {
                double[] zeros = new double[values.get(i).length];
                TokenSlopes share = objective.at(i, TokenScores.of(zeros, zeros).withValues(values.get(i)));
                loss += share.loss();
                for (double slope : share.value()) {
                    slopes[row++] = (float) slope;
                }
            }
            return loss;
        });
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

    @Override
    public void saveState(Path directory) {
        DenseNetwork.State state = network.state();
        StateFile.write(directory, state.updates(), sink -> {
            sink.tensor(PARAMETERS, new int[] {1, state.parameters().length}, state.parameters());
            sink.tensor(MOMENTS, new int[] {1, state.moments().length}, state.moments());
        });
    }

    @Override
    public void restoreState(Path directory) {
        int parameters = Math.toIntExact(shape.parameters());
        try (StateFile file = StateFile.open(directory, Set.of(PARAMETERS, MOMENTS))) {
            network.restore(new DenseNetwork.State(
                    file.read(PARAMETERS, 1, parameters), file.read(MOMENTS, 1, 2 * parameters), file.updates()));
        }
    }

    @Override
    public String toString() {
        return "DeepCritic[hidden=" + shape.hidden() + ", learningRate=" + learningRate + "]";
    }

    /** All tokens one below the other, [sum of T, D]. */
    private static float[][] rows(List<float[][]> states) {
        List<float[]> all = new ArrayList<>();
        states.forEach(instruction -> all.addAll(List.of(instruction)));
        return all.toArray(new float[0][]);
    }

    private static List<double[]> split(double[] all, List<float[][]> states) {
        List<double[]> split = new ArrayList<>();
        int from = 0;
        for (float[][] instruction : states) {
            split.add(Arrays.copyOfRange(all, from, from + instruction.length));
            from += instruction.length;
        }
        return split;
    }

    @Override
    public void close() {
        network.close();
    }
}
