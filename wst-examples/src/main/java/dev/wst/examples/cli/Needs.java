package dev.wst.examples.cli;

import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import java.util.Locale;

/** What a run will need, in words. */
final class Needs {
    private Needs() {}

    static String text(Cost cost, Budget budget) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "The run will make about %,d calls of the student, read about %,d tokens and write ",
                cost.calls(),
                cost.inputTokens()));
        text.append(
                cost.uncounted() > 0
                        ? "an unknown number (nothing bounds its answers: give --student-tokens)"
                        : String.format(Locale.ROOT, "at most %,d", cost.outputTokens()));
        budget.prices()
                .ifPresent(prices -> text.append(", for at most ")
                        .append(cost.money().toPlainString())
                        .append(' ')
                        .append(prices.currency()));
        text.append("; calls that fail and are made again come on top.");
        if (!budget.equals(Budget.unlimited())) {
            text.append(" Its budget: ").append(budget).append('.');
        }
        return text.toString();
    }
}
