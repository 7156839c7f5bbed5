package dev.wst.evaluation;

import dev.wst.Rollout;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Whether a candidate teacher may take the place of the one that serves: on the same questions it must not be worse than that one by
 * more than a margin, must be better than the student alone, and must harm few questions.
 *
 * <pre>{@code
 * Path newer = Path.of("runs/second/adapter");
 * try (ServedTeacher contender = served.withAdapter(newer)) {
 *     Comparison comparison = Comparison.run(heldOut, examiner, List.of(
 *             Comparison.Arm.none("alone"),
 *             Teaching.by(served).arm("current"),
 *             Teaching.by(contender).arm("candidate")));
 *     PromotionGate.Decision decision = PromotionGate.defaults().decide(comparison, "candidate", "current", "alone");
 *     System.out.println(decision);
 *     if (decision.isGranted()) {
 *         served.replace(newer);
 *     }
 * }
 * }</pre>
 *
 * <p>Each condition is held against one end of a 95 % interval, so that a candidate which does not meet it passes it once in 40
 * times. All have to be met, so all may be looked at without a correction (an intersection-union test). Candidates that are tried one
 * after another on the same questions until one passes need one: fresh questions.
 *
 * @param margin how much less reward than the current teacher's counts as none, in the reward's unit; above 0
 * @param mostHarm the bound on the share of questions that are answered worse than by the student alone, above 0 and below 1. It
 *     also bounds the share of those that have a verdict only without the candidate's instruction
 */
public record PromotionGate(double margin, double mostHarm) {
    private static final double MARGIN = 0.02;
    private static final double HARM = 0.02;

    public PromotionGate {
        if (!(margin > 0)) {
            throw new IllegalArgumentException("the margin should be above 0, got " + margin
                    + "; however equal two teachers are, no number of questions shows them to be exactly so");
        }
        if (!(mostHarm > 0 && mostHarm < 1)) {
            throw new IllegalArgumentException(
                    "the bound on the share of harmed questions should lie between 0 and 1, got " + mostHarm);
        }
    }

    /** A margin of 0.02, and 2 % of the questions harmed at most. */
    public static PromotionGate defaults() {
        return new PromotionGate(MARGIN, HARM);
    }

    /** How much less reward than the current teacher's counts as none; 0.02 by default, for rewards from 0 to 1. */
    public PromotionGate withMargin(double value) {
        return new PromotionGate(value, mostHarm);
    }

    /** The bound on the share of questions that are answered worse than by the student alone; 0.02 by default. */
    public PromotionGate withMostHarm(double value) {
        return new PromotionGate(margin, value);
    }

    /**
     * What was decided, and why.
     *
     * @param isGranted whether every condition is met
     * @param reasons one for each condition, in words, with its numbers
     * @param overCurrent how much more the candidate earned than the current teacher
     * @param overAlone how much more it earned than the student alone
     * @param harm the share of questions that it made worse than the student alone
     */
    public record Decision(
            boolean isGranted, List<String> reasons, Interval overCurrent, Interval overAlone, Interval harm) {
        public Decision {
            reasons = List.copyOf(reasons);
        }

        /** Decision and reasons, a line each. */
        @Override
        public String toString() {
            return (isGranted ? "granted" : "refused") + String.join("", indented());
        }

        private List<String> indented() {
            return reasons.stream().map(reason -> "\n  " + reason).toList();
        }
    }

    /**
     * Decides.
     *
     * @param comparison of three arms by these names, all on the same questions
     * @throws IllegalArgumentException if there is no arm of a name, or there are too few questions to tell even a harmless candidate
     *     from one that breaks the bound
     */
    public Decision decide(Comparison comparison, String candidate, String current, String alone) {
        requireEnough(comparison, candidate, alone);
        Interval overCurrent = comparison.difference(candidate, current);
        Interval overAlone = comparison.difference(candidate, alone);
        Interval harm = comparison.worse(candidate, alone);
        int lost = lost(comparison, candidate, alone);
        int questions = comparison.result(alone).rollouts().size();
        List<Condition> conditions = List.of(
                new Condition(
                        overCurrent.low() >= -margin,
                        String.format(
                                Locale.ROOT,
                                "%s minus %s: %s on %d questions; the lower end should be at least %s",
                                candidate,
                                current,
                                overCurrent,
                                overCurrent.count(),
                                -margin)),
                new Condition(
                        overAlone.low() > 0,
                        String.format(
                                Locale.ROOT,
                                "%s minus %s: %s on %d questions; the lower end should be above 0",
                                candidate,
                                alone,
                                overAlone,
                                overAlone.count())),
                new Condition(
                        harm.high() <= mostHarm,
                        String.format(
                                Locale.ROOT,
                                "share of questions that %s makes worse than %s: %s; the upper end should be at most %s",
                                candidate,
                                alone,
                                harm,
                                mostHarm)),
                new Condition(
                        lost <= mostHarm * questions,
                        String.format(
                                Locale.ROOT,
                                "questions with a verdict for %s and none for %s: %d of %d; the share should be at most %s",
                                alone,
                                candidate,
                                lost,
                                questions,
                                mostHarm)));
        return new Decision(
                conditions.stream().allMatch(Condition::isMet),
                conditions.stream().map(Condition::reason).toList(),
                overCurrent,
                overAlone,
                harm);
    }

    private record Condition(boolean isMet, String what) {
        String reason() {
            return (isMet ? "yes, " : "NO, ") + what;
        }
    }

    /** What fails with an instruction that did not fail without may be the instruction's doing. */
    private static int lost(Comparison comparison, String candidate, String alone) {
        List<Rollout> with = comparison.result(candidate).rollouts();
        List<Rollout> without = comparison.result(alone).rollouts();
        Predicate<Rollout> isScored = rollout -> rollout.reward().isScored();
        return (int) IntStream.range(0, with.size())
                .filter(i -> isScored.test(without.get(i)) && !isScored.test(with.get(i)))
                .count();
    }

    private void requireEnough(Comparison comparison, String candidate, String alone) {
        int count = comparison.isComparable(candidate, alone)
                ? comparison.worse(candidate, alone).count()
                : 0;
        double least = count == 0 ? 1 : Interval.of(new double[count]).high();
        if (least > mostHarm) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d questions with verdicts for %s and %s are too few: if none of them were harmed, a share of %.3f still"
                            + " could be, and the bound is %s; compare on more questions, or allow more harm",
                    count,
                    candidate,
                    alone,
                    least,
                    mostHarm));
        }
    }
}
