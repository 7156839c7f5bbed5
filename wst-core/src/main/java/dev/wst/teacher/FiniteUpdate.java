package dev.wst.teacher;

import dev.wst.Advice;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
import dev.wst.engine.nn.AdamW;
import java.util.Arrays;
import java.util.List;

/** Refuses an update whose loss or gradient is not finite, before it changes a weight, and says where that comes from. */
final class FiniteUpdate {
    private static final int MOST_NAMES = 16;

    private final AdamW optimizer;

    FiniteUpdate(AdamW optimizer) {
        this.optimizer = optimizer;
    }

    /** The loss of one instruction. */
    double loss(TokenSlopes slopes, TokenScores scores, Advice advice) {
        boolean finite = Double.isFinite(slopes.loss())
                && Arrays.stream(slopes.logProbability()).allMatch(Double::isFinite)
                && Arrays.stream(slopes.entropy()).allMatch(Double::isFinite);
        if (!finite) {
            throw new TrainingDivergedException("the loss of "
                    + advice.situation().name() + ", is not finite (" + slopes.loss()
                    + "): " + suspect(scores) + "; the teacher's weights are as before");
        }
        return slopes.loss();
    }

    void requireGradient(double norm, List<Advice> batch) {
        if (!Double.isFinite(norm)) {
            throw new TrainingDivergedException("the gradient of "
                    + optimizer.firstNonFinite().orElse("all tensors together") + " is not finite over the batch of "
                    + names(batch) + "; the teacher's weights are as before");
        }
    }

    private String suspect(TokenScores scores) {
        if (Arrays.stream(scores.logProbabilities()).allMatch(Double::isFinite)) {
            return "its log-probabilities are finite, its reward or advantage is not";
        }
        return optimizer
                .firstNonFiniteValue()
                .map(name -> name + " holds a number that is not finite")
                .orElse("its log-probabilities are not finite though every trained tensor is");
    }

    /** The tasks of a batch, each once; the first of very many. */
    private static String names(List<Advice> batch) {
        List<String> tasks =
                batch.stream().map(advice -> advice.task().id()).distinct().toList();
        String some = String.join(", ", tasks.subList(0, Math.min(MOST_NAMES, tasks.size())));
        return (tasks.size() == 1 ? "task " : "tasks ")
                + some
                + (tasks.size() > MOST_NAMES ? " and " + (tasks.size() - MOST_NAMES) + " more" : "");
    }
}
