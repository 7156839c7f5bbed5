package dev.wst.training;

import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.evaluation.NearCopies;
import dev.wst.rl.Deviation;
import dev.wst.rl.Optimization;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs that a run learns nothing or will diverge; each is logged once. */
final class Warnings {
    private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);
    private static final int SILENT_STEPS = 20;
    /** Nats a token: beyond it a policy writes what its reference would hardly ever have written. */
    private static final double SANE_KL = 2;

    private final boolean comparesGroups;
    private final Set<String> given = new HashSet<>();
    private int silent;

    /** @param comparesGroups whether only differences within a group teach anything */
    Warnings(boolean comparesGroups) {
        this.comparesGroups = comparesGroups;
    }

    /** Before the first step. */
    void start(Optimization optimization, int steps) {
        if (optimization.warmupSteps() > steps) {
            once(
                    "warm-up",
                    "the warm-up of " + optimization.warmupSteps() + " steps is longer than the run of " + steps
                            + ": the learning rate never reaches " + optimization.learningRate());
        }
    }

    /** Before the first step, of the questions that it is measured with. */
    void copies(NearCopies copies) {
        copies.warning().ifPresent(warning -> once("copies", warning));
    }

    /** After a step. */
    void after(StepMetrics metrics, List<Rollout> scored) {
        spread(metrics.step(), scored);
        divergence(metrics);
        signal(metrics);
    }

    private void spread(int step, List<Rollout> scored) {
        DoubleSummaryStatistics rewards =
                scored.stream().mapToDouble(r -> r.reward().value()).summaryStatistics();
        if (scored.isEmpty() || Double.isFinite(square(rewards.getMax() - rewards.getMin()) * scored.size())) {
            return;
        }
        once(
                "spread",
                "step " + step + ": rewards spread from " + rewards.getMin() + " to " + rewards.getMax()
                        + ": their variance is beyond what a double holds and advantages cannot be computed; clip or"
                        + " scale the reward");
    }

    private static double square(double value) {
        return value * value;
    }

    private void divergence(StepMetrics metrics) {
        double length = Math.max(1, metrics.values().getOrDefault("completions/mean_length", 1.0));
        double kl = Math.max(
                metrics.values().getOrDefault("kl", 0.0), metrics.values().getOrDefault("objective/kl", 0.0) / length);
        if (kl > SANE_KL) {
            once(
                    "kl",
                    "step " + metrics.step() + ": the divergence from the reference is " + kl
                            + " nats a token: the teacher no longer writes as its model does; lower the learning rate or"
                            + " raise the KL coefficient");
        }
    }

    private void signal(StepMetrics metrics) {
        double without = metrics.values()
                .getOrDefault(comparesGroups ? "frac_reward_zero_std" : "reward_std", comparesGroups ? 0.0 : 1.0);
        silent = (comparesGroups ? without == 1 : Deviation.isNone(without)) ? silent + 1 : 0;
        if (silent == SILENT_STEPS) {
            once(
                    "signal",
                    "no " + (comparesGroups ? "group" : "batch") + " of the last " + SILENT_STEPS
                            + " steps had two different rewards: nothing is learned; is the task too hard or too easy,"
                            + " or the reward the same for all answers?");
        }
    }

    private void once(String what, String message) {
        if (given.add(what)) {
            LOG.warn(message);
        }
    }
}
