package dev.wst.training;

import dev.wst.Rollout;
import dev.wst.evaluation.NearCopies;
import dev.wst.rl.Optimization;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What cannot be computed as it was asked for; each is logged once. How training goes is for {@link dev.wst.diagnosis}. */
final class Warnings {
    private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);

    private final Set<String> given = new HashSet<>();

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
    void after(int step, List<Rollout> scored) {
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

    private void once(String what, String message) {
        if (given.add(what)) {
            LOG.warn(message);
        }
    }
}
