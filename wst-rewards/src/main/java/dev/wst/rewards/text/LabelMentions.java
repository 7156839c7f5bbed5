package dev.wst.rewards.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of some labels a text asserts and which it denies. A label is named by its whole words; of a label that is part of a
 * longer one, only the longer is named where that stands.
 */
final class LabelMentions {
    /** Words before a label among which one that denies reaches it. */
    private static final int REACH = 3;

    /** Words before a label among which one that denies an opinion, as in "I do not think that this is", reaches it. */
    private static final int REACH_OF_OPINIONS = 10;

    private static final Set<String> DENY = Set.of(
            "not",
            "never",
            "no",
            "neither",
            "nor",
            "cannot",
            "without",
            "non",
            "avoid",
            "instead",
            "hardly",
            "unlikely",
            "doubt");
    private static final Set<String> OPINIONS = Set.of(
            "think",
            "believe",
            "say",
            "claim",
            "agree",
            "mean",
            "suppose",
            "see",
            "find",
            "call",
            "consider",
            "sure",
            "certain",
            "convinced",
            "true",
            "clear",
            "feel");
    private static final Set<List<String>> DENY_TOGETHER = Set.of(
            List.of("far", "from"), List.of("anything", "but"), List.of("other", "than"), List.of("opposite", "of"));
    private static final Set<String> DENY_AFTER = Set.of("wrong", "incorrect", "false", "not", "never", "forbidden");
    private static final Set<String> LINK = Set.of("is", "are", "was", "would", "be");
    private static final Set<String> AND = Set.of("or", "nor", "and");
    private static final Set<String> UNSURE =
            Set.of("maybe", "perhaps", "possibly", "might", "could", "may", "unsure", "unclear", "uncertain");

    private final List<List<String>> labels;
    private final Set<Integer> asserted = new LinkedHashSet<>();
    private final Set<Integer> denied = new LinkedHashSet<>();
    private boolean unsure;

    /** @param labels each as its words */
    LabelMentions(List<List<String>> labels, String text) {
        this.labels = labels;
        List<LabelWord> words = LabelWord.of(text);
        List<Integer> longestFirst = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            longestFirst.add(label);
        }
        longestFirst.sort(Comparator.comparing(label -> -labels.get(label).size()));
        boolean before = false;
        int lastEnd = -1;
        for (int at = 0; at < words.size(); ) {
            int label = labelAt(words, at, longestFirst);
            if (label < 0) {
                at++;
                continue;
            }
            int end = at + labels.get(label).size();
            boolean listed = lastEnd >= 0 && continues(words, lastEnd, at);
            boolean isDenied = listed ? before : deniedBefore(words, at) || deniedAfter(words, end);
            (isDenied ? denied : asserted).add(label);
            unsure |= !isDenied && unsureBefore(words, at);
            before = isDenied;
            lastEnd = end;
            at = end;
        }
    }

    private int labelAt(List<LabelWord> words, int at, List<Integer> order) {
        for (int label : order) {
            if (matches(words, at, labels.get(label))) {
                return label;
            }
        }
        return -1;
    }

    private static boolean matches(List<LabelWord> words, int at, List<String> label) {
        if (at + label.size() > words.size()) {
            return false;
        }
        for (int i = 0; i < label.size(); i++) {
            if (!words.get(at + i).text().equals(label.get(i))) {
                return false;
            }
        }
        return label.size() > 1 || label.get(0).length() > 1 || words.get(at).isChoice(words, at);
    }

    /** Whether nothing but commas and a conjunction stands between two labels. */
    private static boolean continues(List<LabelWord> words, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!AND.contains(words.get(i).text())) {
                return false;
            }
        }
        return !words.get(to).beginsSentence() && (from < to || words.get(to).beginsClause());
    }

    private boolean deniedBefore(List<LabelWord> words, int at) {
        for (int i = at - 1; i >= 0 && i >= at - REACH_OF_OPINIONS; i--) {
            boolean near = i >= at - REACH;
            if (near && i > 0 && deniesTogether(words.get(i - 1), words.get(i))) {
                return true;
            }
            if (words.get(i + 1).beginsClause()) {
                return false;
            }
            boolean denies = DENY.contains(words.get(i).text())
                    && !labels.contains(List.of(words.get(i).text()));
            if (denies && (near || OPINIONS.contains(words.get(i + 1).text()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean deniesTogether(LabelWord one, LabelWord next) {
        return DENY_TOGETHER.contains(List.of(one.text(), next.text()));
    }

    private boolean deniedAfter(List<LabelWord> words, int end) {
        int at = end;
        while (at < words.size()
                && !words.get(at).beginsClause()
                && LINK.contains(words.get(at).text())) {
            at++;
        }
        return at < words.size()
                && !words.get(at).beginsClause()
                && DENY_AFTER.contains(words.get(at).text())
                && !labels.contains(List.of(words.get(at).text()));
    }

    private static boolean unsureBefore(List<LabelWord> words, int at) {
        for (int i = at - 1; i >= 0 && i >= at - REACH - 1; i--) {
            if (UNSURE.contains(words.get(i).text())) {
                return true;
            }
            if (words.get(i).beginsSentence()) {
                return false;
            }
        }
        return false;
    }

    /** Whether it holds one label and leaves no doubt. */
    boolean answers(int label) {
        return !unsure && asserted.equals(Set.of(label));
    }

    /** Whether it sets some labels apart from the others; naming all alike, or none, does not. */
    boolean tells() {
        return isSome(asserted) || isSome(denied);
    }

    private boolean isSome(Set<Integer> some) {
        return !some.isEmpty() && some.size() < labels.size();
    }
}
