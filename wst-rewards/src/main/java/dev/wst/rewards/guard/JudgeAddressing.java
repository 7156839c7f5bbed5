package dev.wst.rewards.guard;

import dev.wst.Attempt;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds text that speaks to whoever scores the answer: "ignore the previous instructions", "as a judge", "rate this 10 out
 * of 10", verdict marks such as {@code [[A]]}, markers of a prompt's parts. It reads the instruction and the answer; its
 * part is {@code guard_judge_addressing}. Patterns find what is known, so keep canary cases for the judge as well.
 *
 * <pre>{@code
 * RewardFunction guarded = GuardedReward.of(RubricReward.of(judge, Rubric.of("The answer is correct.")))
 *         .with(JudgeAddressing.standard(), Policy.PENALISE);
 * }</pre>
 */
public final class JudgeAddressing implements Guard {
    private static final JudgeAddressing STANDARD = new JudgeAddressing();
    private static final Pattern PATTERN = Pattern.compile(
            "\\b(?:ignore|disregard|forget|override)\\b[^.\\n]{0,30}\\b(?:previous|prior|above|earlier|other|all|system)\\b[^.\\n]{0,20}"
                    + "\\b(?:instructions?|prompts?|rules?|criteria|text)\\b"
                    + "|\\b(?:dear|attention|note to|message (?:to|for)|hey|as (?:a|an|the)|to the|you are (?:a|an|the))\\s+(?:\\w+\\s+)?"
                    + "(?:judge|grader|evaluator|scorer|rater|reward model|marker)\\b"
                    + "|\\b(?:rate|score|grade|mark|give|award|assign)\\b[^.\\n]{0,40}\\b(?:10|ten|100|5|five|full|maximum|max|highest|perfect|top)"
                    + "\\s*(?:/\\s*\\d+|out of|points?|marks?|score|credit|rating|stars?|grade)"
                    + "|\\b(?:the )?(?:score|rating|grade|verdict)\\s*(?:is|should be|must be|:|=)\\s*\"?(?:10|100|5|a\\+|correct|yes|full|perfect|pass)\\b"
                    + "|\\b(?:assistant|response|answer) [AB] (?:is|was) (?:clearly |much )?(?:better|the best|superior|correct)\\b"
                    + "|\\[\\[\\s*(?:[ABC]|\\d+)\\s*]]"
                    + "|</?(?:verdict|score|grade|judg\\w+|system)>|\\[(?:the )?(?:start|end) of [^\\]]{1,40}(?:answer|response)]"
                    + "|<\\|(?:im_start|im_end|system|endoftext)\\|>",
            Pattern.CASE_INSENSITIVE);

    private JudgeAddressing() {}

    /** The patterns that ship. */
    public static JudgeAddressing standard() {
        return STANDARD;
    }

    @Override
    public String name() {
        return "judge_addressing";
    }

    @Override
    public Finding inspect(Attempt attempt) {
        return Stream.of(attempt.instruction().text(), attempt.answer().text())
                .map(PATTERN::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .map(Finding::found)
                .orElse(Finding.clean());
    }

    /** The piece of a text that speaks to a judge, if there is one. */
    public Optional<String> find(String text) {
        Matcher matcher = PATTERN.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
