package dev.wst.rewards;

import dev.wst.RewardFunction;

/**
 * A reward that can be composed further. Each method gives a new reward and leaves this one alone. A lambda will do, and
 * {@link Rewards#of(RewardFunction)} makes one of any other reward.
 *
 * <p>A verdict that is missing stays missing, with its reason, through everything but {@link #orElse(double)}; so does one
 * that would become infinite.
 *
 * <pre>{@code
 * RewardFunction gain = Rewards.of(reward).minusBaseline(StudentAccess.of(student, executor)).clip(-1, 1);
 * }</pre>
 */
@FunctionalInterface
public interface ComposableReward extends RewardFunction {

    /**
     * The value moved into a range; the parts stay as they are.
     *
     * @throws IllegalArgumentException unless low &lt; high, both finite
     */
    default ComposableReward clip(double low, double high) {
        return Pointwise.clip(this, low, high);
    }

    /**
     * 1 where the value is at least the threshold, 0 elsewhere: makes a condition of a graded reward. The part
     * {@code graded} keeps the value.
     */
    default ComposableReward atLeast(double threshold) {
        return Pointwise.atLeast(this, threshold);
    }

    /** A value in place of a missing verdict. The part {@code unscored} is 1 where it was needed, else 0. */
    default ComposableReward orElse(double value) {
        return Pointwise.orElse(this, value);
    }

    /**
     * This reward where a condition holds, and a fixed value elsewhere. The condition is asked first, and this reward only
     * about what passed: a cheap condition saves the calls of a dear judge. Where the condition has no verdict there is
     * none.
     *
     * @param name the part under which the condition's value is kept
     * @param condition holds where its value is above 0
     * @param otherwise the whole value where it does not hold
     */
    default ComposableReward onlyIf(String name, RewardFunction condition, double otherwise) {
        return new Gate(this, name, condition, otherwise).asReward();
    }

    /**
     * (value - mean) / deviation with numbers measured beforehand, as a reward model's scores are brought to mean 0 and
     * deviation 1 before training (Ziegler et al., arXiv 1909.08593, section 2.2). The part {@code raw} keeps the value.
     *
     * <p>There is no running mean on purpose. Its state would have to travel with every checkpoint, an evaluation would
     * move it, and the same answer would be worth something else an hour later.
     */
    default ComposableReward normalise(Scale scale) {
        return Normalisation.fixed(this, scale);
    }

    /**
     * (value - mean) / deviation over what is judged in the same call of {@link RewardFunction#scoreAll}: for training,
     * where a call is a step. It keeps no state and does not depend on the order of the batch. A batch without spread gives
     * 0; so does {@link RewardFunction#score}, and an evaluation always has mean 0. The part {@code raw} keeps the value.
     */
    default ComposableReward normaliseInBatch() {
        return Normalisation.inBatch(this);
    }

    /**
     * The value less that of the same student's answer without instruction, so that only what the instruction added is
     * paid. That answer is asked for and judged once per task, while this reward judges the batch, and then remembered; one
     * that failed or has no verdict leaves the attempt unscored and is asked for again next time. Parts:
     * {@code instructed}, {@code uninstructed}.
     */
    default ComposableReward minusBaseline(StudentAccess student) {
        return new Baseline(this, student).asReward();
    }

    /**
     * The mean over several answers of the student to the same instruction: the one in the attempt and as many more as are
     * needed. Answers that fail or have no verdict are left out of the mean; the part {@code answers} says how many
     * counted. The other parts are means as well. A run that asks for several answers itself, by
     * {@code answersPerInstruction}, needs no such reward: where answers are kept, both would count the same ones.
     *
     * @param answers how many in all, at least 2
     */
    default ComposableReward averagedOver(int answers, StudentAccess student) {
        return new AnswerMean(this, answers, student).asReward();
    }
}
