package dev.wst.budget;

import dev.wst.BudgetSpentException;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The most that a run may use: calls, tokens, money, time, each of them or none.
 *
 * <pre>{@code
 * Budget budget = Budget.unlimited()
 *         .withMoney("2.50", PriceTable.read(Path.of("prices.json")))
 *         .withTime(Duration.ofHours(3));
 * }</pre>
 *
 * <p>Everything that asks a model draws on it: the student, its retries, judges, validation. A bound of tokens or money needs
 * calls whose output is bounded, so set {@code maxOutputTokens} on the chat model.
 */
public final class Budget {
    private static final Budget UNLIMITED = new Budget(
            OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final OptionalLong calls;
    private final OptionalLong tokens;
    private final Optional<BigDecimal> money;
    private final Optional<PriceTable> prices;
    private final Optional<Duration> time;

    private Budget(
            OptionalLong calls,
            OptionalLong tokens,
            Optional<BigDecimal> money,
            Optional<PriceTable> prices,
            Optional<Duration> time) {
        this.calls = calls;
        this.tokens = tokens;
        this.money = money;
        this.prices = prices;
        this.time = time;
    }

    /** No bound at all. */
    public static Budget unlimited() {
        return UNLIMITED;
    }

    /** At most so many calls, 0 or more; a call that fails counts. */
    public Budget withCalls(long most) {
        requireAmount("calls", most);
        return new Budget(OptionalLong.of(most), tokens, money, prices, time);
    }

    /** At most so many tokens, 0 or more, input and output together. */
    public Budget withTokens(long most) {
        requireAmount("tokens", most);
        return new Budget(calls, OptionalLong.of(most), money, prices, time);
    }

    /** Counts what calls cost by these prices, without a bound. */
    public Budget withPrices(PriceTable table) {
        return new Budget(calls, tokens, money, Optional.of(table), time);
    }

    /**
     * At most so much money.
     *
     * @param most in the currency of the table, such as "2.50"
     * @param table has a price for every model that is asked
     * @throws IllegalArgumentException if it is negative or no number
     */
    public Budget withMoney(String most, PriceTable table) {
        BigDecimal amount;
        try {
            amount = new BigDecimal(most);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a budget of money must be a number such as 2.50, got " + most, e);
        }
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a budget of money must be at least 0, got " + most);
        }
        return new Budget(calls, tokens, Optional.of(amount), Optional.of(table), time);
    }

    /** At most so long from the first call to the last, all parts of a run together that was resumed; positive. */
    public Budget withTime(Duration most) {
        if (most.isNegative() || most.isZero()) {
            throw new IllegalArgumentException("a budget of time must be positive, got " + most);
        }
        return new Budget(calls, tokens, money, prices, Optional.of(most));
    }

    private static void requireAmount(String what, long most) {
        if (most < 0) {
            throw new IllegalArgumentException("a budget of " + what + " must be at least 0, got " + most);
        }
    }

    /** The most calls; empty if they are not bounded. */
    public OptionalLong calls() {
        return calls;
    }

    /** The most tokens; empty if they are not bounded. */
    public OptionalLong tokens() {
        return tokens;
    }

    /** The most money; empty if it is not bounded. */
    public Optional<BigDecimal> money() {
        return money;
    }

    /** By which money is counted; empty if it is not. */
    public Optional<PriceTable> prices() {
        return prices;
    }

    /**
     * What equal calls may cost at most.
     *
     * @param times how many of them
     * @throws InvalidInputException if nothing bounds the output of the call though tokens or money are bounded, or its model
     *     has no price
     */
    public Cost most(ModelCall call, long times) {
        if (call.outputTokens().isEmpty() && (tokens.isPresent() || money.isPresent())) {
            throw new InvalidInputException("a budget of " + (tokens.isPresent() ? "tokens" : "money")
                    + " needs calls whose output is bounded, and nothing bounds that of "
                    + (call.hasModel() ? "the model " + call.model() : "a model without a name")
                    + "; set maxOutputTokens on its chat model, or give the run a budget of calls");
        }
        long input = Math.multiplyExact(times, (long) call.inputTokens());
        long output = Math.multiplyExact(times, (long) call.outputTokens().orElse(0));
        return new Cost(
                times,
                input,
                output,
                money(call, input, output),
                call.outputTokens().isPresent() ? 0 : times);
    }

    BigDecimal money(ModelCall call, long input, long output) {
        return prices.map(table -> table.money(call.model(), input, output)).orElse(BigDecimal.ZERO);
    }

    /**
     * Refuses what cannot be paid, before the first call.
     *
     * @param need at most
     * @param what it is, such as "the first step"
     * @throws InvalidInputException if the budget is smaller
     */
    public void check(Cost need, String what) {
        lack(Cost.NONE, need).ifPresent(lack -> {
            throw new InvalidInputException("the budget of " + lack.most() + " is smaller than what " + what
                    + " may need, " + lack.more()
                    + "; raise it, or ask for less: fewer tasks and samples a step, or a lower"
                    + " maxOutputTokens");
        });
    }

    /** @throws BudgetSpentException if there is no room for a call beside what is spent or reserved, or no time */
    void checkRoom(Cost taken, Cost call, Duration elapsed) {
        time.filter(most -> elapsed.compareTo(most) >= 0).ifPresent(most -> {
            throw new BudgetSpentException("the budget of " + most + " is used up: the run has taken " + elapsed);
        });
        lack(taken, call).ifPresent(lack -> {
            throw new BudgetSpentException("the budget of " + lack.most() + " has no room for another call: "
                    + lack.taken() + " are spent or reserved, and the call may take " + lack.more());
        });
    }

    /** A bound that is too small; texts with their units. */
    private record Lack(String most, String taken, String more) {}

    private Optional<Lack> lack(Cost taken, Cost more) {
        Cost sum = taken.plus(more);
        if (calls.isPresent() && sum.calls() > calls.getAsLong()) {
            return Optional.of(new Lack(calls.getAsLong() + " calls", "" + taken.calls(), "" + more.calls()));
        }
        if (tokens.isPresent() && sum.tokens() > tokens.getAsLong()) {
            return Optional.of(new Lack(tokens.getAsLong() + " tokens", "" + taken.tokens(), "" + more.tokens()));
        }
        return money.filter(most -> sum.money().compareTo(most) > 0)
                .map(most -> new Lack(
                        most.toPlainString() + " " + prices.orElseThrow().currency(),
                        taken.money().toPlainString(),
                        more.money().toPlainString()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Budget that
                && calls.equals(that.calls)
                && tokens.equals(that.tokens)
                && money.equals(that.money)
                && prices.equals(that.prices)
                && time.equals(that.time);
    }

    @Override
    public int hashCode() {
        return Objects.hash(calls, tokens, money, prices, time);
    }

    /** Its bounds, such as "10000 calls, 2.50 USD". */
    @Override
    public String toString() {
        List<String> bounds = new ArrayList<>();
        calls.ifPresent(most -> bounds.add(most + " calls"));
        tokens.ifPresent(most -> bounds.add(most + " tokens"));
        money.ifPresent(most ->
                bounds.add(most.toPlainString() + " " + prices.orElseThrow().currency()));
        time.ifPresent(most -> bounds.add(most.toString()));
        return bounds.isEmpty() ? "unlimited" : String.join(", ", bounds);
    }
}
