package dev.wst.rewards.math;

/** Where in a text an answer was found. The order of the constants is the order of {@link AnswerExtractor#chain()}. */
public enum Rule {
    /** Inside the last {@code <answer>} tag. */
    ANSWER_TAG,
    /** After the last {@code ####} that an answer follows, the form of GSM8K. */
    HASHES,
    /** In the last {@code \boxed} or {@code \fbox}; neighbouring boxes are one list. */
    BOXED,
    /** After the last "the answer is", "Final answer:" or the like, up to the end of that sentence. */
    ANSWER_PHRASE,
    /** A letter of a multiple choice: "D. it cannot be A", "(D)", "option D". */
    CHOICE,
    /** The text is an answer and nothing else. */
    WHOLE,
    /** The last formula, with no number after it. */
    LAST_MATH,
    /** The last number. */
    LAST_NUMBER,
    /** All of the text, whatever it is; in no chain, only where asked for. */
    EVERYTHING
}
