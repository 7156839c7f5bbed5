package dev.wst.rewards.math;

/** Finds the answer in a reference: data sets give it bare, boxed within a solution, or after {@code ####}. */
public final class ReferenceAnswers {
    /** Shorter references are answers; only longer ones are searched for a sentence that announces one. */
    private static final int SHORTEST_SOLUTION = 60;

    private static final AnswerExtractor MARKED =
            AnswerExtractor.strict(Rule.BOXED, Rule.HASHES, Rule.ANSWER_TAG, Rule.WHOLE);
    private static final AnswerExtractor IN_SOLUTION = AnswerExtractor.strict(
            Rule.BOXED, Rule.HASHES, Rule.ANSWER_TAG, Rule.WHOLE, Rule.ANSWER_PHRASE, Rule.LAST_MATH);

    private ReferenceAnswers() {}

    /** The answer of a reference; all of it if it is no solution that leads to one. */
    public static String answer(String reference) {
        AnswerExtractor extractor = reference.length() < SHORTEST_SOLUTION ? MARKED : IN_SOLUTION;
        return extractor.extract(reference).answer().orElse(reference);
    }
}
