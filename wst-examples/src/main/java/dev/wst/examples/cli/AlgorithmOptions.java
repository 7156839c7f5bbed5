package dev.wst.examples.cli;

import dev.wst.rl.Algorithm;
import dev.wst.rl.Grpo;
import dev.wst.rl.GrpoLoss;
import dev.wst.rl.KlControl;
import dev.wst.rl.Optimization;
import dev.wst.rl.Ppo;
import dev.wst.rl.Schedule;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the teacher learns; what is not given stays at the algorithm's own value. */
final class AlgorithmOptions {
    @Option(names = "--algorithm", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Algorithms algorithm = Algorithms.ppo;

    @Option(
            names = "--learning-rate",
            description = "of AdamW; 1e-4 unless given, which suits adapters (whole models need less, such as 1e-6)")
    private Optional<Double> learningRate = Optional.empty();

    @Option(names = "--schedule", description = "${COMPLETION-CANDIDATES}; linear unless given")
    private Optional<Schedule> schedule = Optional.empty();

    @Option(names = "--kl", description = "coefficient of the divergence from the untrained teacher")
    private Optional<Double> kl = Optional.empty();

    @Option(names = "--epochs", description = "times each batch is used (GRPO: iterations)")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--lambda",
            description = "of PPO's generalised advantage estimation; 1 credits the first tokens as much as the last")
    private Optional<Double> lambda = Optional.empty();

    @Option(names = "--loss", description = "of GRPO: ${COMPLETION-CANDIDATES}")
    private Optional<GrpoLoss> loss = Optional.empty();

    Algorithms name() {
        return algorithm;
    }

    Algorithm build() {
        return algorithm == Algorithms.ppo ? ppo() : grpo();
    }

    private Algorithm ppo() {
        if (loss.isPresent()) {
            throw new IllegalArgumentException("--loss chooses among GRPO's losses; PPO has one");
        }
        Ppo ppo = Ppo.defaults();
        ppo = kl.isPresent() ? ppo.withKl(KlControl.fixed(kl.get())) : ppo;
        ppo = epochs.isPresent() ? ppo.withEpochs(epochs.get()) : ppo;
        ppo = lambda.isPresent() ? ppo.withLambda(lambda.get()) : ppo;
        return ppo.withOptimization(optimization(ppo.optimization()));
    }

    private Algorithm grpo() {
        if (lambda.isPresent()) {
            throw new IllegalArgumentException("--lambda is an option of PPO; GRPO estimates no values");
        }
        Grpo grpo = Grpo.defaults();
        grpo = kl.isPresent() ? grpo.withKlCoefficient(kl.get()) : grpo;
        grpo = epochs.isPresent() ? grpo.withIterations(epochs.get()) : grpo;
        grpo = loss.isPresent() ? grpo.withLoss(loss.get()) : grpo;
        return grpo.withOptimization(optimization(grpo.optimization()));
    }

    private Optimization optimization(Optimization given) {
        Optimization chosen = given;
        chosen = learningRate.isPresent() ? chosen.withLearningRate(learningRate.get()) : chosen;
        return schedule.isPresent() ? chosen.withSchedule(schedule.get(), 0) : chosen;
    }
}
