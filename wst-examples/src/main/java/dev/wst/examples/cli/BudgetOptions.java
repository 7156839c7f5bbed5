package dev.wst.examples.cli;

import dev.wst.budget.Budget;
import dev.wst.budget.PriceTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a run may use. */
final class BudgetOptions {
    @Option(
            names = "--budget-calls",
            paramLabel = "N",
            description = "the most calls of the student; no bound unless given")
    private Optional<Long> calls = Optional.empty();

    @Option(names = "--budget-tokens", paramLabel = "N", description = "the most tokens, read and written together")
    private Optional<Long> tokens = Optional.empty();

    @Option(
            names = "--budget-money",
            paramLabel = "AMOUNT",
            description = "the most money, in the currency of --prices")
    private Optional<String> money = Optional.empty();

    @Option(
            names = "--prices",
            paramLabel = "FILE.json",
            description = "{\"currency\": \"USD\", \"models\": {\"NAME\": {\"input\": 0.15, \"output\": 0.60}}}, for a"
                    + " million tokens")
    private Optional<Path> prices = Optional.empty();

    @Option(names = "--budget-minutes", paramLabel = "N", description = "the most time that the run may take")
    private Optional<Integer> minutes = Optional.empty();

    Budget build() {
        if (money.isPresent() && prices.isEmpty()) {
            throw new IllegalArgumentException("--budget-money needs --prices, the file with what models cost");
        }
        Budget budget = Budget.unlimited();
        if (calls.isPresent()) {
            budget = budget.withCalls(calls.get());
        }
        if (tokens.isPresent()) {
            budget = budget.withTokens(tokens.get());
        }
        if (minutes.isPresent()) {
            budget = budget.withTime(Duration.ofMinutes(minutes.get()));
        }
        if (prices.isPresent()) {
            PriceTable table = PriceTable.read(prices.get());
            return money.isPresent() ? budget.withMoney(money.get(), table) : budget.withPrices(table);
        }
        return budget;
    }
}
