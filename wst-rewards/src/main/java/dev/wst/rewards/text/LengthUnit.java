package dev.wst.rewards.text;

import dev.wst.Attempt;
import java.util.OptionalInt;

/** What the length of a text is counted in. */
public enum LengthUnit {
    /** Unicode code points. */
    CHARACTERS {
        @Override
        OptionalInt length(Attempt attempt, ScoredText side) {
            String text = side.of(attempt);
            return OptionalInt.of(text.codePointCount(0, text.length()));
        }
    },
    /** Runs of letters and digits; an ideograph is one by itself. */
    WORDS {
        @Override
        OptionalInt length(Attempt attempt, ScoredText side) {
            return OptionalInt.of(Words.of(side.of(attempt)).size());
        }
    },
    /**
     * Tokens as the student reported them for its answer or as the teacher sampled them; no verdict where there is no such
     * number.
     */
    TOKENS {
        @Override
        OptionalInt length(Attempt attempt, ScoredText side) {
            if (side == ScoredText.ANSWER) {
                return attempt.answer().outputTokens();
            }
            int sampled = attempt.instruction().tokenCount();
            return sampled > 0 || attempt.instruction().isEmpty() ? OptionalInt.of(sampled) : OptionalInt.empty();
        }
    };

    /** Empty where nobody counted. */
    abstract OptionalInt length(Attempt attempt, ScoredText side);
}
