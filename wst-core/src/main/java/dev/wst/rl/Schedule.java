package dev.wst.rl;

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
