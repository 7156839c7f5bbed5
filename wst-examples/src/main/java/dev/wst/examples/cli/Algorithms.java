package dev.wst.examples.cli;

import dev.wst.rl.Algorithm;
import dev.wst.rl.Grpo;
import dev.wst.rl.KlControl;
import dev.wst.rl.Ppo;
import dev.wst.rl.Schedule;

/** Algorithms by the name a user types. */
enum Algorithms {
    ppo {
        @Override
        Algorithm with(double learningRate, double kl, int epochs) {
            Ppo options = Ppo.defaults()
                    .withLearningRate(learningRate)
                    .withKl(KlControl.fixed(kl))
                    .withEpochs(epochs);
            return options.withOptimization(options.optimization().withSchedule(Schedule.CONSTANT, 0));
        }
    },
    grpo {
        @Override
        Algorithm with(double learningRate, double kl, int epochs) {
            Grpo options = Grpo.defaults()
                    .withLearningRate(learningRate)
                    .withKlCoefficient(kl)
                    .withIterations(epochs);
            return options.withOptimization(options.optimization().withSchedule(Schedule.CONSTANT, 0));
        }
    };

    /** The algorithm with TRL's values but these. */
    abstract Algorithm with(double learningRate, double kl, int epochs);
}
