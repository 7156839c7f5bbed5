package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * For tasks whose answer is one of a few labels: 1 if the answer contains the right label and none of the others, 0
 * otherwise. Case does not count.
 *
 * <p>An instruction that names exactly one label earns nothing, whatever the student answers: a teacher that is paid for
 * right answers soon writes them itself. How often that happens is the part {@code names_one_label}; how often the answer
 * was right, paid or not, is the part {@code right}.
 *
 * <pre>{@code
 * RewardFunction reward = LabelReward.of("positive", "negative");
 * }</pre>
 */
public final class LabelReward implements RewardFunction {
    private final List<String> labels;

    private LabelReward(List<String> labels) {
        this.labels = labels;
    }

    /**
     * A choice among labels.
     *
     * @param labels at least two, different, none part of another
     */
    public static LabelReward of(String... labels) {
        Set<String> plain = new LinkedHashSet<>();
        for (String label : labels) {
            if (label.isBlank() || !plain.add(MatchReward.plain(label))) {
                throw new IllegalArgumentException("labels must be different and not blank, got " + List.of(labels));
            }
        }
        if (plain.size() < 2) {
            throw new IllegalArgumentException("a choice needs at least two labels, got " + List.of(labels));
        }
        for (String label : plain) {
            for (String other : plain) {
                if (!label.equals(other) && label.contains(other)) {
                    throw new IllegalArgumentException("the label " + label + " contains the label " + other
                            + ", so an answer that names the first would name both");
                }
            }
        }
        return new LabelReward(List.copyOf(plain));
    }

    /** @throws IllegalArgumentException if the task's reference is none of the labels */
    @Override
    public Reward score(Attempt attempt) {
        String right = MatchReward.plain(MatchReward.reference(attempt));
        if (!labels.contains(right)) {
            throw new IllegalArgumentException(
                    "the reference of task " + attempt.task().id() + " is none of " + labels + ": " + right);
        }
        boolean answered = named(attempt.answer().text()).equals(List.of(right));
        boolean told = named(attempt.instruction().text()).size() == 1;
        return Reward.of(
                answered && !told ? 1 : 0, Map.of("names_one_label", told ? 1.0 : 0.0, "right", answered ? 1.0 : 0.0));
    }

    private List<String> named(String text) {
        String plain = MatchReward.plain(text);
        return labels.stream().filter(plain::contains).toList();
    }
}
