package dev.wst.serving;

import dev.wst.Instruction;
import dev.wst.Rollout;
import dev.wst.evaluation.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When not to teach: wherever the teacher is less sure of its wording than a threshold, which a validation chooses so that few
 * questions are answered worse for being taught.
 *
 * <pre>{@code
 * List<Comparison.Result> results = Comparison.run(heldOut, examiner, List.of(
 *                 Comparison.Arm.none("student alone"),
 *                 Comparison.Arm.teacher("teacher", teacher, Sampling.greedy(64), new Seed(17))))
 *         .results();
 * Abstention abstention = Abstention.chosenOn(results.get(1).rollouts(), results.get(0).rollouts(), 0.02);
 * Teaching careful = Teaching.builder(served).where(abstention).build();
 * }</pre>
 *
 * <p>The surest instructions are let through first, then less sure ones, for as long as the upper end of the harm rate's 95 %
 * interval stays at or under the bound. A harmed question is one that got a lower reward with the instruction than without; the rate
 * is that among all questions, those that go untaught included, which no instruction harms. It says something of questions like those
 * of the validation, which must not be those that the teacher was trained on.
 */
public final class Abstention implements Predicate<ServedTeacher.Written> {
    private final double threshold;
    private final int taught;
    private final Interval harm;
    private final Interval gain;

    /** A question both ways. */
    private record Pair(double sureness, double taught, double alone) {
        boolean isHarmed() {
            return taught < alone;
        }
    }

    private Abstention(double threshold, List<Pair> taught, List<Pair> all) {
        this.threshold = threshold;
        this.taught = taught.size();
        double[] harmed = new double[all.size()];
        double[] with = new double[all.size()];
        double[] without = new double[all.size()];
        for (int i = 0; i < all.size(); i++) {
            boolean isTaught = i < taught.size();
            harmed[i] = isTaught && all.get(i).isHarmed() ? 1 : 0;
            with[i] = isTaught ? all.get(i).taught : all.get(i).alone;
            without[i] = all.get(i).alone;
        }
        this.harm = Interval.of(harmed);
        this.gain = Interval.ofPairs(with, without);
    }

    /**
     * Chooses the threshold.
     *
     * @param taught one for each question, answered with what the teacher wrote; those without a verdict do not count
     * @param alone the same questions answered without
     * @param mostHarm the bound on the share of questions that are answered worse, above 0 and below 1
     * @throws IllegalArgumentException if the bound is out of its range, a question has no counterpart or comes twice, an instruction
     *     was not sampled, or there are too few questions to tell even a harmless teacher from one that breaks the bound
     */
    public static Abstention chosenOn(List<Rollout> taught, List<Rollout> alone, double mostHarm) {
        if (!(mostHarm > 0 && mostHarm < 1)) {
            throw new IllegalArgumentException(
                    "the bound on the share of harmed questions should lie between 0 and 1, got " + mostHarm);
        }
        List<Pair> pairs = pairs(taught, alone);
        requireEnough(pairs.size(), mostHarm);
        pairs.sort(Comparator.comparingDouble(Pair::sureness).reversed());
        Abstention best = new Abstention(Double.POSITIVE_INFINITY, List.of(), pairs);
        for (int count = 1; count <= pairs.size(); count++) {
            double threshold = pairs.get(count - 1).sureness;
            if (count == pairs.size() || pairs.get(count).sureness < threshold) {
                Abstention next = new Abstention(threshold, pairs.subList(0, count), pairs);
                if (next.harm.high() > mostHarm) {
                    return best;
                }
                best = next;
            }
        }
        return best;
    }

    private static List<Pair> pairs(List<Rollout> taught, List<Rollout> alone) {
        Map<String, Rollout> byTask = new HashMap<>();
        for (Rollout rollout : alone) {
            String id = rollout.attempt().task().id();
            if (byTask.put(id, rollout) != null) {
                throw new IllegalArgumentException("task " + id
                        + " was answered twice without an instruction; give one rollout" + " for each question");
            }
        }
        List<Pair> pairs = new ArrayList<>();
        for (Rollout rollout : taught) {
            String id = rollout.attempt().task().id();
            Rollout other = byTask.remove(id);
            if (other == null) {
                throw new IllegalArgumentException("task " + id
                        + " should be answered once with and once without an instruction, but has no rollout without");
            }
            pair(rollout, other).ifPresent(pairs::add);
        }
        return pairs;
    }

    private static Optional<Pair> pair(Rollout taught, Rollout alone) {
        Instruction instruction = taught.attempt().instruction();
        if (instruction.tokenCount() == 0) {
            throw new IllegalArgumentException(
                    "the instruction for task " + taught.attempt().task().id()
                            + " was not written by a teacher, so nobody knows how sure one was of it");
        }
        return taught.reward().isScored() && alone.reward().isScored()
                ? Optional.of(new Pair(
                        ServedBase.Kept.meanLogProbability(instruction),
                        taught.reward().value(),
                        alone.reward().value()))
                : Optional.empty();
    }

    private static void requireEnough(int count, double mostHarm) {
        double least = count == 0 ? 1 : Interval.of(new double[count]).high();
        if (least > mostHarm) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d questions with verdicts both ways are too few: if none of them were harmed, a share of %.3f still could be,"
                            + " and the bound is %s; validate on more questions, or allow more harm",
                    count,
                    least,
                    mostHarm));
        }
    }

    /** Whether the teacher was sure enough. */
    @Override
    public boolean test(ServedTeacher.Written written) {
        return written.meanLogProbability() >= threshold;
    }

    /** The mean log-probability of an instruction's tokens from which on it is used; infinite where none is. */
    public double threshold() {
        return threshold;
    }

    /** Of how many questions of the validation the instruction is used. */
    public int taught() {
        return taught;
    }

    /** The share of the validation's questions that were answered worse for being taught. */
    public Interval harm() {
        return harm;
    }

    /** What the reward of the validation's questions gains in the mean over the student alone. */
    public Interval gain() {
        return gain;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "teaches where the mean log-probability is at least %.3f: %d of %d questions, harm %s, gain %s",
                threshold,
                taught,
                harm.count(),
                harm,
                gain);
    }
}
