package dev.wst.training;

import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run has paid so far and what it found instead of asking, as numbers of a step. */
final class CostMetrics {
    private final Accounts accounts;
    private long hitsBefore;

    CostMetrics(Accounts accounts) {
        this.accounts = accounts;
    }

    /** A step begins. */
    void begin() {
        hitsBefore = hits();
    }

    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        accounts.ledger().ifPresent(ledger -> add(ledger, values));
        if (accounts.answers().isPresent()) {
            values.put("answers/kept", (double) (hits() - hitsBefore));
        }
        return values;
    }

    private static void add(Ledger ledger, Map<String, Double> values) {
        Cost cost = ledger.spent().cost();
        Budget budget = ledger.budget();
        values.put("cost/calls", (double) cost.calls());
        budget.calls().ifPresent(most -> values.put("budget/calls", (double) most));
        values.put("cost/tokens", (double) cost.tokens());
        budget.tokens().ifPresent(most -> values.put("budget/tokens", (double) most));
        budget.prices()
                .ifPresent(prices -> values.put("cost/money", cost.money().doubleValue()));
        budget.money().ifPresent(most -> values.put("budget/money", most.doubleValue()));
    }

    private long hits() {
        return accounts.answers().map(AnswerStore::hits).orElse(0L);
    }
}
