package dev.wst.engine.nn;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;

/**
 * Low-rank adapters (LoRA, arXiv 2106.09685): {@code y = W x + alpha / rank * B (A x)}.
 *
 * @param rank R
 * @param alpha numerator of the factor
 * @param targets the linear layers that get one, as PEFT names them
 */
public record LoraConfig(int rank, double alpha, Set<String> targets) {
    /** Every linear layer of a block. */
    public static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    public LoraConfig {
        if (rank < 1) {
            throw new IllegalArgumentException("the rank of an adapter must be at least 1, got " + rank);
        }
        if (!(alpha > 0) || Double.isInfinite(alpha)) {
            throw new IllegalArgumentException("alpha must be a positive number, got " + alpha);
        }
        if (targets.isEmpty() || !ALL_LINEAR.containsAll(targets)) {
            throw new IllegalArgumentException("adapters go to some of " + ALL_LINEAR + ", got " + targets);
        }
        // In one order in every process: a run tells by it whether it is resumed with the same adapters.
        targets = ImmutableSet.copyOf(
                ALL_LINEAR.stream().filter(targets::contains).toList());
    }

    float factor() {
        return (float) (alpha / rank);
    }
}
