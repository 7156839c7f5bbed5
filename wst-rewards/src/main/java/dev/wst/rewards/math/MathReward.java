package dev.wst.rewards.math;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.rewards.math.comparing.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * 1 if the answer that the student gives equals the task's reference, 0 if it differs or if no answer is found. Parts:
 * {@code extracted} is 1 if an answer was found, {@code candidate_unreadable} is 1 if that answer is beyond all bounds, and {@code rule_...} is 1 for the {@linkplain Rule rule} that found it,
 * as {@code rule_boxed}.
 *
 * <p>There is no verdict, hence no score, where the reference itself holds no answer that can be read, and where two
 * readable answers cannot be told apart; a text in which nothing was found never equals a reference in which nothing was
 * found. An answer that leaves an operation to be carried out which this library does not compute, as an integral of
 * e^(x^2), has no verdict either, since it may be right; the reason says which side it was. An answer that alone is too long,
 * too deep or too large to compute, beside a reference that is not, is wrong:
 * unscored attempts leave the batch, and a student must not gain by making its failures so.
 *
 * <pre>{@code
 * RewardFunction reward = MathReward.gsm8k();
 * }</pre>
 */
public final class MathReward implements RewardFunction {
    private final AnswerExtractor extractor;
    private final Equivalence equivalence;

    private MathReward(AnswerExtractor extractor, Equivalence equivalence) {
        this.extractor = extractor;
        this.equivalence = equivalence;
    }

    /** For GSM8K: {@link AnswerExtractor#gsm8k()} and the {@linkplain Equivalence#standard() standard} comparison. */
    public static MathReward gsm8k() {
        return new MathReward(AnswerExtractor.gsm8k(), Equivalence.standard());
    }

    /** For MATH: {@link AnswerExtractor#math()} and the {@linkplain Equivalence#standard() standard} comparison. */
    public static MathReward math() {
        return new MathReward(AnswerExtractor.math(), Equivalence.standard());
    }

    /** The same with another way to find the answer, such as {@code AnswerExtractor.strict(Rule.BOXED).singleAnswer()}. */
    public MathReward withExtractor(AnswerExtractor other) {
        return new MathReward(Objects.requireNonNull(other, "extractor"), equivalence);
    }

    /** The same with another way to compare, such as {@code Equivalence.standard().withUnits(UnitPolicy.REQUIRED)}. */
    public MathReward withEquivalence(Equivalence other) {
        return new MathReward(extractor, Objects.requireNonNull(other, "equivalence"));
    }

    /** @throws IllegalArgumentException if the task has no reference */
    @Override
    public void check(Task task) {
        reference(task);
    }

    private static String reference(Task task) {
        return task.reference()
                .orElseThrow(() -> new IllegalArgumentException("task " + task.id()
                        + " has no reference answer to compare with; give it one or use a reward that needs none"));
    }

    /** @throws IllegalArgumentException if the task has no reference */
    @Override
    public Reward score(Attempt attempt) {
        String reference = reference(attempt.task());
        Extraction found = extractor.extract(attempt.answer().text());
        if (found.answer().isEmpty()) {
            return reference.isBlank() ? Reward.unscored("the reference is empty") : scored(0, found, false);
        }
        String gold = ReferenceAnswers.answer(reference);
        Verdict verdict = equivalence.compare(gold, found.answer().get());
        return switch (verdict.outcome()) {
            case EQUAL -> scored(1, found, false);
            case DIFFERENT -> scored(0, found, false);
            case UNDECIDED -> {
                boolean evasive = equivalence.canRead(gold)
                        && !equivalence.canRead(found.answer().get());
                yield evasive ? scored(0, found, true) : Reward.unscored(verdict.reason());
            }
        };
    }

    private static Reward scored(double value, Extraction found, boolean unreadable) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("extracted", found.answer().isPresent() ? 1.0 : 0.0);
        parts.put("candidate_unreadable", unreadable ? 1.0 : 0.0);
        for (Rule rule : Rule.values()) {
            boolean fired = found.rule().filter(rule::equals).isPresent();
            parts.put("rule_" + rule.name().toLowerCase(Locale.ROOT), fired ? 1.0 : 0.0);
        }
        return Reward.of(value, parts);
    }

    @Override
    public String toString() {
        return "MathReward[" + extractor + ", " + equivalence + "]";
    }
}
