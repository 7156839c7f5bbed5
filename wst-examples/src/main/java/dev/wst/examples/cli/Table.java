package dev.wst.examples.cli;

import dev.wst.Attempt;
import dev.wst.Rollout;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.PairedDifference;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Prints comparisons. */
record Table(PrintStream out) {

    /** One line for each arm: its name, the mean reward with its interval, and what has no verdict. */
    void print(Comparison comparison) {
        int width = width(comparison);
        for (Comparison.Result result : comparison.results()) {
            out.printf(
                    Locale.ROOT,
                    "  %-" + width + "s  %s%s%n",
                    result.name(),
                    result.isScored() ? result.reward() : "nothing scored",
                    Rollout.mostFrequentReason(result.rollouts())
                            .map(reason -> "  (" + result.unscored() + " without a verdict; the most frequent reason "
                                    + reason + ")")
                            .orElse(""));
        }
    }

    private static int width(Comparison comparison) {
        return comparison.results().stream()
                .mapToInt(r -> r.name().length())
                .max()
                .orElse(0);
    }

    /** One arm against others, question by question. */
    void differences(Comparison comparison, String first, List<String> others) {
        List<PairedDifference> differences = comparison.pairedWith(first, others);
        others.stream()
                .filter(other -> !comparison.isComparable(first, other))
                .forEach(other -> out.println("  no question was scored with both " + first + " and " + other));
        if (differences.isEmpty()) {
            return;
        }
        out.println("Differences, question by question"
                + (differences.size() == 1
                        ? ", with a 95 % interval:"
                        : "; the intervals hold for all " + differences.size()
                                + " comparisons at once with 95 % (Bonferroni):"));
        differences.forEach(difference -> out.println(indented(difference)));
    }

    private static String indented(PairedDifference difference) {
        return "  " + difference.toString().replace("\n", "\n  ");
    }

    /** What each arm's calls took, and where there are prices, what they cost. */
    void cost(Comparison comparison, Optional<Prices> prices) {
        int width = width(comparison);
        out.println("Calls, drafts among them; tokens as the models report them:");
        for (Comparison.Result result : comparison.results()) {
            out.printf(
                    Locale.ROOT,
                    "  %-" + width + "s  student: %s%s%s%n",
                    result.name(),
                    result.studentTokens(),
                    result.replies().isEmpty() ? "" : "; model that instructs: " + result.instructorTokens(),
                    prices.map(one -> "; " + one.of(result)).orElse(""));
        }
    }

    /**
     * Mean rewards of all arms by each attribute of the tasks that sorts them into few groups, and what one arm gains over another in
     * each.
     */
    void categories(Comparison comparison, String first, String second) {
        comparison.categories().forEach((attribute, parts) -> category(attribute, parts, comparison, first, second));
    }

    private void category(
            String attribute, SortedMap<String, Comparison> parts, Comparison comparison, String first, String second) {
        int width = width(comparison);
        out.printf(Locale.ROOT, "Mean reward by %s:%n  %-" + width + "s", attribute, "");
        parts.keySet().forEach(value -> out.printf(Locale.ROOT, "  %8s", value));
        out.println();
        for (Comparison.Result result : comparison.results()) {
            out.printf(Locale.ROOT, "  %-" + width + "s", result.name());
            parts.forEach((value, part) -> {
                Comparison.Result mine = part.result(result.name());
                out.printf(
                        Locale.ROOT,
                        "  %" + Math.max(8, value.length()) + "s",
                        mine.isScored()
                                ? String.format(
                                        Locale.ROOT, "%.3f", mine.reward().mean())
                                : "none");
            });
            out.println();
        }
        out.printf(
                Locale.ROOT,
                "  %s minus %s; the intervals hold for all %d groups at once with 95 %% (Bonferroni):%n",
                first,
                second,
                parts.size());
        for (Map.Entry<String, Comparison> part : parts.entrySet()) {
            out.printf(
                    Locale.ROOT,
                    "    %s: %s%n",
                    part.getKey(),
                    part.getValue().isComparable(first, second)
                            ? shortly(part.getValue().paired(first, second, parts.size()))
                            : "no question was scored with both");
        }
    }

    private static String shortly(PairedDifference difference) {
        return String.format(
                Locale.ROOT,
                "%s on %d questions, %s",
                difference.reward(),
                difference.reward().count(),
                switch (difference.verdict()) {
                    case BETTER -> "better";
                    case WORSE -> "worse";
                    case UNDECIDED -> "undecided";
                });
    }

    /** Some questions with what one arm instructed and the student answered. */
    void examples(Comparison comparison, String arm, List<Integer> which) {
        for (int i : which) {
            Attempt attempt = comparison.result(arm).rollouts().get(i).attempt();
            out.println();
            out.println("  question:    " + attempt.task().prompt());
            out.println("  instruction: " + attempt.instruction().text());
            out.println("  student:    "
                    + (attempt.answer().hasArrived()
                            ? " " + attempt.answer().text().strip()
                            : " no answer: " + attempt.answer().failure().orElseThrow()));
        }
    }
}
