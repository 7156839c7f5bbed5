package dev.wst.serving;

import dev.wst.Instruction;
import dev.wst.Rollout;
import dev.wst.evaluation.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * When not to teach: chosen on a validation so that few questions are answered worse for being taught. Either everywhere that the
 * teacher is less sure of its wording than a threshold, or in all categories of questions but those in which it was seen to help.
 *
 * <pre>{@code
 * List<Comparison.Result> results = Comparison.run(heldOut, examiner, List.of(
 *                 Comparison.Arm.none("student alone"),
 *                 Comparison.Arm.teacher("teacher", teacher, Sampling.greedy(64), new Seed(17))))
 *         .results();
 * List<Rollout> alone = results.get(0).rollouts();
 * List<Rollout> instructed = results.get(1).rollouts();
 * Abstention confident = Abstention.byConfidence(instructed, alone, 0.02);
 * Abstention known = Abstention.byCategory(instructed, alone, 0.02, question -> question.endsWith("?") ? "question" : "order");
 * Teaching careful = Teaching.builder(served).where(known).build();
 * }</pre>
 *
 * <p>A harmed question is one that got a lower reward with the instruction than without; the rate is that among all questions,
 * those that go untaught included, which no instruction harms. The choice is made so that among 40 validations at most one chooses
 * what harms more than the bound among questions like those of the validation, which must not be those that the teacher was trained
 * on. (Of larger bounds more: one among 35 where it is 0.2, among 30 where it is 0.5.) Of both ways together,
 * {@code known.and(confident)}, that is true as well: what is taught less harms no more.
 */
public final class Abstention implements Predicate<ServedTeacher.Written> {
    private static final double LEVEL = 0.95;

    private final Predicate<ServedTeacher.Written> rule;
    private final String where;
    private final int taught;
    private final Interval harm;
    private final Interval gain;

    private Abstention(
            Predicate<ServedTeacher.Written> rule,
            String where,
            BothWays validation,
            Predicate<BothWays.Pair> isTaught,
            double level) {
        this.rule = rule;
        this.where = where;
        this.taught = validation.count(isTaught);
        this.harm = validation.harm(isTaught, level);
        this.gain = validation.gain(isTaught, level);
    }

    /**
     * Teaches where the mean log-probability of the instruction's tokens is at least a threshold: the surest instructions are let
     * through first, then less sure ones, for as long as the upper end of the harm rate's 95 % interval stays at or under the bound.
     * That many thresholds are tried costs no confidence, since the harm can only grow from one to the next (Bates et al.,
     * Distribution-free, risk-controlling prediction sets, arXiv 2101.02703, theorem 1).
     *
     * <p>It helps where a teacher is less sure of what it does not know. Trained ones often are not: look at what is gained.
     *
     * @param taught one for each question, answered with what the teacher wrote; those without a verdict do not count
     * @param alone the same questions answered without
     * @param mostHarm the bound on the share of questions that are answered worse, above 0 and below 1
     * @throws IllegalArgumentException if the bound is out of its range, a question has no counterpart or comes twice, an instruction
     *     was not sampled, or there are too few questions to tell even a harmless teacher from one that breaks the bound
     */
    public static Abstention byConfidence(List<Rollout> taught, List<Rollout> alone, double mostHarm) {
        requireBound(mostHarm);
        BothWays validation = BothWays.of(taught, alone);
        validation.pairs().forEach(Abstention::requireWritten);
        validation.requireEnough(mostHarm, LEVEL);
        double threshold = threshold(validation, validation.mostHarmed(mostHarm, LEVEL));
        return new Abstention(
                written -> written.meanLogProbability() >= threshold,
                String.format(Locale.ROOT, "where the mean log-probability is at least %.3f", threshold),
                validation,
                pair -> sureness(pair) >= threshold,
                LEVEL);
    }

    /** The sureness of the last before too many are harmed; infinite where the first are too many. */
    private static double threshold(BothWays validation, int mostHarmed) {
        List<BothWays.Pair> surestFirst = validation.pairs().stream()
                .filter(pair -> sureness(pair) > Double.NEGATIVE_INFINITY)
                .sorted(Comparator.comparingDouble(Abstention::sureness).reversed())
                .toList();
        double threshold = Double.POSITIVE_INFINITY;
        int harmed = 0;
        for (int i = 0; i < surestFirst.size(); i++) {
            harmed += surestFirst.get(i).isHarmed() ? 1 : 0;
            if (harmed > mostHarmed) {
                break;
            }
            double sureness = sureness(surestFirst.get(i));
            if (i + 1 == surestFirst.size() || sureness(surestFirst.get(i + 1)) < sureness) {
                threshold = sureness;
            }
        }
        return threshold;
    }

    /** Below all others where nothing was written: such a question is answered without, in service too. */
    private static double sureness(BothWays.Pair pair) {
        Instruction instruction = pair.attempt().instruction();
        return instruction.isEmpty() ? Double.NEGATIVE_INFINITY : ServedBase.Kept.meanLogProbability(instruction);
    }

    private static void requireWritten(BothWays.Pair pair) {
        Instruction instruction = pair.attempt().instruction();
        if (!instruction.isEmpty() && instruction.tokenCount() == 0) {
            throw new IllegalArgumentException(
                    "the instruction for task " + pair.attempt().task().id()
                            + " was not written by a teacher, so nobody knows how sure one was of it");
        }
    }

    /**
     * Teaches the categories in which the teacher helps: those whose gain is above 0 with a confidence that all categories share
     * (Bonferroni). Where these together break the bound, those that harm most for what they gain are left out until the rest keep
     * it. Categories that the validation has not seen are not taught.
     *
     * <p>Harm and gain hold for whichever categories are chosen: the chance of error is shared by all numbers of categories, and
     * by all choices of so many. So fewer categories need fewer questions. Where nothing is harmed, a bound of 0.02 takes 189
     * questions with one category, and with ten 387 if all of them are taught and 893 if some five are.
     *
     * @param taught one for each question, answered with what the teacher wrote; those without a verdict do not count
     * @param alone the same questions answered without
     * @param mostHarm the bound on the share of questions that are answered worse, above 0 and below 1
     * @param category of a question. It is asked of the validation's questions as of an app's, so its mistakes count
     * @throws IllegalArgumentException if the bound is out of its range, a question has no counterpart or comes twice, or there are
     *     too few questions to tell even a harmless teacher from one that breaks the bound
     */
    public static Abstention byCategory(
            List<Rollout> taught, List<Rollout> alone, double mostHarm, Function<String, String> category) {
        requireBound(mostHarm);
        BothWays validation = BothWays.of(taught, alone);
        Categories categories = new Categories(validation, category);
        Set<String> chosen = categories.chosen(mostHarm);
        return new Abstention(
                written -> chosen.contains(category.apply(written.question())),
                "the categories " + chosen + " and not " + categories.others(chosen),
                validation,
                pair -> categories.isIn(pair, chosen),
                categories.level(Math.max(1, chosen.size())));
    }

    private static void requireBound(double mostHarm) {
        if (!(mostHarm > 0 && mostHarm < 1)) {
            throw new IllegalArgumentException(
                    "the bound on the share of harmed questions should lie between 0 and 1, got " + mostHarm);
        }
    }

    /** Whether to teach. */
    @Override
    public boolean test(ServedTeacher.Written written) {
        return rule.test(written);
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
                "teaches %s: %d of %d questions, harm %s, gain %s",
                where,
                taught,
                harm.count(),
                harm,
                gain);
    }
}
