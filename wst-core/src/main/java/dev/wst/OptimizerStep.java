package dev.wst;

/**
 * The numbers of one AdamW update (Loshchilov and Hutter, arXiv 1711.05101).
 *
 * @param learningRate after warm-up and schedule
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added outside the bias-corrected root, as in PyTorch
 * @param weightDecay decoupled, multiplied by the learning rate
 * @param maxGradientNorm the gradient is scaled down to this global 2-norm; infinity switches clipping off
 */
public record OptimizerStep(
        double learningRate, double beta1, double beta2, double epsilon, double weightDecay, double maxGradientNorm) {}
