package dev.wst.rewards.preference;

import java.util.Objects;

/**
 * How a preference model is trained.
 *
 * <pre>{@code
 * PreferenceTraining training = PreferenceTraining.defaults().withFeatures(Features.REPLY).withEpochs(20);
 * }</pre>
 *
 * @param features what it reads
 * @param hidden units of its hidden layer; 0, the default, makes it linear
 * @param epochs passes over the pairs
 * @param batch pairs of one update
 * @param learningRate of Adam
 * @param l2 half of it times the squared weights is added to the loss; features are about 1, so this is large
 * @param calibrationShare of the pairs that is kept out of the training and sets the temperature
 * @param seed of the first weights, the order and the calibration pairs
 */
public record PreferenceTraining(
        Features features,
        int hidden,
        int epochs,
        int batch,
        double learningRate,
        double l2,
        double calibrationShare,
        long seed) {

    public PreferenceTraining {
        Objects.requireNonNull(features, "features");
        if (hidden < 0 || epochs < 1 || batch < 1) {
            throw new IllegalArgumentException("hidden must be at least 0, epochs and batch at least 1, got " + hidden
                    + ", " + epochs + " and " + batch);
        }
        if (!(learningRate > 0) || !(l2 >= 0) || Double.isInfinite(learningRate) || Double.isInfinite(l2)) {
            throw new IllegalArgumentException(
                    "the learning rate must be positive and l2 at least 0, got " + learningRate + " and " + l2);
        }
        if (!(calibrationShare > 0 && calibrationShare < 1)) {
            throw new IllegalArgumentException("the calibration share must lie in (0, 1), got " + calibrationShare);
        }
    }

    /** Linear on reply and product, 40 epochs of 128 pairs, l2 of 1, a tenth of the pairs for the calibration, seed 17. */
    public static PreferenceTraining defaults() {
        return new PreferenceTraining(Features.REPLY_AND_PRODUCT, 0, 40, 128, 1e-3, 1, 0.1, 17);
    }

    public PreferenceTraining withFeatures(Features value) {
        return new PreferenceTraining(value, hidden, epochs, batch, learningRate, l2, calibrationShare, seed);
    }

    public PreferenceTraining withHidden(int value) {
        return new PreferenceTraining(features, value, epochs, batch, learningRate, l2, calibrationShare, seed);
    }

    public PreferenceTraining withEpochs(int value) {
        return new PreferenceTraining(features, hidden, value, batch, learningRate, l2, calibrationShare, seed);
    }

    public PreferenceTraining withL2(double value) {
        return new PreferenceTraining(features, hidden, epochs, batch, learningRate, value, calibrationShare, seed);
    }

    public PreferenceTraining withSeed(long value) {
        return new PreferenceTraining(features, hidden, epochs, batch, learningRate, l2, calibrationShare, value);
    }
}
