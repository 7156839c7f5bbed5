package dev.wst.examples.cli;

import dev.wst.Attempt;
import dev.wst.Rollout;
import dev.wst.evaluation.Comparison;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints comparisons. */
record Table(PrintStream out) {

    /** One line for each arm: its name, the mean reward with its interval, and what has no verdict. */
    void print(Comparison comparison) {
        int width = comparison.results().stream()
                .mapToInt(r -> r.name().length())
                .max()
                .orElse(0);
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

    /** The paired difference of two arms. */
    void difference(Comparison comparison, String first, String second) {
        out.printf(
                "  %s minus %s, paired: %s%n",
                first,
                second,
                comparison.isComparable(first, second)
                        ? comparison.difference(first, second)
                        : "no question was scored with both");
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
