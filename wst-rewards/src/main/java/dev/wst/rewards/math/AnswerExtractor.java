package dev.wst.rewards.math;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.finding.Boxes;
import dev.wst.rewards.math.finding.Corrections;
import dev.wst.rewards.math.finding.LastPart;
import dev.wst.rewards.math.finding.MarkedAnswers;
import dev.wst.rewards.math.finding.Passage;
import dev.wst.rewards.math.finding.Phrases;
import dev.wst.rewards.math.finding.Quotes;
import dev.wst.rewards.math.reading.Accents;
import dev.wst.rewards.math.reading.Answers;
import dev.wst.rewards.math.reading.Glyphs;
import dev.wst.rewards.math.reading.OptionLetters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the final answer in a text by a chain of {@linkplain Rule rules}: the first rule that finds something decides, and
 * the last thing it finds is the answer. Immutable.
 *
 * <p>The last word counts. Among boxes it is the last, and neighbouring boxes are one list in which what is said twice
 * counts once; a box that is only mentioned, as {@code \boxed{...}} or {@code \boxed{answer}}, is none. Where answers are
 * also looked for by phrases, an answer announced behind the last tag, box or {@code ####} counts instead of it, whether it
 * says the same or corrects it: "Wait, I made an error. The answer is 3." It must be said outright, as "the answer is" or
 * "Answer:" and then at once a number, a formula or the label of a choice; a condition ("if ..., the answer would be 4"),
 * talk of an earlier or wrong answer, and words ("the answer is correct") change nothing.
 *
 * <p>A number that is denied ("not 5", "5 is wrong") is none that the text gives, whatever the rule; where the announced
 * answer is denied, rules that need no announcement look only behind it. A bound ("at least 5", "5 or more") or a part
 * ("half of 5") is an answer as it is said, which no number equals.
 *
 * <p>A number in prose is taken with all that belongs to it: "3 1/2", "2 and 1/2", "1 200", "negative 5", "5 tens". Words
 * behind the number that begins a line after {@code ####} are its label, unless they go on with another number, as in
 * "42 or 43". Remarks behind an answer ("Note: this assumes 2 rolls.") give no last number.
 *
 * <p>Before any rule, thinking is taken off: everything up to the last {@code </think>} (or thinking, thought, reasoning,
 * reason, scratchpad; the marks of OpenThoughts and of gpt-oss). A text that never leaves its thinking has no answer. And
 * the text is cut where it runs on into another turn: at the end marks of the usual chat templates, and at a line that is
 * headed as a question or as a turn of the user ("Question:", "**Question 2:**", "### Instruction", "Human:"); behind an
 * answer also at one headed "Problem:", "Example 3:" or the like, which a solution may carry itself.
 *
 * <p>Inside an {@code <answer>} tag a box or {@code ####} is looked for once more; a sentence there or in a box, as "the
 * answer is 5", is taken for what it says, where answers are also looked for by phrases.
 *
 * <pre>{@code
 * Extraction found = AnswerExtractor.gsm8k().extract("16 - 7 = 9, and 9 * 2 = 18.\n#### 18");
 * // found.answer() is "18", found.rule() is HASHES
 * }</pre>
 */
public final class AnswerExtractor {
    private static final Set<Rule> EXPLICIT = EnumSet.of(Rule.ANSWER_TAG, Rule.HASHES, Rule.BOXED);

    /** Rules that take what nobody calls the answer; a denied one and what stands before it are none of it. */
    private static final Set<Rule> UNCALLED = EnumSet.of(Rule.CHOICE, Rule.WHOLE, Rule.LAST_MATH, Rule.LAST_NUMBER);

    /** Who writes one answer in more ways than this lists guesses; and each comparison takes time. */
    private static final int MOST_WRITINGS = 6;

    /** Units of work in which the rules try which pieces of a text are answers. */
    private static final long WORK = 10_000;

    private final List<Rule> rules;
    private final boolean single;

    private AnswerExtractor(List<Rule> rules, boolean single) {
        this.rules = rules;
        this.single = single;
    }

    /** All rules but the last, in the order of {@link Rule}. */
    public static AnswerExtractor chain() {
        List<Rule> rules = Arrays.stream(Rule.values())
                .filter(rule -> rule != Rule.EVERYTHING)
                .toList();
        return new AnswerExtractor(rules, false);
    }

    /** For GSM8K: {@code ####}, then a tag, a box, a phrase, the last number. */
    public static AnswerExtractor gsm8k() {
        return new AnswerExtractor(
                List.of(Rule.HASHES, Rule.ANSWER_TAG, Rule.BOXED, Rule.ANSWER_PHRASE, Rule.LAST_NUMBER), false);
    }

    /** For MATH and its kin: a box, then a tag, a phrase, a choice, the whole text, the last formula, the last number. */
    public static AnswerExtractor math() {
        return new AnswerExtractor(
                List.of(
                        Rule.BOXED,
                        Rule.ANSWER_TAG,
                        Rule.ANSWER_PHRASE,
                        Rule.CHOICE,
                        Rule.WHOLE,
                        Rule.LAST_MATH,
                        Rule.LAST_NUMBER),
                false);
    }

    /** For answers that are words: a tag, or else everything after the thinking. */
    public static AnswerExtractor text() {
        return strict(Rule.ANSWER_TAG, Rule.EVERYTHING);
    }

    /**
     * Only these rules, in this order: an answer in any other form is none. {@code strict(Rule.HASHES)} demands the form
     * of GSM8K, {@code strict(Rule.BOXED)} that of MATH.
     */
    public static AnswerExtractor strict(Rule first, Rule... others) {
        List<Rule> rules = new ArrayList<>(List.of(first));
        rules.addAll(List.of(others));
        return new AnswerExtractor(List.copyOf(rules), false);
    }

    /**
     * Refuses texts that give several different answers in tags, boxes or after {@code ####}: a student that lists many
     * numbers and boxes each is not right with the last.
     */
    public AnswerExtractor singleAnswer() {
        return new AnswerExtractor(rules, true);
    }

    /**
     * Finds the answer.
     *
     * @param text a completion; null and blank have none
     */
    public Extraction extract(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Extraction.none("the text is empty");
        }
        Optional<String> passage = passage(text);
        if (passage.isEmpty()) {
            return Extraction.none("the text ends within its thinking");
        }
        Budget budget = new Budget(WORK);
        if (single) {
            List<String> different = different(passage.get(), budget);
            if (!different.isEmpty()) {
                return Extraction.none("the text gives several answers: " + different);
            }
        }
        return extract(passage.get(), budget);
    }

    private static Optional<String> passage(String text) {
        return Passage.of(Glyphs.ascii(Accents.thinned(text)));
    }

    private Extraction extract(String passage, Budget budget) {
        for (Rule rule : rules) {
            List<String> found = find(rule, UNCALLED.contains(rule) ? behindDenied(passage) : passage, budget);
            if (!found.isEmpty()) {
                Optional<String> later = EXPLICIT.contains(rule) ? later(passage, budget) : Optional.empty();
                return later.isPresent()
                        ? Extraction.of(later.get(), Rule.ANSWER_PHRASE)
                        : Extraction.of(found.get(found.size() - 1), rule);
            }
        }
        return Extraction.none("no answer found by " + rules);
    }

    private String behindDenied(String passage) {
        return readsSentences() ? passage.substring(Phrases.endOfDenied(passage)) : passage;
    }

    /** What is announced outright behind the last tag, box and {@code ####}. */
    private Optional<String> later(String passage, Budget budget) {
        return rules.contains(Rule.ANSWER_PHRASE)
                ? Corrections.behind(passage, Math.max(Boxes.end(passage), MarkedAnswers.end(passage)), budget)
                : Optional.empty();
    }

    /** Every answer that one of the rules finds, in the order of the rules and then of the text, each once. */
    public List<String> all(@Nullable String text) {
        List<String> all = new ArrayList<>();
        String passage = text == null ? "" : passage(text).orElse("");
        Budget budget = new Budget(WORK);
        for (Rule rule : rules) {
            find(rule, passage, budget).stream()
                    .filter(found -> !all.contains(found))
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }

    /** Two answers in tags, boxes, after hashes or announced behind these that are not the same; empty if all are. */
    private List<String> different(String passage, Budget budget) {
        Set<String> written = new LinkedHashSet<>();
        EXPLICIT.forEach(rule -> written.addAll(find(rule, passage, budget)));
        later(passage, budget).filter(later -> !written.isEmpty()).ifPresent(written::add);
        String first = written.isEmpty() ? "" : written.iterator().next();
        int compared = 0;
        for (String other : written) {
            if (++compared > MOST_WRITINGS || !same(first, other)) {
                return List.of(first, other);
            }
        }
        return List.of();
    }

    private static boolean same(String one, String other) {
        return one.equals(other) || Equivalence.standard().compare(one, other).isEqual();
    }

    private List<String> find(Rule rule, String passage, Budget budget) {
        return switch (rule) {
            case ANSWER_TAG ->
                MarkedAnswers.tags(passage).stream()
                        .map(content -> inTag(content, budget))
                        .toList();
            case HASHES -> MarkedAnswers.hashes(passage, budget);
            case BOXED ->
                Boxes.in(passage, budget).stream()
                        .map(content -> inBox(content, budget))
                        .toList();
            case ANSWER_PHRASE -> Phrases.in(passage, budget);
            case CHOICE -> OptionLetters.in(passage).stream().toList();
            case WHOLE -> whole(passage, budget);
            case LAST_MATH -> LastPart.formula(passage).stream().toList();
            case LAST_NUMBER -> LastPart.number(passage).stream().toList();
            case EVERYTHING -> List.of(passage.strip());
        };
    }

    private String inTag(String content, Budget budget) {
        Extraction inner = strict(Rule.BOXED, Rule.HASHES).extract(content, budget);
        return inner.answer().orElseGet(() -> readsSentences() ? MarkedAnswers.inTag(content, budget) : content);
    }

    private String inBox(String content, Budget budget) {
        return readsSentences() ? MarkedAnswers.announced(content, budget).orElse(content) : content;
    }

    /** Who looks for phrases takes a sentence in a tag or box for what it says; others take what stands there. */
    private boolean readsSentences() {
        return rules.contains(Rule.ANSWER_PHRASE);
    }

    private static List<String> whole(String passage, Budget budget) {
        String bare = Quotes.stripped(passage);
        return !bare.contains("\n\n") && Answers.standsAlone(bare, budget) ? List.of(bare) : List.of();
    }

    @Override
    public String toString() {
        return "AnswerExtractor[" + rules + (single ? ", single" : "") + "]";
    }
}
