package dev.wst.rewards.math;

import java.util.Objects;
import java.util.Optional;

/**
 * What an {@link AnswerExtractor} found: an answer and the rule that found it, or nothing and why.
 *
 * <pre>{@code
 * Extraction found = AnswerExtractor.chain().extract("So it is \\boxed{42}.");
 * String answer = found.answer().orElse("none: " + found.reason());
 * }</pre>
 *
 * @param answer the text of the answer, not blank
 * @param rule the rule that fired; present exactly if the answer is
 * @param reason why there is none; empty if there is one
 */
public record Extraction(Optional<String> answer, Optional<Rule> rule, String reason) {

    public Extraction {
        Objects.requireNonNull(reason, "reason");
        if (answer.isPresent() != rule.isPresent()) {
            throw new IllegalArgumentException("answer and rule go together, got " + answer + " and " + rule);
        }
        if (answer.isPresent() != reason.isEmpty()) {
            throw new IllegalArgumentException("a reason is given exactly where no answer is, got: " + reason);
        }
    }

    static Extraction of(String answer, Rule rule) {
        return new Extraction(Optional.of(answer), Optional.of(rule), "");
    }

    static Extraction none(String reason) {
        return new Extraction(Optional.empty(), Optional.empty(), reason);
    }
}
