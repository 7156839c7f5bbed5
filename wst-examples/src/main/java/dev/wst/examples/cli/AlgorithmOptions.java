package dev.wst.examples.cli;

import dev.wst.rl.Algorithm;
import dev.wst.rl.Grpo;
import dev.wst.rl.KlEstimator;
import dev.wst.rl.Optimization;
import dev.wst.rl.Ppo;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How the teacher learns; what is not given stays at the algorithm's own value. */
final class AlgorithmOptions {
    private static final double HORIZON = 10_000;

    @Option(names = "--algorithm", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Algorithms algorithm = Algorithms.ppo;

    @Option(
            names = "--learning-rate",
            description = "of AdamW; 1e-4 unless given, which suits adapters (whole models need less, such as 1e-6)")
    private Optional<Double> learningRate = Optional.empty();

    @Option(names = "--schedule", description = "${COMPLETION-CANDIDATES}; linear unless given")
    private Optional<Optimization.Schedule> schedule = Optional.empty();

    @Option(names = "--kl", description = "coefficient of the divergence from the untrained teacher")
    private Optional<Double> kl = Optional.empty();

    @Option(names = "--epochs", description = "times each batch is used (GRPO: iterations)")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--lambda",
            description = "of PPO's generalised advantage estimation; 1 credits the first tokens as much as the last")
    private Optional<Double> lambda = Optional.empty();

    @Option(names = "--loss", description = "of GRPO: ${COMPLETION-CANDIDATES}")
    private Optional<Grpo.Loss> loss = Optional.empty();

    @Option(names = "--minibatches", description = "parts of an epoch, one update for each; 1 unless given")
    private Optional<Integer> minibatches = Optional.empty();

    @Option(names = "--clip", description = "how far the ratio may go from 1; 0.2 unless given")
    private Optional<Double> clip = Optional.empty();

    @Option(names = "--kl-estimator", description = "of PPO: ${COMPLETION-CANDIDATES}; K1 unless given")
    private Optional<KlEstimator> klEstimator = Optional.empty();

    @Option(names = "--kl-target", description = "of PPO: nats an instruction may diverge; --kl follows it then")
    private Optional<Double> klTarget = Optional.empty();

    @Option(names = "--kl-horizon", description = "of PPO: instructions over which --kl follows; 10000 unless given")
    private Optional<Double> klHorizon = Optional.empty();

    @Option(names = "--kl-stop", description = "of PPO: end a step's updates beyond this divergence from its start")
    private Optional<Double> klStop = Optional.empty();

    @Option(names = "--entropy", description = "of PPO: weight of an entropy bonus; 0 unless given")
    private Optional<Double> entropy = Optional.empty();

    @Option(names = "--filter-groups", description = "of GRPO: leave out questions whose rewards are all equal")
    private boolean filterGroups;

    @Option(
            names = "--scale-rewards",
            paramLabel = "true|false",
            arity = "1",
            description = "of GRPO: divide by the deviation of a question's rewards; true unless given")
    private Optional<Boolean> scaleRewards = Optional.empty();

    @Option(names = "--warm-up", description = "steps in which the learning rate grows; 0 unless given")
    private Optional<Integer> warmUp = Optional.empty();

    @Option(names = "--weight-decay", description = "of AdamW; 0 unless given")
    private Optional<Double> weightDecay = Optional.empty();

    @Option(names = "--gradient-norm", description = "gradients are scaled down to it; 1 unless given")
    private Optional<Double> gradientNorm = Optional.empty();

    Algorithms name() {
        return algorithm;
    }

    /** Whether nothing but the algorithm was chosen. */
    boolean isDefault() {
        return !filterGroups
                && Stream.of(
                                learningRate,
                                schedule,
                                kl,
                                epochs,
                                lambda,
                                loss,
                                minibatches,
                                clip,
                                klEstimator,
                                klTarget,
                                klHorizon,
                                klStop,
                                entropy,
                                scaleRewards,
                                warmUp,
                                weightDecay,
                                gradientNorm)
                        .allMatch(Optional::isEmpty);
    }

    Algorithm build() {
        return algorithm == Algorithms.ppo ? ppo() : grpo();
    }

    private Algorithm ppo() {
        if (loss.isPresent()) {
            throw new IllegalArgumentException("--loss chooses among GRPO's losses; PPO has one");
        }
        if (filterGroups || scaleRewards.isPresent()) {
            throw new IllegalArgumentException(
                    "--filter-groups and --scale-rewards are options of GRPO; PPO compares no groups");
        }
        if (klHorizon.isPresent() && klTarget.isEmpty()) {
            throw new IllegalArgumentException("--kl-horizon needs --kl-target, which the coefficient is to hold");
        }
        Ppo ppo = set(Ppo.defaults(), kl, Ppo::withKlCoefficient);
        ppo = set(ppo, klTarget, (p, target) -> p.withAdaptiveKl(target, klHorizon.orElse(HORIZON)));
        ppo = set(ppo, epochs, Ppo::withEpochs);
        ppo = set(ppo, lambda, Ppo::withLambda);
        ppo = set(ppo, minibatches, Ppo::withMinibatches);
        ppo = set(ppo, clip, Ppo::withClip);
        ppo = set(ppo, klEstimator, Ppo::withKlEstimator);
        ppo = set(ppo, klStop, Ppo::withKlStop);
        ppo = set(ppo, entropy, Ppo::withEntropyBonus);
        return ppo.withOptimization(optimization(ppo.optimization()));
    }

    private Algorithm grpo() {
        if (lambda.isPresent()) {
            throw new IllegalArgumentException("--lambda is an option of PPO; GRPO estimates no values");
        }
        if (Stream.of(klEstimator, klTarget, klHorizon, klStop, entropy).anyMatch(Optional::isPresent)) {
            throw new IllegalArgumentException(
                    "--kl-estimator, --kl-target, --kl-horizon, --kl-stop and --entropy are options of PPO");
        }
        Grpo grpo = Grpo.defaults().withFilterGroups(filterGroups);
        grpo = set(grpo, kl, Grpo::withKlCoefficient);
        grpo = set(grpo, epochs, Grpo::withIterations);
        grpo = set(grpo, loss, Grpo::withLoss);
        grpo = set(grpo, minibatches, Grpo::withMinibatches);
        grpo = set(grpo, clip, (g, range) -> g.withClip(range, range));
        grpo = set(grpo, scaleRewards, Grpo::withByDeviation);
        return grpo.withOptimization(optimization(grpo.optimization()));
    }

    private Optimization optimization(Optimization given) {
        Optimization chosen = given.withSchedule(schedule.orElse(given.schedule()), warmUp.orElse(given.warmupSteps()));
        chosen = set(chosen, learningRate, Optimization::withLearningRate);
        chosen = set(chosen, weightDecay, Optimization::withWeightDecay);
        return set(chosen, gradientNorm, Optimization::withMaxGradientNorm);
    }

    private static <O, V> O set(O options, Optional<V> value, BiFunction<O, V, O> change) {
        return value.isPresent() ? change.apply(options, value.get()) : options;
    }
}
