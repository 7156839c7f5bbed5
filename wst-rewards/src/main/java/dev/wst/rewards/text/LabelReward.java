package dev.wst.rewards.text;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.rewards.guard.Readings;
import dev.wst.rewards.guard.Thinking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * For tasks whose answer is one of a few labels: 1 if the answer gives the right label and no other, 0 otherwise.
 *
 * <p>An answer names a label by whole words, in any case; the student's thinking is not part of it. A label that is denied
 * ("not positive", "negative is wrong") is not given; an answer that gives several, or one with a "maybe" before it, gives none.
 * A label of a single letter counts where it stands as the label of a choice: alone, in brackets, before a full stop, after a
 * word such as "option", or as a capital that is no word by itself; so the article "a" and the pronoun "I" name nothing. A label
 * that is a common word, such as "no", counts wherever it stands as a word: "There is no doubt: yes" gives both, hence neither.
 *
 * <p>An instruction that tells earns nothing, whatever the student answers: a teacher that is paid for right answers soon
 * writes them itself. It tells if it sets labels apart, by asserting some and not all of them or by denying some and not all,
 * as it stands or in one of its other {@linkplain Readings readings} (invisible signs between letters, letters spaced out,
 * backwards, base64), or if it holds some of them and not all in another form ("positives", "positivity") or in pieces
 * ("posi-tive", "posi tive"); labels of fewer than four letters are looked for in the text as it stands only. Listing all labels
 * alike tells nothing. How often an instruction tells is the part {@code names_one_label}; how often the answer was right, paid or
 * not, is the part {@code right}.
 *
 * <pre>{@code
 * RewardFunction reward = LabelReward.of("positive", "negative");
 * }</pre>
 */
public final class LabelReward implements RewardFunction {
    /** Shorter labels stand backwards, or in base64, in many a harmless text. */
    private static final int TOO_SHORT_TO_HIDE = 4;

    private static final Thinking THINKING =
            new Thinking(List.of("think", "thinking", "thought", "thoughts", "reasoning", "reason", "scratchpad"));

    private final List<List<String>> labels;

    private LabelReward(List<List<String>> labels) {
        this.labels = List.copyOf(labels);
    }

    /**
     * A choice among labels.
     *
     * @param labels at least two, of different words
     */
    public static LabelReward of(String... labels) {
        List<List<String>> all = new ArrayList<>();
        for (String label : labels) {
            List<String> words = Words.of(label);
            if (words.isEmpty() || all.contains(words)) {
                throw new IllegalArgumentException(
                        "labels must be different and have a word each, got " + List.of(labels));
            }
            all.add(words);
        }
        if (all.size() < 2) {
            throw new IllegalArgumentException("a choice needs at least two labels, got " + List.of(labels));
        }
        return new LabelReward(all);
    }

    /** @throws IllegalArgumentException if the task's reference is none of the labels */
    @Override
    public void check(Task task) {
        right(task);
    }

    /** @throws IllegalArgumentException if the task's reference is none of the labels */
    @Override
    public Reward score(Attempt attempt) {
        int right = right(attempt.task());
        boolean answered = new LabelMentions(
                        labels,
                        Readings.of(THINKING.removed(attempt.answer().text())).get(0))
                .answers(right);
        boolean told = tells(attempt.instruction().text());
        return Reward.of(
                answered && !told ? 1 : 0, Map.of("names_one_label", told ? 1.0 : 0.0, "right", answered ? 1.0 : 0.0));
    }

    private int right(Task task) {
        int right = labels.indexOf(Words.of(References.of(task)));
        if (right < 0) {
            throw new IllegalArgumentException(
                    "the reference of task " + task.id() + " is none of " + names() + ": " + References.of(task));
        }
        return right;
    }

    private List<String> names() {
        return labels.stream().map(words -> String.join(" ", words)).toList();
    }

    private boolean tells(String instruction) {
        List<String> readings = Readings.of(instruction);
        if (new LabelMentions(labels, readings.get(0)).tells()) {
            return true;
        }
        List<List<String>> hidden = labels.stream()
                .filter(words -> String.join("", words).length() >= TOO_SHORT_TO_HIDE)
                .toList();
        return hidden.size() == labels.size()
                && (new LabelTraces(labels, readings.get(0)).tells()
                        || readings.stream().skip(1).anyMatch(reading -> new LabelMentions(labels, reading).tells()));
    }

    @Override
    public String toString() {
        return "LabelReward" + names();
    }
}
