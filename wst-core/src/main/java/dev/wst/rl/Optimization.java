package dev.wst.rl;

import dev.wst.OptimizerStep;
import java.util.Objects;

/**
 * How the teacher's weights follow the slopes: AdamW with warm-up, a schedule and global-norm clipping.
 *
 * <pre>{@code
 * Grpo grpo = Grpo.defaults().withOptimization(
 *         Optimization.defaults().withLearningRate(5e-5).withSchedule(Optimization.Schedule.COSINE, 10));
 * }</pre>
 *
 * @param learningRate at its highest; above 0, finite
 * @param schedule after warm-up
 * @param warmupSteps training steps over which the rate grows from 0; 0 or more
 * @param beta1 decay of the first moment; at least 0, below 1
 * @param beta2 decay of the second moment; at least 0, below 1
 * @param epsilon of AdamW; above 0
 * @param weightDecay decoupled; 0 or more
 * @param maxGradientNorm gradients are scaled down to this norm over all tensors; above 0, infinity for never
 */
public record Optimization(
        double learningRate,
        Schedule schedule,
        int warmupSteps,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double maxGradientNorm) {

    /** How the learning rate falls after warm-up. */
    public enum Schedule {
        CONSTANT {
            @Override
            double factor(double progress) {
                return 1;
            }
        },
        /** Straight down to 0. */
        LINEAR {
            @Override
            double factor(double progress) {
                return 1 - progress;
            }
        },
        /** Half a cosine down to 0. */
        COSINE {
            @Override
            double factor(double progress) {
                return (1 + Math.cos(Math.PI * progress)) / 2;
            }
        };

        /** The share of the full rate when this part (0 to 1) of the steps after warm-up is done. */
        abstract double factor(double progress);
    }

    /** @throws IllegalArgumentException if a value is out of its range */
    public Optimization {
        Objects.requireNonNull(schedule, "schedule");
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("the learning rate must be a positive number, got " + learningRate);
        }
        if (warmupSteps < 0) {
            throw new IllegalArgumentException("warm-up steps must be 0 or more, got " + warmupSteps);
        }
        if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("AdamW's betas must lie in [0, 1), got " + beta1 + " and " + beta2);
        }
        if (!(epsilon > 0) || !(weightDecay >= 0) || !(maxGradientNorm > 0)) {
            throw new IllegalArgumentException(
                    "epsilon and the gradient norm must be positive and the weight decay 0 or more, got " + epsilon
                            + ", " + maxGradientNorm + " and " + weightDecay);
        }
    }

    /**
     * For low-rank adapters, which learn at higher rates than whole models (TRL's own rates, 3e-6 for PPO and 1e-6 for GRPO,
     * are for those): a rate of 1e-4 falling linearly, no warm-up, betas 0.9 and 0.999, no decay, gradients clipped at 1.
     */
    public static Optimization defaults() {
        return new Optimization(1e-4, Schedule.LINEAR, 0, 0.9, 0.999, 1e-8, 0, 1);
    }

    /**
     * The rate at its highest; 1e-4 by default.
     *
     * @throws IllegalArgumentException if it is not a positive number
     */
    public Optimization withLearningRate(double value) {
        return new Optimization(value, schedule, warmupSteps, beta1, beta2, epsilon, weightDecay, maxGradientNorm);
    }

    /**
     * How the rate goes; linear without warm-up by default.
     *
     * @param value after warm-up
     * @param warmup training steps over which the rate grows from 0
     * @throws IllegalArgumentException if {@code warmup} is negative
     */
    public Optimization withSchedule(Schedule value, int warmup) {
        return new Optimization(learningRate, value, warmup, beta1, beta2, epsilon, weightDecay, maxGradientNorm);
    }

    /**
     * Decoupled weight decay; 0 by default.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Optimization withWeightDecay(double value) {
        return new Optimization(learningRate, schedule, warmupSteps, beta1, beta2, epsilon, value, maxGradientNorm);
    }

    /**
     * The norm over all tensors that gradients are scaled down to; 1 by default, infinity for never.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Optimization withMaxGradientNorm(double value) {
        return new Optimization(learningRate, schedule, warmupSteps, beta1, beta2, epsilon, weightDecay, value);
    }

    /**
     * The numbers of one training step.
     *
     * @param step from 1
     * @param steps of the whole run
     */
    public OptimizerStep at(int step, int steps) {
        double factor = step <= warmupSteps
                ? (double) step / (warmupSteps + 1)
                : schedule.factor((step - 1.0 - warmupSteps) / Math.max(1, steps - warmupSteps));
        return new OptimizerStep(learningRate * factor, beta1, beta2, epsilon, weightDecay, maxGradientNorm);
    }
}
