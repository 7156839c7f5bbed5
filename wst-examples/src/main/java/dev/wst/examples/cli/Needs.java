package dev.wst.examples.cli;

import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import dev.wst.budget.PriceTable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a run will need, in words. */
final class Needs {
    private static final String REWARD = "reward";

    private Needs() {}

    /** @param costs by who makes the calls; those of the reward are the most that there may be */
    static String text(Map<String, Cost> costs, Budget budget) {
        Cost sum = costs.values().stream().reduce(Cost.NONE, Cost::plus);
        boolean isJudged = costs.keySet().stream().anyMatch(caller -> caller.startsWith(REWARD));
        StringBuilder text = new StringBuilder("The run will make ")
                .append(isJudged ? "at most " : "about ")
                .append(calls(sum, budget.prices()))
                .append("; calls that fail and are made again come on top.");
        if (!budget.equals(Budget.unlimited())) {
            text.append(" Its budget: ").append(budget).append('.');
        }
        if (costs.size() > 1) {
            costs.forEach((caller, cost) -> text.append("\n  ")
                    .append(caller)
                    .append(": ")
                    .append(caller.startsWith(REWARD) ? "at most " : "")
                    .append(calls(cost, budget.prices())));
        }
        if (isJudged) {
            text.append("\nWhat the reward has judged before, or is kept, it does not ask again.");
        }
        return text.toString();
    }

    private static String calls(Cost cost, Optional<PriceTable> prices) {
        String written = cost.uncounted() > 0
                ? "an unknown number (nothing bounds the output of %,d calls: give --student-tokens)"
                        .formatted(cost.uncounted())
                : String.format(Locale.ROOT, "at most %,d", cost.outputTokens());
        return String.format(
                        Locale.ROOT,
                        "%,d calls that read about %,d tokens and write %s",
                        cost.calls(),
                        cost.inputTokens(),
                        written)
                + prices.map(table -> ", for at most " + cost.money().toPlainString() + " " + table.currency())
                        .orElse("");
    }
}
