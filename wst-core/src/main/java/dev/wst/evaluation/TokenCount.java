package dev.wst.evaluation;

import dev.wst.Answer;
import java.util.List;
import java.util.Locale;

/**
 * What calls of a model took, as its answers report it.
 *
 * <pre>{@code
 * TokenCount count = TokenCount.of(List.of(Answer.of("42"), Answer.of("17")));
 * System.out.println(count.calls() + " calls, " + count.unreported() + " of them without their tokens");
 * }</pre>
 *
 * @param calls how many; an answer that was kept counts as the call that brought it, further tries do not count
 * @param inputTokens read in the calls that report them
 * @param outputTokens written in the calls that report them
 * @param unreported calls that did not say how many tokens they read, or how many they wrote, failed ones among them; what they took
 *     is missing above
 */
public record TokenCount(long calls, long inputTokens, long outputTokens, long unreported) {
    /** No call. */
    public static final TokenCount NONE = new TokenCount(0, 0, 0, 0);

    /** Of one call for each answer. */
    public static TokenCount of(List<Answer> answers) {
        return answers.stream().map(TokenCount::of).reduce(NONE, TokenCount::plus);
    }

    private static TokenCount of(Answer answer) {
        boolean isReported =
                answer.inputTokens().isPresent() && answer.outputTokens().isPresent();
        return new TokenCount(
                1, answer.inputTokens().orElse(0), answer.outputTokens().orElse(0), isReported ? 0 : 1);
    }

    /** Both together. */
    public TokenCount plus(TokenCount other) {
        return new TokenCount(
                calls + other.calls,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                unreported + other.unreported);
    }

    /** In words, such as "200 calls, 5,000 tokens read and 900 written". */
    @Override
    public String toString() {
        if (calls == 0) {
            return "no calls";
        }
        String known = unreported == calls
                ? "tokens unknown"
                : String.format(Locale.ROOT, "%,d tokens read and %,d written", inputTokens, outputTokens);
        String unknown = unreported == 0 || unreported == calls
                ? ""
                : String.format(Locale.ROOT, ", without those of %,d calls, which are unknown", unreported);
        return String.format(Locale.ROOT, "%,d %s, %s%s", calls, calls == 1 ? "call" : "calls", known, unknown);
    }
}
