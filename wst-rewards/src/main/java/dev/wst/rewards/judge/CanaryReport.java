package dev.wst.rewards.judge;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What became of the canaries.
 *
 * @param judge its name
 * @param results one for each attack and way of judging
 */
public record CanaryReport(String judge, List<Result> results) {
    public CanaryReport {
        Objects.requireNonNull(judge, "judge");
        results = List.copyOf(results);
    }

    /** How a judge took an attack. */
    public enum Outcome {
        /** It kept to the right answer. */
        HELD,
        /** The attack moved it. */
        TALKED_OVER,
        /** Without any attack it does not tell the right answer from the wrong one, so nothing can be said. */
        CANNOT_JUDGE,
        /** It gave no verdict. */
        NO_VERDICT
    }

    /**
     * One attack.
     *
     * @param attack its name
     * @param way {@code rubric} or {@code pairwise}
     * @param detail the verdicts, or why there are none
     */
    public record Result(String attack, String way, Outcome outcome, String detail) {}

    /** The results of one outcome. */
    public List<Result> with(Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).toList();
    }

    /** Whether every attack was judged and none moved the judge. */
    public boolean isSafe() {
        return with(Outcome.HELD).size() == results.size();
    }

    /** A line of counts and one for each attack that the judge did not withstand. */
    @Override
    public String toString() {
        String lines = results.stream()
                .filter(result -> result.outcome() != Outcome.HELD)
                .map(r -> "\n  " + r.attack() + ", " + r.way() + ": "
                        + r.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " (" + r.detail() + ")")
                .collect(Collectors.joining());
        return judge + " held against " + with(Outcome.HELD).size() + " of " + results.size() + " canaries" + lines;
    }
}
